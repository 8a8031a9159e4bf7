import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../actions/shared/src/command.ts';
import { aliases, sshConfig } from '../../actions/shared/src/ssh/config.ts';
import { sshFiles } from '../../actions/shared/src/ssh/files.ts';
import { closeSession, openSession } from '../../actions/shared/src/ssh/session.ts';
import { connectionTo, errorOf, everythingToSee, processesNaming } from './ssh-session.ts';
import { startSshd, type TestSshd } from './sshd.ts';

vi.setConfig({ testTimeout: 60_000 });

let sshd: TestSshd;
let temporaryDirectory: string;

beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(() => sshd[Symbol.asyncDispose]());
beforeEach(async () => {
  temporaryDirectory = await mkdtemp(join(tmpdir(), 't-'));
});
afterEach(() => rm(temporaryDirectory, { recursive: true, force: true }));

function open() {
  return openSession(connectionTo(sshd), { temporaryDirectory });
}

describe('a session with the pinned host', () => {
  it('runs several commands over one TCP connection and leaves nothing behind', async () => {
    const before = await sshd.connections();
    {
      await using session = await open();
      for (const word of ['one', 'two', 'three']) {
        expect((await session.run(['printf', '%s', word])).stdout).toBe(word);
      }
      expect(await readdir(temporaryDirectory)).toHaveLength(1);
    }
    expect(await sshd.connections()).toBe(before + 1);
    expect(await readdir(temporaryDirectory)).toEqual([]);
    await expect.poll(() => processesNaming(temporaryDirectory)).toEqual([]);
  });

  it('gives the host every word exactly', async () => {
    await using session = await open();
    const words = ['$HOME', "it's", '"x"', '; rm -rf /nowhere', '$(false)', 'a\nb', 'é\\#%*', ''];
    const { stdout } = await session.run(['printf', '[%s]', ...words]);
    expect(stdout).toBe(words.map((word) => `[${word}]`).join(''));
  });

  it('reports the command on the host that failed, without the options of ssh', async () => {
    await using session = await open();
    await expect(session.run(['sh', '-c', 'echo broken >&2; exit 3'])).rejects.toThrow(
      "on 127.0.0.1: sh -c 'echo broken >&2; exit 3' failed with exit code 3:\nbroken",
    );
  });

  it('takes an exit code of 255, and a signal, for the end of the command and not of the connection', async () => {
    await using session = await open();
    for (const [script, exitCode] of [
      ['echo mine >&2; exit 255', 255],
      ['echo mine >&2; kill -9 $$', 137],
    ] as const) {
      const error = await errorOf(session.run(['sh', '-c', script]));
      expect(error).toMatchObject({ name: 'CommandFailed', exitCode });
      expect(error).toHaveProperty('stderr', expect.stringMatching(/^mine\n/));
    }
    expect((await session.run(['echo', 'in'])).stdout).toBe('in\n');
  });

  it('uses a short socket path where the temporary directory is deep, or has odd characters', async () => {
    for (const name of ['d'.repeat(90), 'a"b%h$c']) {
      const odd = join(temporaryDirectory, name);
      await using session = await openSession(connectionTo(sshd), { temporaryDirectory: odd });
      expect((await session.run(['echo', 'in'])).stdout).toBe('in\n');
    }
    const blank = await mkdtemp(join(temporaryDirectory, 'a blank '));
    await using _ = await openSession(connectionTo(sshd), { temporaryDirectory: blank });
    expect(await readdir(blank)).toHaveLength(1);
  });

  it('can be closed by another process that knows only the directory', async () => {
    let directory = '';
    await openSession(connectionTo(sshd), {
      temporaryDirectory,
      onDirectory: (path) => {
        directory = path;
      },
    });
    await closeSession(directory);
    await closeSession(directory);
    expect(existsSync(directory)).toBe(false);
    await expect.poll(() => processesNaming(directory)).toEqual([]);
  });
});

