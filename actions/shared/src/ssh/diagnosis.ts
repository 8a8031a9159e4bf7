import { describeEndpoint, type Endpoint, knownHostsName } from './endpoint.ts';

/** What OpenSSH's message means for the person who has to mend it. */
export interface Diagnosis {
  readonly message: string;
  /** Whether it stays so until somebody mends it, so that trying again cannot help. */
  readonly lasting: boolean;
}

/** Reads what ssh said about `endpoint`, for which `pinned` keys are known; undefined where it says nothing known. */
export function diagnose(
  stderr: string,
  endpoint: Endpoint,
  pinned: readonly string[],
): Diagnosis | undefined {
  const message = diagnoseHostKey(stderr, endpoint, pinned) ?? diagnoseLogin(stderr, endpoint);
  if (message !== undefined) return { message, lasting: true };
  const passing = diagnoseNetwork(stderr, endpoint);
  return passing === undefined ? undefined : { message: passing, lasting: false };
}

/** Reads why the jump host could not reach the host behind it; undefined where that is not what it said. */
export function diagnoseForwarding(
  jumpLog: string,
  jumpHost: Endpoint,
  endpoint: Endpoint,
): Diagnosis | undefined {
  const reason = /open failed: ([^\n\r]*)/.exec(jumpLog)?.[1];
  if (reason === undefined) return undefined;
  if (/administratively prohibited|unknown channel type/.test(reason)) {
    return {
      message:
        `the jump host ${describeEndpoint(jumpHost)} does not forward connections to ${describeEndpoint(endpoint)}. ` +
        `Allow it in its sshd_config (AllowTcpForwarding, PermitOpen) and in ~${jumpHost.user}/.ssh/authorized_keys.`,
      lasting: true,
    };
  }
  return {
    message:
      `the jump host ${describeEndpoint(jumpHost)} cannot reach ${describeEndpoint(endpoint)} (${reason}). Check the ` +
      'inputs host and port as seen from the jump host, and that sshd runs there.',
    lasting: false,
  };
}

function diagnoseHostKey(
  stderr: string,
  endpoint: Endpoint,
  pinned: readonly string[],
): string | undefined {
  const { host, port } = endpoint;
  const target = describeEndpoint(endpoint);
  const rescan = `ssh-keyscan -p ${port} ${host}`;
  if (/REVOKED HOST KEY/.test(stderr)) {
    return `${target} has a host key that known-hosts marks as revoked. Do not trust it: the server needs a new key.`;
  }
  if (/HOST IDENTIFICATION HAS CHANGED/.test(stderr)) {
    const shown = /SHA256:[A-Za-z0-9+/]+/.exec(stderr)?.[0] ?? 'unknown';
    const type = /fingerprint for the (\S+) key/.exec(stderr)?.[1];
    return (
      `${target} does not have the host key that known-hosts pins.\n` +
      `  it showed:           ${type ? `${shown} (${type})` : shown}\n` +
      `  known-hosts expects: ${pinned.join('\n                   or: ') || 'unknown'}\n` +
      'Either the server was installed anew, or something answers in its place. Compare with the fingerprint shown on ' +
      'the server itself (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub); only if it is the server, put the new ' +
      `line (${rescan}) into the known-hosts secret.`
    );
  }
  if (/Host key verification failed|host key is known for/i.test(stderr)) {
    return (
      `known-hosts has no key for ${target}. It needs a line that begins with ${knownHostsName(endpoint)} (or its ` +
      `hashed form): take it from ${rescan} and compare it with the server's own fingerprint before you trust it.`
    );
  }
  return undefined;
}

function diagnoseLogin(stderr: string, endpoint: Endpoint): string | undefined {
  if (!/Permission denied \(/.test(stderr)) return undefined;
  const { user } = endpoint;
  return (
    `${describeEndpoint(endpoint)} does not let user ${user} in with this private key. Add its public half ` +
    `(ssh-keygen -y -f KEY) to ~${user}/.ssh/authorized_keys on the server, and check that the account is not ` +
    'locked or the key expired.'
  );
}

function diagnoseNetwork(stderr: string, endpoint: Endpoint): string | undefined {
  const { host } = endpoint;
  const target = describeEndpoint(endpoint);
  if (/Could not resolve hostname/.test(stderr)) {
    return `the host name ${host} does not exist in DNS as seen from here. Check how it is spelt.`;
  }
  if (/Connection refused/.test(stderr)) {
    return `nothing accepts SSH connections on ${target}. Check the port, and that sshd runs there.`;
  }
  if (/timed out|No route to host|Network is unreachable/i.test(stderr)) {
    return `${target} cannot be reached from here. Check the host, its firewall and the network.`;
  }
  if (/kex_exchange_identification|Connection (closed|reset) by/.test(stderr)) {
    return (
      `${target} ended the connection before anybody could log in. If it is the right port, look at sshd's log there: ` +
      'too many connections (MaxStartups), a ban of this address, or a server that is shutting down.'
    );
  }
  return undefined;
}
