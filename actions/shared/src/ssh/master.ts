import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { runCommand } from '../command.ts';
import { CommandFailed, type PhaseFailed } from '../errors.ts';
import { aliases, defaultConnectTimeout, sshConfig } from './config.ts';
import type { Connection } from './connection.ts';
import { connectionFailure } from './failure.ts';
import type { SshFiles } from './files.ts';
import { checkPrivateKey } from './key.ts';
import { normaliseLines } from './normalise-lines.ts';
import { writePrivate } from './session-directory.ts';

/** The process that holds a connection, or why there is none. */
export type Opening =
  | { readonly master: number }
  | { readonly failure: PhaseFailed; readonly lasting: boolean };

/** Milliseconds that opening the connection may take, with all that ssh does before and after a host's first answer. */
export function longestOpening({ connectTimeout, jumpHost }: Connection): number {
  const seconds = connectTimeout ?? defaultConnectTimeout;
  return (jumpHost ? 3 : 1) * seconds * 1000 + 20_000;
}

/** The id of the process that holds the session's connection; undefined where there is none that answers. */
export async function masterOf(files: SshFiles): Promise<number | undefined> {
  if (!existsSync(files.control)) return undefined;
  try {
    const { stderr } = await control(files, 'check');
    return Number(/pid=(\d+)/.exec(stderr)?.[1]);
  } catch (error) {
    if (error instanceof CommandFailed) return undefined;
    throw error;
  }
}

/**
 * Opens the connection in a process that goes on by itself, in the place of one that does not answer. Throws
 * `InvalidInput` where the private key cannot be used.
 */
export async function openMaster(
  connection: Connection,
  files: SshFiles,
  timeout: number,
): Promise<Opening> {
  await writePrivate(files.knownHosts, normaliseLines(connection.knownHosts));
  await writePrivate(files.config, sshConfig(connection, files));
  await writePrivate(files.privateKey, normaliseLines(connection.privateKey));
  await checkPrivateKey(files.privateKey);
  await rm(files.control, { force: true });
  try {
    await runCommand('ssh', ['-F', files.config, '-M', '-N', '-f', aliases.connection], {
      title: 'opening the SSH connection',
      timeout,
    });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return await connectionFailure(error, connection, files);
  }
  const master = await masterOf(files);
  if (master !== undefined) return { master };
  const ended = new CommandFailed({
    command: 'the SSH connection',
    exitCode: 255,
    signal: undefined,
    timedOut: false,
    stderr: 'it ended as soon as it was open',
  });
  return await connectionFailure(ended, connection, files);
}

/** Closes the session's connection; there may be none. */
export async function closeMaster(files: SshFiles): Promise<void> {
  if (!existsSync(files.control)) return;
  try {
    await control(files, 'exit');
  } catch (error) {
    // A socket without its process: there is no connection left to close.
    const isGone = error instanceof CommandFailed && error.exitCode === 255 && !error.ended;
    if (!isGone) throw error;
  }
}

function control(files: SshFiles, request: 'check' | 'exit') {
  // The host is not looked at where a control socket is named, but the command line needs one.
  const words = ['-F', '/dev/null', '-S', files.control, '-O', request, aliases.channel];
  return runCommand('ssh', words, { timeout: 10_000 });
}
