import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../actions/shared/src/connection.ts';
import { closeSession, openSession } from '../../actions/shared/src/ssh.ts';
import { sshFiles } from '../../actions/shared/src/ssh-files.ts';
import { generateKey, startSshd, type TestSshd } from './sshd.ts';

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

function connection(changes: Partial<Connection> = {}): Connection {
  const { port, user, privateKey, knownHosts } = sshd;
  return { host: '127.0.0.1', port, user, privateKey, knownHosts, ...changes };
}

describe('a session with the pinned host', () => {
  it('runs several commands over one TCP connection and leaves nothing behind', async () => {
    const before = await sshd.connections();
    {
      await using session = await openSession(connection(), { temporaryDirectory });
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
    await using session = await openSession(connection(), { temporaryDirectory });
    const words = ['$HOME', "it's", '"x"', '; rm -rf /nowhere', '$(false)', 'a\nb', 'é\\#%*', ''];
    const { stdout } = await session.run(['printf', '[%s]', ...words]);
    expect(stdout).toBe(words.map((word) => `[${word}]`).join(''));
  });

  it('passes standard input through, binary and large', async () => {
    await using session = await openSession(connection(), { temporaryDirectory });
    const { stdout } = await session.run(['wc', '-c'], { input: Buffer.alloc(3_000_000, 0xff) });
    expect(stdout.trim()).toBe('3000000');
  });

  it('fails, and does not crash, when the command ends before it has read its input', async () => {
    await using session = await openSession(connection(), { temporaryDirectory });
    const run = session.run(['sh', '-c', 'echo no space >&2; exit 7'], {
      input: Buffer.alloc(30_000_000),
    });
    await expect(run).rejects.toMatchObject({ exitCode: 7, stderr: 'no space\n' });
  });

  it('reports the command on the host that failed, without the options of ssh', async () => {
    await using session = await openSession(connection(), { temporaryDirectory });
    await expect(session.run(['sh', '-c', 'echo broken >&2; exit 3'])).rejects.toThrow(
      "on 127.0.0.1: sh -c 'echo broken >&2; exit 3' failed with exit code 3:\nbroken",
    );
  });

  it('takes a key with Windows line ends and without a last newline', async () => {
    const privateKey = sshd.privateKey.trimEnd().replaceAll('\n', '\r\n');
    await using session = await openSession(connection({ privateKey }), { temporaryDirectory });
    expect((await session.run(['echo', 'in'])).stdout).toBe('in\n');
  });

  it('keeps the key readable by its owner only, and out of every command line', async () => {
    await using session = await openSession(connection(), { temporaryDirectory });
    const [directory = ''] = await readdir(temporaryDirectory);
    const files = sshFiles(join(temporaryDirectory, directory));
    expect((await stat(files.privateKey)).mode & 0o777).toBe(0o600);
    expect((await stat(join(temporaryDirectory, directory))).mode & 0o777).toBe(0o700);
    const secret = 'secret-on-standard-input';
    const { stdout } = await session.run(
      ['sh', '-c', 'read x; cat /proc/*/cmdline | tr "\\0" " "'],
      {
        input: `${secret}\n`,
      },
    );
    expect(stdout).toContain('IdentitiesOnly');
    expect(stdout).not.toContain(secret);
    const keyLine = sshd.privateKey.split('\n')[1] ?? '';
    expect(keyLine.length).toBeGreaterThan(40);
    expect(stdout).not.toContain(keyLine);
  });

  it('uses a short socket path where the temporary directory is deep', async () => {
    const deep = join(temporaryDirectory, 'd'.repeat(90));
    await using session = await openSession(connection(), { temporaryDirectory: deep });
    expect((await session.run(['echo', 'in'])).stdout).toBe('in\n');
  });

  it('can be closed by another process that knows only the directory', async () => {
    let directory = '';
    await openSession(connection(), {
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

describe('a connection that must not or cannot be made', () => {
  it('stops at another host key and names both fingerprints', async () => {
    const other = await generateKey(join(temporaryDirectory, 'other'));
    const knownHosts = `[127.0.0.1]:${sshd.port} ${other.publicKey}`;
    const failure = await refusal({ knownHosts });
    expect(failure).toContain(`127.0.0.1 port ${sshd.port} does not have the host key`);
    expect(failure).toContain(`it showed:           ${sshd.fingerprint}`);
    expect(failure).toContain(`known-hosts expects: ${other.fingerprint}`);
  });

  it('stops at a host that known-hosts does not list', async () => {
    const knownHosts = sshd.knownHosts.replace('127.0.0.1', 'elsewhere');
    expect(await refusal({ knownHosts })).toContain(
      `needs a line that begins with [127.0.0.1]:${sshd.port}`,
    );
  });

  it('says whom the host does not let in', async () => {
    const { privateKey } = await generateKey(join(temporaryDirectory, 'stranger'));
    expect(await refusal({ privateKey })).toContain(`does not let user ${sshd.user} in`);
  });

  it('says that a key is malformed', async () => {
    const privateKey = sshd.privateKey.slice(0, 200);
    expect(await refusal({ privateKey })).toContain('input private-key is malformed');
  });

  it('says that a key has a passphrase', async () => {
    const { privateKey } = await generateKey(join(temporaryDirectory, 'locked'), 'a passphrase');
    expect(await refusal({ privateKey })).toContain('protected by a passphrase');
  });

  it('says that nothing listens', async () => {
    const knownHosts = sshd.knownHosts.replace(`:${sshd.port}`, ':1');
    expect(await refusal({ port: 1, knownHosts })).toContain('nothing accepts SSH connections');
  });

  async function refusal(changes: Partial<Connection>): Promise<string> {
    const directory = await mkdtemp(join(temporaryDirectory, 'run-'));
    const opening = openSession(connection(changes), { temporaryDirectory: directory });
    const error: unknown = await opening.then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    expect(await readdir(directory)).toEqual([]);
    return (error as Error).message;
  }
});

/** Processes of this machine that have `text` in their command line. */
function processesNaming(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        readlinkSync(`/proc/${pid}/exe`);
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false; // It ended while we looked.
      }
    });
}
