import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../actions/shared/src/ssh/connection.ts';
import { openSession } from '../../actions/shared/src/ssh/session.ts';
import { connectionTo, errorOf } from './ssh-session.ts';
import { generateKey, type KeyType, startSshd, type TestKey, type TestSshd } from './sshd.ts';

vi.setConfig({ testTimeout: 60_000 });

const types: readonly KeyType[] = ['ed25519', 'rsa', 'ecdsa'];

let sshd: TestSshd;
let directory: string;

beforeAll(async () => {
  sshd = await startSshd({}, { hostKeys: types });
});
afterAll(() => sshd[Symbol.asyncDispose]());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 't-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Runs a command on `host`, which must let this in. */
async function letsIn(changes: Partial<Connection> = {}, host = sshd): Promise<void> {
  const temporaryDirectory = await mkdtemp(join(directory, 'run-'));
  await using session = await openSession(connectionTo(host, changes), { temporaryDirectory });
  expect((await session.run(['echo', 'in'])).stdout).toBe('in\n');
}

/** The message with which `host` does not let this in, after which nothing is left. */
async function refusal(changes: Partial<Connection>, host = sshd): Promise<string> {
  const temporaryDirectory = await mkdtemp(join(directory, 'run-'));
  const keep = true;
  const opening = openSession(connectionTo(host, changes), { temporaryDirectory, keep });
  const error = await errorOf(opening);
  expect(error.name).toMatch(/^(InvalidInput|PhaseFailed)$/);
  expect(await readdir(temporaryDirectory)).toEqual([]);
  return error.message;
}

function hostKey(type: KeyType): TestKey {
  const found = sshd.hostKeys[types.indexOf(type)];
  if (found === undefined) throw new Error(`sshd has no ${type} key`);
  return found;
}

/** A known_hosts line in which the host's name is hashed. */
async function hashed(line: string): Promise<string> {
  const file = join(directory, 'to-hash');
  await writeFile(file, `${line}\n`);
  await execa('ssh-keygen', ['-q', '-H', '-f', file]);
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(/^\|1\|/);
  return text;
}

describe('known-hosts', () => {
  it.each(types)('may have the %s key alone, plain or hashed', async (type) => {
    const line = `[127.0.0.1]:${sshd.port} ${hostKey(type).publicKey}`;
    await letsIn({ knownHosts: line });
    await letsIn({ knownHosts: await hashed(line) });
  });

  it('may have other hosts, comments, Windows line ends and a host with any port', async () => {
    const { publicKey } = hostKey('ed25519');
    const stranger = await generateKey(join(directory, 'stranger'));
    const lines = ['# ours', '', `elsewhere ${stranger.publicKey}`, `127.0.0.1 ${publicKey}  `];
    await letsIn({ knownHosts: lines.join('\r\n') });
  });

  it('may pin the authority that signed the host key', async () => {
    const authority = await generateKey(join(directory, 'authority'));
    const options = { settings: ['HostCertificate %d/host-ed25519-cert.pub'], prepare: sign };
    await using host = await startSshd({}, options);
    const line = `@cert-authority [127.0.0.1]:${host.port} ${authority.publicKey}`;
    await letsIn({ knownHosts: line }, host);
    const other = await generateKey(join(directory, 'other'));
    const knownHosts = line.replace(authority.publicKey, other.publicKey);
    expect(await refusal({ knownHosts }, host)).toContain('known-hosts has no key for 127.0.0.1');

    async function sign(keys: string): Promise<void> {
      const words = ['-h', '-I', 'host', '-n', '127.0.0.1', join(keys, 'host-ed25519.pub')];
      await execa('ssh-keygen', ['-q', '-s', join(directory, 'authority'), ...words]);
    }
  });

  it.each(types)('stops at another %s key and names both fingerprints', async (type) => {
    const other = await generateKey(join(directory, 'other'), { type });
    const line = `[127.0.0.1]:${sshd.port} ${other.publicKey}`;
    const kind = type.toUpperCase();
    for (const knownHosts of [line, await hashed(line)]) {
      const failure = await refusal({ knownHosts });
      expect(failure).toContain(`127.0.0.1 port ${sshd.port} does not have the host key`);
      expect(failure).toContain(`it showed:           ${hostKey(type).fingerprint} (${kind})`);
      expect(failure).toContain(`known-hosts expects: ${other.fingerprint} (${kind})`);
    }
  });

  it('stops at a key of another type than it pins, and names both fingerprints', async () => {
    await using host = await startSshd({}, { hostKeys: ['ed25519'] });
    const rsa = await generateKey(join(directory, 'rsa'), { type: 'rsa' });
    const ecdsa = await generateKey(join(directory, 'ecdsa'), { type: 'ecdsa' });
    const lines = [rsa, ecdsa].map(({ publicKey }) => `[127.0.0.1]:${host.port} ${publicKey}`);
    for (const knownHosts of [lines.join('\n'), await hashed(lines.join('\n'))]) {
      const failure = await refusal({ knownHosts }, host);
      expect(failure).toContain(`it showed:           ${host.fingerprint} (ED25519)`);
      expect(failure).toContain(`known-hosts expects: ${rsa.fingerprint} (RSA)`);
      expect(failure).toContain(`or: ${ecdsa.fingerprint} (ECDSA)`);
    }
  });

  it('stops at a host that it does not list', async () => {
    const knownHosts = sshd.knownHosts.replaceAll('127.0.0.1', 'elsewhere');
    for (const other of [knownHosts, '# nothing', '']) {
      expect(await refusal({ knownHosts: other })).toContain(
        `needs a line that begins with [127.0.0.1]:${sshd.port}`,
      );
    }
  });

  it('stops at a key that it revokes', async () => {
    const knownHosts = sshd.knownHosts.replaceAll(/^/gm, '@revoked ');
    expect(await refusal({ knownHosts })).toContain('marks as revoked');
  });
});

