/** Where an SSH server is, and who logs in there. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** A host name, which may have a _ where DNS itself would have none, or an IP address. */
export const hostName =
  /^(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?\.?|[0-9A-Fa-f]*:[0-9A-Fa-f:]+)$/;

/** The name of a user on a host; those of a directory service look like addresses. */
export const userName = /^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,254}$/;

export interface JumpHost {
  readonly host: string;
  readonly port: number;
  readonly user: string | undefined;
}

/** Reads `[user@]host[:port]`, an IPv6 address in brackets; undefined where the text is something else. As in ssh the host begins behind the last @. */
export function parseJumpHost(text: string): JumpHost | undefined {
  const match = /^(?:(.*)@)?(?:\[([^\]]*:[^\]]*)\]|([^:[\]@]*))(?::(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const [, user, address, name] = match;
  const host = address ?? name ?? '';
  const port = Number(match[4] ?? 22);
  const isRight = hostName.test(host) && port >= 1 && port <= 65_535;
  if (!isRight || (user !== undefined && !userName.test(user))) return undefined;
  return { host, port, user };
}

/** How a message names it: `127.0.0.1 port 22`. */
export function describeEndpoint({ host, port }: Endpoint): string {
  return `${host} port ${port}`;
}

/** How a line of a known_hosts file begins that is about it. */
export function knownHostsName({ host, port }: Endpoint): string {
  return port === 22 ? host : `[${host}]:${port}`;
}
