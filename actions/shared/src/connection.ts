import { z } from 'zod';

/** The inputs that every action which talks to the staging host has, by the same names. */
export const connectionInputs = {
  host: z
    .string()
    .regex(
      /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f]*:[0-9A-Fa-f:]+)$/,
      'must be a host name or an IP address, such as staging.example.org',
    ),
  port: z
    .string()
    .default('22')
    .transform(Number)
    .refine(
      (port) => Number.isInteger(port) && port >= 1 && port <= 65_535,
      'must be a number from 1 to 65535',
    ),
  user: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/, 'must be a user name of the host, such as deploy'),
  'private-key': z.string(),
  'known-hosts': z.string(),
  'base-directory': z
    .string()
    .default('/srv/azals-staging')
    .refine(
      (path) => /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\/?$/.test(path),
      'must be an absolute path of letters, digits and . _ - such as /srv/azals-staging',
    )
    .transform((path) => path.replace(/\/$/, '')),
} as const;

export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly privateKey: string;
  readonly knownHosts: string;
}

/** Takes the connection out of parsed inputs. */
export function connectionFrom(inputs: {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly 'private-key': string;
  readonly 'known-hosts': string;
}): Connection {
  return {
    host: inputs.host,
    port: inputs.port,
    user: inputs.user,
    privateKey: inputs['private-key'],
    knownHosts: inputs['known-hosts'],
  };
}
