import { join } from 'node:path';
import type { Connection } from './connection.ts';

/** The files of one SSH session, all in one directory that only this user can read. */
export interface SshFiles {
  readonly privateKey: string;
  readonly knownHosts: string;
  readonly control: string;
}

/** Where the files of the session in `directory` are. */
export function sshFiles(directory: string): SshFiles {
  return {
    privateKey: join(directory, 'key'),
    knownHosts: join(directory, 'known_hosts'),
    control: join(directory, 'c'),
  };
}

// A Unix socket's path has at most 104 bytes on some systems, and OpenSSH binds it under a name 17 bytes longer.
const longestControlPath = 104 - 1 - 17;

/** The directory to make the session's directory in: `preferred` unless the control socket's path got too long there. */
export function sessionParent(preferred: string): string {
  const control = sshFiles(join(preferred, 'ssh-XXXXXX')).control;
  return Buffer.byteLength(control) <= longestControlPath ? preferred : '/tmp';
}

/**
 * Arguments of `ssh` up to and with the host. Nothing of the machine's own configuration, keys or agent takes part,
 * and the host must have one of the pinned keys.
 */
export function sshArguments(connection: Connection, files: SshFiles): string[] {
  const settings = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: files.knownHosts,
    GlobalKnownHostsFile: '/dev/null',
    UpdateHostKeys: 'no',
    IdentityFile: files.privateKey,
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    PreferredAuthentications: 'publickey',
    ConnectTimeout: '20',
    ServerAliveInterval: '15',
    ServerAliveCountMax: '4',
    ControlPath: files.control,
    LogLevel: 'ERROR',
  };
  return [
    '-F',
    '/dev/null',
    '-T',
    '-a',
    '-x',
    ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    '-p',
    String(connection.port),
    '-l',
    connection.user,
    '--',
    connection.host,
  ];
}
