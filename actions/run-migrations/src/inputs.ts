import { z } from 'zod';
import { type Connection, connectionFrom, connectionInputs } from '../../shared/src/connection.ts';
import { parseInputs, type ReadInput } from '../../shared/src/inputs.ts';
import { releaseIdSchema } from '../../shared/src/release-id.ts';

export const secretInputs = ['private-key'] as const;

const schema = z.object({
  ...connectionInputs,
  release: releaseIdSchema,
  'compose-file': z
    .string()
    .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/, 'must be the name of a file in the release')
    .default('docker-compose.staging.yml'),
  service: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'must be the name of a Compose service')
    .default('api'),
  target: z
    .string()
    .regex(/^[A-Za-z0-9_]+$/, 'must be head, heads or a revision')
    .default('head'),
});

export interface Inputs {
  readonly connection: Connection;
  readonly baseDirectory: string;
  readonly release: string;
  readonly composeFile: string;
  readonly service: string;
  readonly target: string;
}

/** Reads and checks all inputs. Throws `InvalidInput`. */
export function readInputs(read: ReadInput): Inputs {
  const parsed = parseInputs(schema, read, secretInputs);
  return {
    connection: connectionFrom(parsed),
    baseDirectory: parsed['base-directory'],
    release: parsed.release,
    composeFile: parsed['compose-file'],
    service: parsed.service,
    target: parsed.target,
  };
}
