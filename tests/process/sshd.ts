import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

const sshdFile = '/usr/sbin/sshd';

/** A real sshd on a private port of 127.0.0.1 that lets this user in with `privateKey`. */
export interface TestSshd extends AsyncDisposable {
  readonly port: number;
  readonly user: string;
  readonly privateKey: string;
  readonly knownHosts: string;
  /** The SHA256 fingerprint of its host key. */
  readonly fingerprint: string;
  /** How many TCP connections it has accepted. */
  connections(): Promise<number>;
}

/**
 * Starts sshd; the variables in `environment` are what a login on that host would have. With `privateKey`, that key gets
 * in, and not one of its own.
 */
export async function startSshd(
  environment: Record<string, string> = {},
  privateKey?: string,
): Promise<TestSshd> {
  if (!existsSync(sshdFile)) {
    throw new Error('openssh-server is missing: apt-get install openssh-server');
  }
  const directory = await mkdtemp(join(tmpdir(), 'sshd-'));
  const hostKey = await generateKey(join(directory, 'host'));
  const userFile = join(directory, 'user');
  const userKey =
    privateKey === undefined ? await generateKey(userFile) : await keepKey(userFile, privateKey);
  const port = await freePort();
  const log = join(directory, 'log');
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(directory, 'host')}`,
    `AuthorizedKeysFile ${join(directory, 'user.pub')}`,
    `PidFile ${join(directory, 'pid')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'LogLevel VERBOSE',
    ...setEnv(environment),
  ];
  await writeFile(join(directory, 'config'), `${settings.join('\n')}\n`);
  // sshd separates its privileges by a directory that only a system service has.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  const sshd = spawn(sshdFile, ['-D', '-f', join(directory, 'config'), '-E', log]);
  await waitForLine(log, 'Server listening');
  return {
    port,
    user: userInfo().username,
    privateKey: userKey.privateKey,
    knownHosts: `[127.0.0.1]:${port} ${hostKey.publicKey}`,
    fingerprint: hostKey.fingerprint,
    connections: async () => (await readFile(log, 'utf8')).split('Connection from').length - 1,
    [Symbol.asyncDispose]: async () => {
      sshd.kill();
      await once(sshd, 'exit');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Only the first SetEnv of a configuration counts, so all variables go on one line. */
function setEnv(environment: Record<string, string>): string[] {
  const pairs = Object.entries(environment).map(([name, value]) => `"${name}=${value}"`);
  return pairs.length === 0 ? [] : [`SetEnv ${pairs.join(' ')}`];
}

export interface TestKey {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** Makes an Ed25519 key pair at `file`, with a passphrase if one is given. */
export async function generateKey(file: string, passphrase = ''): Promise<TestKey> {
  await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'test', '-f', file]);
  const { stdout } = await execa('ssh-keygen', ['-l', '-f', `${file}.pub`]);
  return {
    privateKey: await readFile(file, 'utf8'),
    publicKey: (await readFile(`${file}.pub`, 'utf8')).trim(),
    fingerprint: stdout.split(' ')[1] ?? '',
  };
}

/** Writes an existing private key to `file`, and its public half beside it. */
async function keepKey(file: string, privateKey: string): Promise<{ privateKey: string }> {
  await writeFile(file, privateKey, { mode: 0o600 });
  const { stdout } = await execa('ssh-keygen', ['-y', '-f', file]);
  await writeFile(`${file}.pub`, `${stdout}\n`);
  return { privateKey };
}

async function freePort(): Promise<number> {
  const server: Server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function waitForLine(file: string, text: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const log = existsSync(file) ? await readFile(file, 'utf8') : '';
    if (log.includes(text)) return;
    if (Date.now() > deadline) throw new Error(`sshd did not start:\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