describe('a private key', () => {
  it('may have lost its last newline, or have blanks and Windows line ends', async () => {
    const lines = sshd.privateKey.trimEnd().split('\n');
    await letsIn({ privateKey: lines.join('\n') });
    await letsIn({ privateKey: lines.join('\r\n') });
    await letsIn({ privateKey: `\ufeff${lines.map((line) => `  ${line}\t `).join('\r\n')}\n\n` });
  });

  it.each(types)('may be of type %s, also in the format of OpenSSL', async (type) => {
    const format = type === 'ed25519' ? {} : { format: 'PEM' as const };
    const { privateKey } = await generateKey(join(directory, 'key'), { type, ...format });
    await using host = await startSshd({}, { privateKey });
    await letsIn({ privateKey: privateKey.replaceAll('\n', ' \r\n') }, host);
  });

  it.each([undefined, 'PEM', 'PKCS8'] as const)(
    'with a passphrase says so (%s)',
    async (format) => {
      const { privateKey } = await generateKey(join(directory, 'locked'), {
        type: 'rsa',
        passphrase: 'a passphrase',
        ...(format && { format }),
      });
      expect(await refusal({ privateKey })).toContain('protected by a passphrase');
    },
  );

  it('that is cut, torn or something else says that it is malformed', async () => {
    const { privateKey } = sshd;
    const wrong = [privateKey.slice(0, 200), privateKey.replaceAll('\n', ' '), 'hunter2'];
    for (const text of wrong) {
      const message = await refusal({ privateKey: text });
      expect(message).toContain('input private-key is malformed');
      expect(message).not.toContain(text.slice(40, 80) || text);
    }
  });

  it('that is the public half, empty or of PuTTY says so', async () => {
    const { publicKey } = await generateKey(join(directory, 'half'));
    expect(await refusal({ privateKey: publicKey })).toContain('is the public half');
    expect(await refusal({ privateKey: ' \r\n' })).toContain('is empty');
    const putty = 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n';
    expect(await refusal({ privateKey: putty })).toContain('in the format of PuTTY');
  });

  it('that the host does not know, or no longer, says whom it does not let in', async () => {
    const { privateKey } = await generateKey(join(directory, 'stranger'));
    const message = `127.0.0.1 port ${sshd.port} does not let user ${sshd.user} in`;
    expect(await refusal({ privateKey })).toContain(message);
    expect(await refusal({ user: 'nobody-there' })).toContain('does not let user nobody-there in');
    await using host = await startSshd({}, { keyOptions: 'expiry-time="20200101"' });
    expect(await refusal({}, host)).toContain('the key expired');
  });
});

it('says that nothing listens, or that what listens is no SSH server', async () => {
  const knownHosts = sshd.knownHosts.replaceAll(`:${sshd.port}`, ':1');
  expect(await refusal({ port: 1, knownHosts })).toContain('nothing accepts SSH connections');
  await using silent = await silentServer();
  const { port } = silent;
  expect(await refusal({ port, connectTimeout: 1 })).toContain(
    `127.0.0.1 port ${port} cannot be reached from here`,
  );
});

/** Accepts connections, and never says a word. */
async function silentServer(): Promise<{ readonly port: number } & AsyncDisposable> {
  const server = createServer((socket) => socket.on('error', () => {}).resume());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
