import { createHash } from 'node:crypto';
import type { Connection } from './connection.ts';
import { normaliseLines } from './ssh-key.ts';

/** What OpenSSH's message means for the person who has to mend it, or undefined where it says nothing known. */
export function diagnose(stderr: string, connection: Connection): string | undefined {
  const { host, port, user, knownHosts } = connection;
  const target = `${host} port ${port}`;
  const rescan = `ssh-keyscan -p ${port} ${host}`;
  if (/HOST IDENTIFICATION HAS CHANGED/.test(stderr)) {
    return (
      `${target} does not have the host key that known-hosts pins.\n` +
      `  it showed:           ${shownFingerprint(stderr) ?? 'unknown'}\n` +
      `  known-hosts expects: ${expectedFingerprint(stderr, knownHosts) ?? 'unknown'}\n` +
      'Either the server was installed anew, or something answers in its place. Compare with the fingerprint shown on ' +
      'the server itself (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); only if it is the server, put the new ' +
      `line (${rescan}) into the known-hosts secret.`
    );
  }
  if (/Host key verification failed|host key is known for/i.test(stderr)) {
    const entry = port === 22 ? host : `[${host}]:${port}`;
    return (
      `known-hosts has no key for ${target}. It needs a line that begins with ${entry} (or its hashed form): take it ` +
      `from ${rescan} and compare it with the server's own fingerprint before you trust it.`
    );
  }
  if (/Permission denied \(/.test(stderr)) {
    return (
      `${target} does not let user ${user} in with this private key. Add its public half ` +
      `(ssh-keygen -y -f KEY) to ~${user}/.ssh/authorized_keys on the server, and check that the account is not ` +
      'locked or the key expired.'
    );
  }
  if (/Could not resolve hostname/.test(stderr)) {
    return `the host name ${host} does not exist in DNS as seen from here. Check the input host.`;
  }
  if (/Connection refused/.test(stderr)) {
    return `nothing accepts SSH connections on ${target}. Check the input port, and that sshd runs there.`;
  }
  if (/timed out|No route to host|Network is unreachable/i.test(stderr)) {
    return `${target} cannot be reached from here. Check the host, its firewall and the network.`;
  }
  return undefined;
}

function shownFingerprint(stderr: string): string | undefined {
  return /SHA256:[A-Za-z0-9+/]+/.exec(stderr)?.[0];
}

function expectedFingerprint(stderr: string, knownHosts: string): string | undefined {
  const line = /Offending \S+ key in [^\n]*:(\d+)/.exec(stderr)?.[1];
  if (line === undefined) return undefined;
  const entry = normaliseLines(knownHosts).split('\n')[Number(line) - 1];
  const key = /\sAAAA[A-Za-z0-9+/=]+/.exec(entry ?? '')?.[0].trim();
  if (key === undefined) return undefined;
  const hash = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64');
  return `SHA256:${hash.replace(/=+$/, '')}`;
}
