import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Connection } from './connection.ts';
import { normaliseLines } from './normalise-lines.ts';

/** The files of one SSH session, all in one directory that only this user can read. */
export interface SshFiles {
  readonly directory: string;
  readonly config: string;
  readonly privateKey: string;
  readonly knownHosts: string;
  /** The socket at which the process that holds the connection takes commands. */
  readonly control: string;
  /** What the connection to the jump host has to say. */
  readonly jumpLog: string;
}

/** Where the files of the session in `directory` are. */
export function sshFiles(directory: string): SshFiles {
  return {
    directory,
    config: join(directory, 'config'),
    privateKey: join(directory, 'key'),
    knownHosts: join(directory, 'known_hosts'),
    control: join(directory, 'c'),
    jumpLog: join(directory, 'jump.log'),
  };
}

const nameDigits = 16;

// A Unix socket's path has at most 104 bytes on some systems, and OpenSSH binds it under a name 17 bytes longer.
const longestControlPath = 104 - 1 - 17;

/**
 * The directory to make the session's directory in: `preferred` unless the control socket's path got too long there,
 * or has characters in it that mean something in a configuration of OpenSSH.
 */
export function sessionParent(preferred: string): string {
  const { control } = sshFiles(join(preferred, `ssh-${'0'.repeat(nameDigits)}`));
  const isPlain = /^[\p{L}\p{N} _.,:+@=/-]+$/u.test(preferred);
  return isPlain && Buffer.byteLength(control) <= longestControlPath ? preferred : '/tmp';
}

/**
 * The directory in which all steps of a job meet that have this very connection. The temporary directory counts too:
 * two runners of one machine have nothing in common.
 */
export function sharedDirectory(connection: Connection, temporaryDirectory: string): string {
  const { host, port, user, jumpHost } = connection;
  const whole = JSON.stringify([
    temporaryDirectory,
    [user, host, port],
    jumpHost ? [jumpHost.user, jumpHost.host, jumpHost.port] : [],
    normaliseLines(connection.privateKey),
    normaliseLines(connection.knownHosts),
  ]);
  const name = createHash('sha256').update(whole).digest('hex').slice(0, nameDigits);
  return join(sessionParent(temporaryDirectory), `ssh-${name}`);
}
