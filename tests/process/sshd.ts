import { type ChildProcess, spawn } from 'node:child_process';
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
  /** A line for each of its host keys. */
  readonly knownHosts: string;
  readonly hostKeys: readonly TestKey[];
  /** The SHA256 fingerprint of its first host key. */
  readonly fingerprint: string;
  /** How many TCP connections it has accepted. */
  connections(): Promise<number>;
  /** The processes that serve its connections. */
  sessions(): Promise<number[]>;
  /** Stops it, connections and all. */
  stop(): Promise<void>;
  /** Starts it again on the same port, with the same keys. */
  start(): Promise<void>;
}

export interface SshdOptions {
  readonly port?: number;
  /** The key that it lets in; one of its own where it is not given. */
  readonly privateKey?: string;
  /** The types of its host keys; ed25519 where they are not given. */
  readonly hostKeys?: readonly KeyType[];
  /** What goes ahead of the user's key in authorized_keys. */
  readonly keyOptions?: string;
  /** More lines for its configuration; `%d` stands for the directory of its host keys (`host-ed25519`...). */
  readonly settings?: readonly string[];
  /** Is given the directory of its keys before it starts. */
  readonly prepare?: (directory: string) => Promise<void>;
}

/** Starts sshd; the variables in `environment` are what a login on that host would have. */
export async function startSshd(
  environment: Record<string, string> = {},
  options: SshdOptions = {},
): Promise<TestSshd> {
  if (!existsSync(sshdFile)) {
    throw new Error('openssh-server is missing: apt-get install openssh-server');
  }
  const directory = await mkdtemp(join(tmpdir(), 'sshd-'));
  const file = (name: string) => join(directory, name);
  const types = options.hostKeys ?? ['ed25519'];
  const hostKeys = await Promise.all(
    types.map((type) => generateKey(file(`host-${type}`), { type })),
  );
  const user = await userKey(file('user'), options.privateKey);
  await writeFile(file('authorized_keys'), `${options.keyOptions ?? ''} ${user.publicKey}\n`);
  const port = options.port ?? (await freePort());
  const log = file('log');
  const settings = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...types.map((type) => `HostKey ${file(`host-${type}`)}`),
    `AuthorizedKeysFile ${file('authorized_keys')}`,
    `PidFile ${file('pid')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'LogLevel VERBOSE',
    ...(options.settings ?? []).map((line) => line.replaceAll('%d', directory)),
    ...setEnv(environment),
  ];
  await writeFile(file('config'), `${settings.join('\n')}\n`);
  await options.prepare?.(directory);
  // sshd separates its privileges by a directory that only a system service has.
  if (userInfo().uid === 0) await mkdir('/run/sshd', { recursive: true });
  const read = async () => (existsSync(log) ? await readFile(log, 'utf8') : '');
  let sshd: ChildProcess | undefined;
  const start = async () => {
    const before = occurrences(await read(), 'Server listening');
    sshd = spawn(sshdFile, ['-D', '-f', file('config'), '-E', log]);
    await waitFor(read, (text) => occurrences(text, 'Server listening') > before);
  };
  const sessions = async () => (sshd?.pid === undefined ? [] : await childrenOf(sshd.pid));
  const stop = async () => {
    if (sshd === undefined) return; // It has been stopped already.
    const serving = await sessions();
    const exited = once(sshd, 'exit');
    sshd.kill();
    await exited;
    sshd = undefined;
    for (const pid of serving) endProcess(pid);
  };
  await start();
  return {
    port,
    user: userInfo().username,
    privateKey: user.privateKey,
    knownHosts: hostKeys.map(({ publicKey }) => `[127.0.0.1]:${port} ${publicKey}`).join('\n'),
    hostKeys,
    fingerprint: hostKeys[0]?.fingerprint ?? '',
    connections: async () => occurrences(await read(), 'Connection from'),
    sessions,
    start,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** Only the first SetEnv of a configuration counts, so all variables go on one line. */
function setEnv(environment: Record<string, string>): string[] {
  const pairs = Object.entries(environment).map(([name, value]) => `"${name}=${value}"`);
  return pairs.length === 0 ? [] : [`SetEnv ${pairs.join(' ')}`];
}

export type KeyType = 'ed25519' | 'rsa' | 'ecdsa';

export interface TestKey {
  readonly privateKey: string;
  readonly publicKey: string;
  readonly fingerprint: string;
}

export interface KeyOptions {
  readonly type?: KeyType;
  readonly passphrase?: string;
  /** `PEM` for the format that OpenSSL knows. */
  readonly format?: 'PEM' | 'PKCS8';
}

/** Makes a key pair at `file`: Ed25519 without a passphrase unless the options say something else. */
export async function generateKey(file: string, options: KeyOptions = {}): Promise<TestKey> {
  const { type = 'ed25519', passphrase = '', format } = options;
  const words = ['-q', '-t', type, '-N', passphrase, '-C', 'test', '-f', file];
  await execa('ssh-keygen', [...words, ...(format ? ['-m', format] : [])]);
  return await readKey(file);
}

async function readKey(file: string): Promise<TestKey> {
  const { stdout } = await execa('ssh-keygen', ['-l', '-f', `${file}.pub`]);
  return {
    privateKey: await readFile(file, 'utf8'),
    publicKey: (await readFile(`${file}.pub`, 'utf8')).trim(),
    fingerprint: stdout.split(' ')[1] ?? '',
  };
}

async function userKey(file: string, privateKey: string | undefined): Promise<TestKey> {
  if (privateKey === undefined) return await generateKey(file);
  await writeFile(file, privateKey, { mode: 0o600 });
  const { stdout } = await execa('ssh-keygen', ['-y', '-f', file]);
  await writeFile(`${file}.pub`, `${stdout}\n`);
  return await readKey(file);
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

async function waitFor(
  read: () => Promise<string>,
  isThere: (text: string) => boolean,
): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const log = await read();
    if (isThere(log)) return;
    if (Date.now() > deadline) throw new Error(`sshd did not start:\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
