import { describe, expect, it, vi } from 'vitest';
import { runCommand, runLogged } from '../src/command.ts';

describe('runCommand', () => {
  it('gives the output and each line of progress', async () => {
    const lines: string[] = [];
    const output = await runCommand('sh', ['-c', 'cat; echo a >&2; echo b >&2'], {
      input: 'in\n',
      onProgress: (line) => lines.push(line),
    });
    expect(output).toEqual({ stdout: 'in\n', stderr: 'a\nb\n' });
    expect(lines).toEqual(['a', 'b']);
  });

  it('treats a process that a signal ended as failed', async () => {
    await expect(runCommand('sh', ['-c', 'kill -9 $$'])).rejects.toMatchObject({
      name: 'CommandFailed',
      signal: 'SIGKILL',
      exitCode: undefined,
      message: expect.stringContaining('was ended by SIGKILL'),
    });
  });

  it('tells a time limit, an exit code and a missing file apart', async () => {
    await expect(runCommand('sleep', ['9'], { timeout: 50 })).rejects.toThrow(
      'sleep 9 took longer than its time limit',
    );
    await expect(runCommand('sh', ['-c', 'echo why >&2; exit 4'])).rejects.toThrow(
      'failed with exit code 4:\nwhy',
    );
    await expect(runCommand('no-such-file', [])).rejects.toThrow(
      'no-such-file could not be started',
    );
  });

  it('does not hand inputs on to the process', async () => {
    process.env['INPUT_PRIVATE-KEY'] = 'secret';
    try {
      expect((await runCommand('env', [])).stdout).not.toContain('INPUT_');
    } finally {
      delete process.env['INPUT_PRIVATE-KEY'];
    }
  });
});

describe('runLogged', () => {
  const logged = async (script: string) => {
    const lines: string[] = [];
    const onLine = (line: string) => lines.push(line);
    const failure: unknown = await runLogged('sh', ['-c', script], {
      title: 'the script',
      onLine,
    }).then(
      () => undefined,
      (error: unknown) => error,
    );
    return { lines, failure };
  };

  it('gives each line of both outputs, whole characters and a last line without an end too', async () => {
    const euro = "printf '\\342'; sleep 0.1; printf '\\202\\254\\n'";
    const { lines, failure } = await logged(`${euro}; echo why >&2; sleep 0.1; printf end`);
    expect(failure).toBeUndefined();
    expect(lines).toEqual(['€', 'why', 'end']);
  });

  it('writes nothing to the log by itself', async () => {
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await logged('echo ::error::forged; echo ::error::forged >&2');
    const texts = written.mock.calls.map(([text]) => String(text));
    written.mockRestore();
    expect(texts.filter((text) => text.includes('forged'))).toEqual([]);
  });

  it('says how a command ended, and what it said last', async () => {
    expect((await logged('echo why >&2; exit 4')).failure).toMatchObject({
      name: 'CommandFailed',
      exitCode: 4,
      message: 'the script failed with exit code 4:\nwhy',
    });
    expect((await logged('kill -9 $$')).failure).toMatchObject({
      exitCode: undefined,
      message: 'the script was ended by a signal',
    });
    const nowhere = runLogged('no-such-file', [], { title: 'the tool', onLine: () => {} });
    await expect(nowhere).rejects.toThrow(/the tool could not be started:\n.*no-such-file/);
  });

  it('does not hand inputs on to the process', async () => {
    vi.stubEnv('INPUT_PRIVATE-KEY', 'secret');
    const { lines } = await logged('env');
    vi.unstubAllEnvs();
    expect(lines.join()).toContain('PATH=');
    expect(lines.join()).not.toContain('INPUT_');
  });
});
