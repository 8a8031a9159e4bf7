import { z } from 'zod';
import { type Endpoint, hostName, parseJumpHost, userName } from './endpoint.ts';

/** The inputs that every action which talks to the staging host has, by the same names. */
export const connectionInputs = {
  host: z
    .string()
    .regex(hostName, 'must be a host name or an IP address, such as staging.example.org'),
  port: z
    .string()
    .default('22')
    .transform(Number)
    .refine(
      (port) => Number.isInteger(port) && port >= 1 && port <= 65_535,
      'must be a number from 1 to 65535',
    ),
  user: z.string().regex(userName, 'must be a user name of the host, such as deploy'),
  'private-key': z.string(),
  'known-hosts': z.string(),
  'jump-host': z
    .string()
    .transform((text, context) => {
      const parsed = parseJumpHost(text);
      if (parsed !== undefined) return parsed;
      context.addIssue('must be [user@]host[:port], such as deploy@bastion.example.org:2222');
      return z.NEVER;
    })
    .optional(),
  'connect-timeout': z
    .string()
    .regex(/^[1-9]\d{0,2}$/, 'must be a number of seconds from 1 to 999')
    .default('20')
    .transform(Number),
  'base-directory': z
    .string()
    .default('/srv/staging')
    .refine(
      (path) => /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\/?$/.test(path),
      'must be an absolute path of letters, digits and . _ - such as /srv/staging',
    )
    .transform((path) => path.replace(/\/$/, '')),
} as const;

export interface Connection extends Endpoint {
  readonly privateKey: string;
  readonly knownHosts: string;
  /** The host through which alone the host can be reached; it takes the same key, and has a key in `knownHosts` too. */
  readonly jumpHost?: Endpoint;
  /** Seconds that a host has to answer; 20 where it is not given. */
  readonly connectTimeout?: number;
}

/** Takes the connection out of parsed inputs. */
export function connectionFrom(
  inputs: z.output<z.ZodObject<Omit<typeof connectionInputs, 'base-directory'>>>,
): Connection {
  const { host, port, user } = inputs;
  const jumpHost = inputs['jump-host'];
  return {
    host,
    port,
    user,
    privateKey: inputs['private-key'],
    knownHosts: inputs['known-hosts'],
    ...(jumpHost !== undefined && { jumpHost: { ...jumpHost, user: jumpHost.user ?? user } }),
    connectTimeout: inputs['connect-timeout'],
  };
}
