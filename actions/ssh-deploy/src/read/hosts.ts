import { InvalidInput } from '../../../shared/src/errors.ts';
import { inputLines } from '../../../shared/src/inputs.ts';
import { connectionInputs } from '../../../shared/src/ssh/connection.ts';

/** Where one staging host listens for SSH. */
export interface HostAddress {
  /** What the person who deploys calls it: the line of the input, without blanks. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
}

const withPort = /^(?:\[(?<bracketed>[^\]]*)\]|(?<plain>[^:[\]]*)):(?<port>\d+)$/;
const inBrackets = /^\[(?<bracketed>[^\]]*)\]$/;

/**
 * Reads the input `host`: one host a line, as `host`, `host:port`, `[IPv6]` or `[IPv6]:port`. A host without a port
 * has `port`. Throws `InvalidInput` for anything else, and for a host that is named twice.
 */
export function parseHosts(text: string, port: number): HostAddress[] {
  const hosts = inputLines(text).map((line) => parseHost(line, port));
  if (hosts.length === 0) throw new InvalidInput('input host is missing');
  const places = new Set<string>();
  for (const { name, host, port: number } of hosts) {
    const place = `${host.toLowerCase()} ${number}`;
    if (places.has(place)) {
      throw new InvalidInput(`input host names ${JSON.stringify(name)} twice: name each host once`);
    }
    places.add(place);
  }
  return hosts;
}

function parseHost(line: string, defaultPort: number): HostAddress {
  const { bracketed, plain, port } = (withPort.exec(line) ?? inBrackets.exec(line))?.groups ?? {};
  const host = bracketed ?? plain ?? line;
  const number = port === undefined ? defaultPort : Number(port);
  const isAddress = bracketed === undefined || bracketed.includes(':');
  if (
    isAddress &&
    connectionInputs.host.safeParse(host).success &&
    number >= 1 &&
    number <= 65_535
  ) {
    return { name: line, host, port: number };
  }
  throw new InvalidInput(
    `input host has the line ${JSON.stringify(line)}: it must be a host name or an IP address, such as ` +
      'staging.example.org, with a port from 1 to 65535 after it where that is another one than the input port ' +
      '(staging.example.org:2222, [2001:db8::1]:2222)',
  );
}
