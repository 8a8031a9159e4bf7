import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Connection } from '../../actions/shared/src/ssh/connection.ts';
import { openSession } from '../../actions/shared/src/ssh/session.ts';
import { connectionTo, errorOf, processesNaming } from './ssh-session.ts';
import { generateKey, startSshd, type TestSshd } from './sshd.ts';

vi.setConfig({ testTimeout: 60_000 });

let host: TestSshd;
let jump: TestSshd;
let temporaryDirectory: string;

beforeAll(async () => {
  host = await startSshd({ AM_I: 'the-host' });
  jump = await startSshd({ AM_I: 'the-jump-host' }, { privateKey: host.privateKey });
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await jump[Symbol.asyncDispose]();
});
beforeEach(async () => {
  // A blank, since this path is quoted for two shells.
  temporaryDirectory = await mkdtemp(join(tmpdir(), 't -'));
});
afterEach(() => rm(temporaryDirectory, { recursive: true, force: true }));

function through(via: TestSshd, changes: Partial<Connection> = {}): Connection {
  const jumpHost = { host: '127.0.0.1', port: via.port, user: via.user };
  const knownHosts = `${host.knownHosts}\n${via.knownHosts}`;
  return connectionTo(host, { jumpHost, knownHosts, ...changes });
}

async function refusal(connection: Connection): Promise<string> {
  const { message } = await errorOf(openSession(connection, { temporaryDirectory }));
  expect(await readdir(temporaryDirectory)).toEqual([]);
  return message;
}

it('reaches the host through the jump host, with one connection to each', async () => {
  {
    await using session = await openSession(through(jump), { temporaryDirectory });
    expect((await session.run(['printenv', 'AM_I'])).stdout).toBe('the-host\n');
    const sizes = await session.run(['wc', '-c'], { input: Buffer.alloc(3_000_000, 0xff) });
    expect(sizes.stdout.trim()).toBe('3000000');
  }
  expect(await jump.connections()).toBe(1);
  expect(await host.connections()).toBe(1);
  expect(await readdir(temporaryDirectory)).toEqual([]);
  await expect.poll(() => processesNaming(temporaryDirectory)).toEqual([]);
});

it('pins the key of the jump host too', async () => {
  const other = await generateKey(join(temporaryDirectory, 'other'));
  const lines = `${host.knownHosts}\n[127.0.0.1]:${jump.port} ${other.publicKey}`;
  const { jumpHost } = through(jump);
  for (const file of ['other', 'other.pub']) await rm(join(temporaryDirectory, file));
  const before = await host.connections();
  const mismatch = await refusal(through(jump, { knownHosts: lines }));
  expect(mismatch).toContain(
    `SSH connection to jump host ${jumpHost?.user}@127.0.0.1:${jump.port}: `,
  );
  expect(mismatch).toContain(`it showed:           ${jump.fingerprint}`);
  expect(mismatch).toContain(`known-hosts expects: ${other.fingerprint}`);
  const unlisted = await refusal(through(jump, { knownHosts: host.knownHosts }));
  expect(unlisted).toContain(`needs a line that begins with [127.0.0.1]:${jump.port}`);
  expect(await host.connections()).toBe(before);
});

it('says which of the two hosts failed', async () => {
  const ofHost = `SSH connection to ${host.user}@127.0.0.1:${host.port}: `;
  const other = await generateKey(join(temporaryDirectory, 'other'));
  for (const file of ['other', 'other.pub']) await rm(join(temporaryDirectory, file));

  const knownHosts = `${jump.knownHosts}\n[127.0.0.1]:${host.port} ${other.publicKey}`;
  const mismatch = await refusal(through(jump, { knownHosts }));
  expect(mismatch).toContain(`${ofHost}127.0.0.1 port ${host.port} does not have the host key`);
  expect(mismatch).toContain(`it showed:           ${host.fingerprint}`);

  expect(await refusal(through(jump, { user: 'nobody-there' }))).toContain(
    `SSH connection to nobody-there@127.0.0.1:${host.port}: 127.0.0.1 port ${host.port} does not let user`,
  );
  const jumpHost = { host: '127.0.0.1', port: jump.port, user: 'nobody-there' };
  expect(await refusal(through(jump, { jumpHost }))).toContain(
    `SSH connection to jump host nobody-there@127.0.0.1:${jump.port}: 127.0.0.1 port ${jump.port} does not let user`,
  );
  expect(await refusal(through(jump, { port: 1 }))).toContain(
    `the jump host 127.0.0.1 port ${jump.port} cannot reach 127.0.0.1 port 1 (`,
  );
  const nowhere = { host: '127.0.0.1', port: 1, user: host.user };
  expect(await refusal(through(jump, { jumpHost: nowhere }))).toContain(
    `SSH connection to jump host ${host.user}@127.0.0.1:1: nothing accepts SSH connections`,
  );
});

it('says that the jump host forwards nothing', async () => {
  const settings = ['AllowTcpForwarding no'];
  await using strict = await startSshd({}, { privateKey: host.privateKey, settings });
  expect(await refusal(through(strict))).toContain(
    `the jump host 127.0.0.1 port ${strict.port} does not forward connections to 127.0.0.1 port ${host.port}`,
  );
});

it('comes back when the jump host does', async () => {
  await using session = await openSession(through(jump), { temporaryDirectory });
  await jump.stop();
  expect(await errorOf(session.run(['true']))).toMatchObject({ name: 'ConnectionLost' });
  const reopening = session.reopen({ within: 30_000 });
  await jump.start();
  await reopening;
  expect((await session.run(['printenv', 'AM_I'])).stdout).toBe('the-host\n');
});