describe('what goes over the connection', () => {
  it('is standard input, binary and large', async () => {
    await using session = await open();
    const { stdout } = await session.run(['wc', '-c'], { input: Buffer.alloc(3_000_000, 0xff) });
    expect(stdout.trim()).toBe('3000000');
  });

  it('is a stream larger than what this process may hold', async () => {
    await using session = await open();
    const piece = Buffer.alloc(1 << 20, 0xff);
    const count = 256;
    let most = 0;
    const input = Readable.from(
      (function* () {
        for (let index = 0; index < count; index += 1) {
          most = Math.max(most, process.memoryUsage().arrayBuffers);
          // A copy of each, so that what is kept counts.
          yield Buffer.from(piece);
        }
      })(),
    );
    const { stdout } = await session.run(['wc', '-c'], { input });
    expect(Number(stdout)).toBe(count * piece.length);
    expect(most).toBeLessThan((count * piece.length) / 2);
  });

  it('is nothing that others there have written', async () => {
    const login =
      'printf "release=evil\\nno end"; echo noise >&2; eval "$SSH_ORIGINAL_COMMAND"; code=$?';
    await using chatty = await startSshd(
      {},
      { keyOptions: `command="${login.replaceAll('"', '\\"')}; echo current=evil; exit $code"` },
    );
    await using session = await openSession(connectionTo(chatty), { temporaryDirectory });
    const said = 'release=right\n\n\0no end';
    for (const input of [undefined, 'x\n', Buffer.from('x\n'), Readable.from(['x', '\n'])]) {
      const words = ['sh', '-c', 'cat >&2; printf "$1"', 'sh', 'release=right\n\n\\0no end'];
      const { stdout, stderr } = await session.run(words, input === undefined ? {} : { input });
      expect(stdout).toBe(said);
      expect(stderr).toBe(input === undefined ? '' : 'x\n');
    }
    const lines: string[] = [];
    let bytes = 0;
    const failing = session.run(['sh', '-c', 'echo to=here; echo why >&2; exit 4'], {
      onProgress: (line) => lines.push(line),
      onStderrBytes: (count) => {
        bytes += count;
      },
    });
    const error = await errorOf(failing);
    expect(error).toMatchObject({ exitCode: 4, stdout: 'to=here\n', stderr: 'why\n' });
    expect([lines, bytes]).toEqual([['why'], 4]);
  });

  it('is said by the login shell itself where that runs nothing', async () => {
    for (const [shell, said] of [
      ['echo This account is currently not available.; exit 1', /: This account is currently not/],
      // A restricted shell, in whose PATH is nothing.
      [
        'PATH=/nowhere exec -a rbash /bin/bash -r -c \\"$SSH_ORIGINAL_COMMAND\\"',
        /rbash: line 1: sh: command not found$/,
      ],
      ['exit 0', /: it ended without a word$/],
    ] as const) {
      await using closed = await startSshd({}, { keyOptions: `command="${shell}"` });
      await using session = await openSession(connectionTo(closed), { temporaryDirectory });
      const error = await errorOf(session.run(['echo', 'in']));
      expect(error).toMatchObject({ name: 'PhaseFailed' });
      expect(error.message).toMatch(/the login shell of \S+ does not run commands/);
      expect(error.message).toMatch(said);
    }
  });

  it('fails, and does not crash, when the command ends before it has read its input', async () => {
    await using session = await open();
    for (const input of [Buffer.alloc(30_000_000), Readable.from(endless())]) {
      const run = session.run(['sh', '-c', 'echo no space >&2; exit 7'], { input });
      await expect(run).rejects.toMatchObject({ exitCode: 7, stderr: 'no space\n' });
    }
  });

  it('does not take the end of a broken stream for the end of the input', async () => {
    await using session = await open();
    const input = Readable.from(
      (function* () {
        yield 'the first half';
        throw new Error('the disk is broken');
      })(),
    );
    const error = await errorOf(session.run(['cat'], { input }));
    expect(error.message).toContain('the disk is broken');
  });

  it('counts every byte of standard error, and gives its lines as they come', async () => {
    await using session = await open();
    const lines: string[] = [];
    let bytes = 0;
    const script = String.raw`printf 'é\n\nb\377c\nlast' >&2; sleep 0.1; printf ' words' >&2`;
    const { stderr } = await session.run(['sh', '-c', script], {
      onProgress: (line) => lines.push(line),
      onStderrBytes: (count) => {
        bytes += count;
      },
    });
    expect(lines).toEqual(['é', '', 'b\ufffdc', 'last words']);
    expect(bytes).toBe(Buffer.byteLength('é\n\nb?c\nlast words'));
    expect(stderr).toBe('é\n\nb\ufffdc\nlast words');
  });

  it('ends when the caller says so, and the connection stays', async () => {
    await using session = await open();
    const controller = new AbortController();
    const run = session.run(['sh', '-c', 'echo begun >&2; sleep 60'], {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    const error = await errorOf(run);
    expect(error).toMatchObject({ name: 'CommandFailed', ended: true });
    expect(error.message).toContain('was cancelled');
    expect((await session.run(['echo', 'in'])).stdout).toBe('in\n');
  });

  it('ends at its time limit, and says so', async () => {
    await using session = await open();
    const error = await errorOf(session.run(['sleep', '60'], { timeout: 300 }));
    expect(error.message).toContain('sleep 60 took longer than its time limit');
  });

  it('ends what takes no notice of the first request', async () => {
    const controller = new AbortController();
    const run = runCommand(
      'sh',
      ['-c', 'trap "" TERM; echo begun >&2; while :; do sleep 1; done'],
      {
        signal: controller.signal,
        onProgress: () => controller.abort(),
      },
    );
    expect(await errorOf(run)).toMatchObject({ ended: true, signal: 'SIGKILL' });
  });

  function* endless() {
    for (;;) yield Buffer.alloc(100_000);
  }
});

it('keeps the key to its owner, and secrets out of every command line and environment', async () => {
  // As the runner gives it to the action.
  vi.stubEnv('INPUT_PRIVATE-KEY', sshd.privateKey);
  await using session = await open();
  const [directory = ''] = await readdir(temporaryDirectory);
  const files = sshFiles(join(temporaryDirectory, directory));
  for (const file of [files.privateKey, files.knownHosts, files.config]) {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  }
  expect((await stat(files.directory)).mode & 0o777).toBe(0o700);
  const secret = 'secret-on-standard-input';
  let seen = '';
  await session.run(['sh', '-c', 'read x; echo "$x" | wc -c >&2; sleep 0.2; cat'], {
    input: `${secret}\n`,
    onProgress: () => {
      seen += everythingToSee();
    },
  });
  vi.unstubAllEnvs();
  expect(seen).toContain(files.config);
  // The first line is the same in every key.
  const keyLines = sshd.privateKey.split('\n').slice(2, 5);
  expect(keyLines.join('').length).toBeGreaterThan(150);
  for (const text of [secret, ...keyLines]) expect(seen.includes(text)).toBe(false);
});

it('takes names of hosts and users as ssh does', async () => {
  const files = sshFiles('/tmp/session');
  const connection = {
    host: 'the_staging_host',
    port: 22,
    user: 'jo@corp.example',
    jumpHost: { host: '_bastion', port: 2222, user: 'jo.doe+ops@corp.example' },
    privateKey: '',
    knownHosts: '',
  };
  const file = join(temporaryDirectory, 'config');
  await writeFile(file, sshConfig(connection, files));
  const understood = async (alias: string) =>
    (await runCommand('ssh', ['-G', '-F', file, alias])).stdout.split('\n');
  expect(await understood(aliases.connection)).toEqual(
    expect.arrayContaining(['hostname the_staging_host', 'user jo@corp.example']),
  );
  expect(await understood(aliases.jump)).toEqual(
    expect.arrayContaining(['hostname _bastion', 'user jo.doe+ops@corp.example']),
  );
});
