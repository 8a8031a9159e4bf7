import { describe, expect, it } from 'vitest';
import { runCommand } from '../src/command.ts';

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
