import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { InvalidInput } from '../../actions/shared/src/errors.ts';
import { parseInputs } from '../../actions/shared/src/inputs.ts';
import {
  type Connection,
  connectionFrom,
  connectionInputs,
} from '../../actions/shared/src/ssh/connection.ts';
import type { Instance } from '../local/surroundings/instance.ts';
import { deployUser } from '../local/surroundings/staging-host.ts';

/** How a command line names the staging host. */
export interface TargetOptions {
  readonly host?: string;
  readonly port?: string;
  readonly user?: string;
  /** The private key's file. */
  readonly identity?: string;
  /** The file that pins host keys. */
  readonly knownHosts?: string;
  readonly jumpHost?: string;
  readonly baseDirectory?: string;
}

/** A staging host, and where its releases are. */
export interface Target {
  readonly name: string;
  readonly connection: Connection;
  readonly baseDirectory: string;
}

/**
 * The host that the options name, or without any the staging host of `start` on this machine. Throws
 * `InvalidInput` that says which option is missing or wrong.
 */
export async function resolveTarget(
  options: TargetOptions,
  local: () => Promise<Instance | undefined>,
): Promise<Target> {
  const given = options.host === undefined ? localOptions(await local()) : options;
  const { identity, knownHosts = join(homedir(), '.ssh/known_hosts') } = given;
  if (identity === undefined)
    throw new InvalidInput('--identity is missing: name the file of your private key');
  const values: Readonly<Record<string, string | undefined>> = {
    host: given.host,
    port: given.port,
    user: given.user,
    'jump-host': given.jumpHost,
    'base-directory': given.baseDirectory,
    'private-key': await read('--identity', identity),
    'known-hosts': await read('--known-hosts', knownHosts),
  };
  const parsed = parseInputs(z.object(connectionInputs), (name) => values[name] ?? '', [
    'private-key',
  ]);
  const { host, port } = parsed;
  return {
    name: port === 22 ? host : `${host}:${port}`,
    connection: connectionFrom(parsed),
    baseDirectory: parsed['base-directory'],
  };
}

function localOptions(local: Instance | undefined): TargetOptions {
  const identity = join(local?.directory ?? '', 'ssh-key');
  if (local === undefined || !existsSync(identity)) {
    throw new InvalidInput(
      'no staging host is named, and none runs on this machine. Name it with --host, --user and --identity (and --port, ' +
        '--known-hosts, --jump-host, --base-directory where they differ from what --help shows), or with the variables ' +
        'STAGING_HOST, STAGING_SSH_USER and STAGING_SSH_KEY_FILE; or start one here with npm start',
    );
  }
  const { directory, ports, project } = local;
  return {
    host: '127.0.0.1',
    port: String(ports.ssh),
    user: deployUser,
    identity,
    knownHosts: join(directory, 'known_hosts'),
    baseDirectory: project.baseDirectory,
  };
}

async function read(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new InvalidInput(`${option}: ${file} cannot be read (${(error as Error).message})`, {
      cause: error,
    });
  }
}
