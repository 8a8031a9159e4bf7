import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sshFiles } from '../../actions/shared/src/ssh/files.ts';
import { masterOf } from '../../actions/shared/src/ssh/master.ts';
import {
  ConnectionLost,
  closeSession,
  openSession,
  type SshSession,
} from '../../actions/shared/src/ssh/session.ts';
import { connectionTo, errorOf, processesNaming } from './ssh-session.ts';
import { startSshd, type TestSshd } from './sshd.ts';

vi.setConfig({ testTimeout: 60_000 });

let sshd: TestSshd;
let temporaryDirectory: string;
let directory: string;
let session: SshSession;

beforeEach(async () => {
  sshd = await startSshd();
  temporaryDirectory = await mkdtemp(join(tmpdir(), 't-'));
  session = await openSession(connectionTo(sshd), {
    temporaryDirectory,
    keep: true,
    onDirectory: (path) => {
      directory = path;
    },
  });
});
afterEach(async () => {
  await closeSession(directory);
  await sshd[Symbol.asyncDispose]();
  await rm(temporaryDirectory, { recursive: true, force: true });
});

const losses: Readonly<Record<string, () => Promise<void>>> = {
  'the process that holds it is killed': killMaster,
  'the host ends the process that serves it': async () => {
    for (const pid of await sshd.sessions()) process.kill(pid, 'SIGKILL');
  },
  'sshd starts again on the same port': async () => {
    await sshd.stop();
    await sshd.start();
  },
};

describe.each(Object.entries(losses))('a connection that is lost because %s', (_, lose) => {
  it('ends the command that runs, and is opened again', async () => {
    const seen: string[] = [];
    let losing = Promise.resolve();
    let bytes = 0;
    const run = session.run(['sh', '-c', 'echo begun >&2; sleep 30; echo done >&2'], {
      onProgress: (line) => {
        seen.push(line);
        losing = lose();
      },
      onStderrBytes: (count) => {
        bytes += count;
      },
    });
    const error = await errorOf(run);
    await losing;
    expect(error).toMatchObject({ name: 'ConnectionLost', cause: { name: 'CommandFailed' } });
    expect(error.message).toContain(`${sshd.user}@127.0.0.1:${sshd.port}`);
    // Nothing but what the command wrote: whoever follows it goes on from there.
    expect({ seen, bytes }).toEqual({ seen: ['begun'], bytes: 'begun\n'.length });
    await session.reopen({ within: 10_000 });
    expect((await session.run(['echo', 'again'])).stdout).toBe('again\n');
    expect(await sshd.connections()).toBe(2);
  });

  it('is not replaced by one for each command', async () => {
    await lose();
    await expect
      .poll(() => errorOf(session.run(['true'])), { timeout: 10_000 })
      .toMatchObject({ name: 'ConnectionLost' });
    expect(await errorOf(session.run(['true']))).toMatchObject({ name: 'ConnectionLost' });
    expect(await sshd.connections()).toBe(1);
  });
});

it('counts as lost where only the process that waits for the command is killed', async () => {
  const error = await errorOf(
    session.run(['sh', '-c', 'echo begun >&2; sleep 30'], {
      onProgress: async () => {
        const master = await masterOf(sshFiles(directory));
        const others = processesNaming(`${directory}/`).filter((pid) => pid !== master);
        for (const pid of others) process.kill(pid, 'SIGKILL');
      },
    }),
  );
  expect(error).toBeInstanceOf(ConnectionLost);
  await session.reopen({ within: 10_000 });
  expect((await session.run(['echo', 'again'])).stdout).toBe('again\n');
  expect(await sshd.connections()).toBe(1);
});

describe('opening it again', () => {
  it('goes on until the host is back', async () => {
    await goAway();
    const reopening = session.reopen({ within: 30_000 });
    // Attempts come and go while nothing listens.
    await expect.poll(() => readdir(temporaryDirectory), { interval: 5 }).toEqual([]);
    await sshd.start();
    await reopening;
    expect((await session.run(['echo', 'again'])).stdout).toBe('again\n');
  });

  it('ends with the time that it has, and leaves no key behind', async () => {
    await goAway();
    const error = await errorOf(session.reopen({ within: 1200 }));
    expect(error).toMatchObject({ name: 'ConnectionLost', cause: { name: 'PhaseFailed' } });
    expect(error.message).toContain('did not come back within 1 s');
    expect(error.message).toContain('nothing accepts SSH connections');
    expect(await readdir(temporaryDirectory)).toEqual([]);
  });

  it('ends when the caller says so', async () => {
    await goAway();
    const signal = AbortSignal.timeout(700);
    const error = await errorOf(session.reopen({ within: 600_000, signal }));
    expect(error.name).toMatch(/AbortError|TimeoutError/);
  });

  it('ends at once where another host answers', async () => {
    const { port } = sshd;
    await sshd[Symbol.asyncDispose]();
    await using impostor = await startSshd({}, { port, privateKey: sshd.privateKey });
    const error = await errorOf(session.reopen({ within: 600_000 }));
    expect(error.name).toBe('PhaseFailed');
    expect(error.message).toContain(`it showed:           ${impostor.fingerprint}`);
  });

  it('joins what somebody else has opened again', async () => {
    await killMaster();
    const same = { temporaryDirectory, keep: true };
    const other = await openSession(connectionTo(sshd), same);
    await Promise.all([session.reopen({ within: 10_000 }), other.reopen({ within: 10_000 })]);
    expect((await session.run(['echo', 'again'])).stdout).toBe('again\n');
    expect(await sshd.connections()).toBe(2);
  });
});

it('keeps the connection alive, and notices within half a minute that it is gone', async () => {
  const config = await readFile(sshFiles(directory).config, 'utf8');
  for (const line of ['ServerAliveInterval 5', 'ServerAliveCountMax 6', 'TCPKeepAlive yes']) {
    expect(config).toContain(line);
  }
});

async function killMaster(): Promise<void> {
  const master = await masterOf(sshFiles(directory));
  if (master === undefined) throw new Error('there is no connection to end');
  process.kill(master, 'SIGKILL');
}

/** Ends the server, and waits until the session has noticed. */
async function goAway(): Promise<void> {
  await sshd.stop();
  expect(await errorOf(session.run(['sleep', '30']))).toBeInstanceOf(ConnectionLost);
}
