import { z } from 'zod';
import { type Connection, connectionFrom, connectionInputs } from '../../shared/src/connection.ts';
import { InvalidInput } from '../../shared/src/errors.ts';
import { inputLines, parseInputs, type ReadInput } from '../../shared/src/inputs.ts';
import { releaseIdSchema } from '../../shared/src/release-id.ts';
import { type Images, parseImages } from './images.ts';

export const secretInputs = ['private-key', 'registry-password'] as const;

const relativePath =
  /^(?!-)(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._-]+)*\/?$/;
const serviceName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;
const commit = /^[0-9a-f]{7,40}$/;

const schema = z.object({
  command: z.enum(
    ['stage', 'release', 'confirm', 'rollback', 'status'],
    'must be stage, release, confirm, rollback or status',
  ),
  ...connectionInputs,
  release: releaseIdSchema.optional(),
  'compose-file': z
    .string()
    .regex(relativePath, 'must be a path inside the workspace')
    .default('docker-compose.staging.yml'),
  files: z
    .string()
    .default('infra')
    .transform(inputLines)
    .refine(
      (paths) => paths.every((path) => relativePath.test(path)),
      'must be paths inside the workspace, one a line',
    ),
  images: z.string().optional(),
  'optional-services': z
    .string()
    .default('')
    .transform((text) => text.split(/[\s,]+/).filter((name) => name !== ''))
    .refine(
      (names) => names.every((name) => serviceName.test(name)),
      'must be names of services, such as "prometheus grafana"',
    ),
  registry: z
    .string()
    .regex(/^[A-Za-z0-9.-]+(?::\d+)?$/, 'must be a registry such as ghcr.io or localhost:5000')
    .optional(),
  'registry-username': z.string().optional(),
  'registry-password': z.string().optional(),
  'health-timeout': z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'must be a number of seconds from 1 to 9999')
    .default('180')
    .transform(Number),
});

/** With no images to make a release of, `stage` takes one from the host, which a commit can name too. */
const restageSchema = schema.extend({
  release: z
    .string()
    .refine(
      (text) => releaseIdSchema.safeParse(text).success || commit.test(text),
      'must be a release id, such as 20260131T235959Z-0a1b2c3 (see the output of `status`), or a commit: 40 ' +
        'hexadecimal digits, or at least its first 7',
    )
    .optional(),
});

export interface RegistryCredentials {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

export interface StageInputs {
  readonly command: 'stage';
  readonly release: string | undefined;
  readonly composeFile: string;
  readonly files: readonly string[];
  readonly images: Images;
  readonly optionalServices: readonly string[];
  readonly credentials: RegistryCredentials | undefined;
}

/** The input command `stage` without images. */
export interface RestageInputs {
  readonly command: 'restage';
  /** The id of a release on the host, or at least 7 digits of its commit. */
  readonly release: string;
  readonly credentials: RegistryCredentials | undefined;
}

export type CommandInputs =
  | StageInputs
  | RestageInputs
  | { readonly command: 'release'; readonly release: string; readonly healthTimeout: number }
  | { readonly command: 'confirm'; readonly release: string }
  | {
      readonly command: 'rollback';
      readonly release: string | undefined;
      readonly healthTimeout: number;
    }
  | { readonly command: 'status' };

export interface Inputs {
  readonly connection: Connection;
  readonly baseDirectory: string;
  readonly request: CommandInputs;
}

/** Reads and checks all inputs. Throws `InvalidInput`. */
export function readInputs(read: ReadInput): Inputs {
  const restage = read('command') === 'stage' && inputLines(read('images')).length === 0;
  const parsed = parseInputs(restage ? restageSchema : schema, read, secretInputs);
  return {
    connection: connectionFrom(parsed),
    baseDirectory: parsed['base-directory'],
    request: requestFrom(parsed),
  };
}

function requestFrom(parsed: z.output<typeof schema>): CommandInputs {
  const { command, release } = parsed;
  const healthTimeout = parsed['health-timeout'];
  switch (command) {
    case 'stage':
      return stageOrRestage(parsed);
    case 'release':
      return { command, release: required(command, release), healthTimeout };
    case 'confirm':
      return { command, release: required(command, release) };
    case 'rollback':
      return { command, release, healthTimeout };
    case 'status':
      return { command };
  }
}

function stageOrRestage(parsed: z.output<typeof schema>): StageInputs | RestageInputs {
  const { release } = parsed;
  const images = parseImages(parsed.images ?? '');
  const credentials = credentialsFrom(parsed);
  if (images.size > 0) {
    return {
      command: 'stage',
      release,
      composeFile: parsed['compose-file'],
      files: parsed.files,
      images,
      optionalServices: parsed['optional-services'],
      credentials,
    };
  }
  if (release !== undefined) return { command: 'restage', release, credentials };
  throw new InvalidInput(
    'inputs images and release are both missing: to make a new release, stage needs a line ' +
      'service=repository@sha256:digest in images for each service that is built; to stage a release again that the ' +
      'host has, it needs its id or commit in release',
  );
}

function required(command: string, release: string | undefined): string {
  if (release !== undefined) return release;
  throw new InvalidInput(
    `input release is missing: ${command} needs the id of a staged release (the output release of the command stage)`,
  );
}

function credentialsFrom(parsed: z.output<typeof schema>): RegistryCredentials | undefined {
  const registry = parsed.registry;
  const username = parsed['registry-username'];
  const password = parsed['registry-password'];
  if (registry !== undefined && username !== undefined && password !== undefined) {
    return { registry, username, password };
  }
  if (username === undefined && password === undefined) return undefined;
  throw new InvalidInput(
    'inputs registry, registry-username and registry-password belong together: give all three, or none where the ' +
      'registry needs no credentials',
  );
}
