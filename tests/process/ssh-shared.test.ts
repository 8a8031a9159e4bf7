import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../actions/shared/src/ssh/connection.ts';
import { sharedDirectory } from '../../actions/shared/src/ssh/files.ts';
import { closeSession, openSession } from '../../actions/shared/src/ssh/session.ts';
import { ensurePrivateDirectory } from '../../actions/shared/src/ssh/session-directory.ts';
import { connectionTo, errorOf, processesNaming } from './ssh-session.ts';
import { startSshd, type TestSshd } from './sshd.ts';

vi.setConfig({ testTimeout: 60_000 });

let sshd: TestSshd;
let temporaryDirectory: string;
let saved: string[];

beforeEach(async () => {
  sshd = await startSshd();
  temporaryDirectory = await mkdtemp(join(tmpdir(), 't-'));
  saved = [];
});
afterEach(async () => {
  for (const directory of saved) await closeSession(directory);
  await sshd[Symbol.asyncDispose]();
  await rm(temporaryDirectory, { recursive: true, force: true });
});

/** Opens a session as a step of the job does. */
function step(changes: Partial<Connection> = {}) {
  const onDirectory = (directory: string) => saved.push(directory);
  return openSession(connectionTo(sshd, changes), { temporaryDirectory, onDirectory, keep: true });
}

/** Does what a step does that runs `words`, and returns what they print. */
async function runStep(...words: string[]) {
  await using session = await step();
  return (await session.run(words)).stdout;
}

describe('the steps of a job', () => {
  it('use one connection, which the step that opened it closes', async () => {
    expect(await runStep('echo', 'one')).toBe('one\n');
    expect(await runStep('echo', 'two')).toBe('two\n');
    // A key as another secret store gives it is the same key.
    const privateKey = sshd.privateKey.trimEnd().replaceAll('\n', '\r\n');
    await using session = await step({ privateKey });
    await session.run(['true']);
    expect(await sshd.connections()).toBe(1);
    expect(saved).toEqual([sharedDirectory(connectionTo(sshd), temporaryDirectory)]);
    await closeSession(saved[0] ?? '');
    await closeSession(saved[0] ?? '');
    expect(await readdir(temporaryDirectory)).toEqual([]);
    await expect.poll(() => processesNaming(temporaryDirectory)).toEqual([]);
  });

  it('leave it when they are killed, with all that they started', async () => {
    await runStep('true');
    const [master = 0] = processesNaming(saved[0] ?? '');
    // The fields after the name of the program, which is in brackets: state, parent, group, session.
    const stat = await readFile(`/proc/${master}/stat`, 'utf8');
    const [, , group, session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    expect({ group, session }).toEqual({ group: String(master), session: String(master) });
  });

  it('do not meet where any of their inputs differ', async () => {
    const connection = connectionTo(sshd);
    const jumpHost = { host: 'a', port: 22, user: 'b' };
    const others = [
      { ...connection, host: 'localhost' },
      { ...connection, port: 1 },
      { ...connection, user: 'other' },
      { ...connection, privateKey: 'other' },
      { ...connection, knownHosts: `${connection.knownHosts}\nother` },
      { ...connection, jumpHost },
      { ...connection, jumpHost: { ...jumpHost, port: 23 } },
    ];
    const names = [connection, ...others].map((one) => sharedDirectory(one, temporaryDirectory));
    expect(new Set(names).size).toBe(names.length);
    const patient = { ...connection, connectTimeout: 99 };
    expect(sharedDirectory(patient, temporaryDirectory)).toBe(names[0]);
  });

  it('open it again where it died in between, or left its socket', async () => {
    await runStep('true');
    for (const pid of processesNaming(saved[0] ?? '')) process.kill(pid, 'SIGKILL');
    expect(existsSync(join(saved[0] ?? '', 'c'))).toBe(true);
    expect(await runStep('echo', 'again')).toBe('again\n');
    await runStep('true');
    expect(await sshd.connections()).toBe(2);
  });

  it('do not close what another closes: a session of its own is one', async () => {
    await runStep('true');
    {
      await using session = await openSession(connectionTo(sshd), { temporaryDirectory });
      await session.run(['true']);
    }
    expect(await runStep('echo', 'still')).toBe('still\n');
    expect(await sshd.connections()).toBe(2);
  });

  it('open one connection where several begin at the same moment', async () => {
    const steps = Array.from({ length: 8 }, (_, index) => runStep('echo', String(index)));
    expect(await Promise.all(steps)).toEqual(steps.map((_, index) => `${index}\n`));
    expect(await sshd.connections()).toBe(1);
    expect(saved).toHaveLength(1);
  });

  it('all say why where several begin at the same moment and none can', async () => {
    const steps = Array.from({ length: 5 }, () => errorOf(step({ user: 'nobody-there' })));
    for (const { message } of await Promise.all(steps)) {
      expect(message).toContain('does not let user nobody-there in');
    }
    expect(await readdir(temporaryDirectory)).toEqual([]);
  });

  it('are not held up by one that was killed while it opened', async () => {
    const directory = sharedDirectory(connectionTo(sshd), temporaryDirectory);
    const killed = spawn('true');
    await once(killed, 'exit');
    await mkdir(directory, { mode: 0o700 });
    await writeFile(join(directory, 'opening'), `${killed.pid} it`);
    await writeFile(join(directory, 'key'), 'half a k');
    const steps = [runStep('echo', 'in'), runStep('echo', 'in')];
    expect(await Promise.all(steps)).toEqual(['in\n', 'in\n']);
    expect(await sshd.connections()).toBe(1);
    expect(await readdir(directory)).not.toContain('opening');
  });
});

describe('a directory that somebody else made', () => {
  let directory: string;
  beforeEach(() => {
    directory = sharedDirectory(connectionTo(sshd), temporaryDirectory);
  });

  it('is refused where it is a link', async () => {
    const elsewhere = join(temporaryDirectory, 'elsewhere');
    await mkdir(elsewhere);
    await symlink(elsewhere, directory);
    expect((await errorOf(step())).message).toContain(`${directory} is a symbolic link`);
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it('is refused where others can read it', async () => {
    await mkdir(directory);
    await chmod(directory, 0o755);
    expect((await errorOf(step())).message).toContain('can be read by other users');
    expect(await readdir(directory)).toEqual([]);
  });

  it('is refused where it is theirs', async () => {
    // Only root can give a directory away; to everybody else, root's own is another's.
    const isRoot = userInfo().uid === 0;
    const theirs = isRoot ? directory : '/';
    if (isRoot) {
      await mkdir(directory, { mode: 0o700 });
      await chown(directory, 65_534, 65_534);
      expect((await errorOf(step())).message).toContain('belongs to another user (uid 65534)');
    }
    const error = await errorOf(ensurePrivateDirectory(theirs));
    expect(error.message).toContain(`${theirs} belongs to another user`);
  });
});
