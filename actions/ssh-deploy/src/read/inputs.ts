import { InvalidInput } from '../../../shared/src/errors.ts';
import { inputLines, parseInputs, type ReadInput } from '../../../shared/src/inputs.ts';
import { type Connection, connectionFrom } from '../../../shared/src/ssh/connection.ts';
import { credentialsFrom, type RegistryCredentials } from './credentials.ts';
import { parseHosts } from './hosts.ts';
import { type ImageSource, type Images, parseImages } from './images.ts';
import { type ParsedInputs, restageSchema, schema } from './input-schema.ts';
import { type Limits, limitsFrom } from './limits.ts';

export const secretInputs = ['private-key', 'registry-password'] as const;

export interface StageInputs {
  readonly command: 'stage';
  readonly release: string | undefined;
  readonly composeFile: string;
  /** What the host's .env.staging is made from; `.env.staging.example` beside the Compose file where it is undefined. */
  readonly environmentExample: string | undefined;
  /** What the host asks of its .env.staging, a rule a line; none where the example says what has to be set. */
  readonly environmentRules: readonly string[];
  readonly files: readonly string[];
  /** What services may do to the host besides running on it, as `service=what`. */
  readonly hostAccess: readonly string[];
  readonly images: Images;
  readonly imageSource: ImageSource;
  readonly optionalServices: readonly string[];
  /** The service that requests go through. */
  readonly proxy: string;
  readonly credentials: RegistryCredentials | undefined;
  readonly force: boolean;
}

/** The input command `stage` without images. */
export interface RestageInputs {
  readonly command: 'restage';
  /** The id of a release on the host, or at least 7 digits of its commit. */
  readonly release: string;
  readonly credentials: RegistryCredentials | undefined;
  readonly force: boolean;
}

export interface RollbackInputs {
  readonly command: 'rollback';
  /** The release before where it is undefined. */
  readonly release: string | undefined;
  /** Nothing is done unless this release is live; nor, without `release`, where every host has confirmed it. */
  readonly leave: string | undefined;
  readonly force: boolean;
}

export type CommandInputs =
  | StageInputs
  | RestageInputs
  | { readonly command: 'release' | 'confirm'; readonly release: string }
  | RollbackInputs
  | { readonly command: 'status' }
  | { readonly command: 'unlock'; readonly force: boolean };

/** A staging host by the name that it has in the input. */
export interface Host {
  readonly name: string;
  readonly connection: Connection;
}

export interface Inputs {
  readonly hosts: readonly Host[];
  readonly baseDirectory: string;
  readonly limits: Limits;
  readonly request: CommandInputs;
}

/** Reads and checks all inputs. Throws `InvalidInput`. */
export function readInputs(read: ReadInput): Inputs {
  const restage = read('command') === 'stage' && inputLines(read('images')).length === 0;
  const parsed = parseInputs(restage ? restageSchema : schema, read, secretInputs);
  return {
    hosts: parseHosts(parsed.host, parsed.port).map(({ name, host, port }) => ({
      name,
      connection: connectionFrom({ ...parsed, host, port }),
    })),
    baseDirectory: parsed['base-directory'],
    limits: limitsFrom(parsed),
    request: requestFrom(parsed),
  };
}

function requestFrom(parsed: ParsedInputs): CommandInputs {
  const { command, release, force } = parsed;
  switch (command) {
    case 'stage':
      return stageOrRestage(parsed);
    case 'release':
    case 'confirm':
      return { command, release: required(command, release) };
    case 'rollback':
      return { command, release, leave: parsed.leave, force };
    case 'status':
      return { command };
    case 'unlock':
      return { command, force };
  }
}

function stageOrRestage(parsed: ParsedInputs): StageInputs | RestageInputs {
  const { release, force } = parsed;
  const imageSource = parsed['image-source'];
  const images = parseImages(parsed.images, imageSource);
  const credentials = credentialsFrom(parsed);
  if (images.size > 0) {
    return {
      command: 'stage',
      release,
      composeFile: parsed['compose-file'],
      environmentExample: parsed['environment-example'],
      environmentRules: parsed['environment-rules'],
      files: parsed.files,
      hostAccess: parsed['host-access'],
      images,
      imageSource,
      optionalServices: parsed['optional-services'],
      proxy: parsed.proxy,
      credentials,
      force,
    };
  }
  if (release !== undefined) return { command: 'restage', release, credentials, force };
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
