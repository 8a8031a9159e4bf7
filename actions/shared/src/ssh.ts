import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type CommandOptions, type CommandOutput, runCommand } from './command.ts';
import type { Connection } from './connection.ts';
import { CommandFailed, PhaseFailed } from './errors.ts';
import { remoteCommandLine } from './remote-command.ts';
import { diagnose } from './ssh-diagnosis.ts';
import { checkPrivateKey, normaliseLines } from './ssh-key.ts';
import { sessionParent, sshArguments, sshFiles } from './ssh-options.ts';

/** The connection ended while a command ran: what the command did, and whether it goes on, is not known. */
export class ConnectionLost extends PhaseFailed {}

export interface SshSession extends AsyncDisposable {
  /**
   * Runs a command on the host, its words exactly as given. Throws `CommandFailed` with the remote exit code, or
   * `ConnectionLost` where the connection itself failed.
   */
  run(words: readonly string[], options?: CommandOptions): Promise<CommandOutput>;
  /** Connects again after `ConnectionLost`, trying for `within` milliseconds. Throws the last `PhaseFailed`. */
  reopen(options: { readonly within: number }): Promise<void>;
}

export interface SessionOptions {
  /** Where the session's directory is made; the runner's own temporary directory. */
  readonly temporaryDirectory: string;
  /** Is told the session's directory before anything is written to it, so that a later process can wipe it. */
  readonly onDirectory?: (directory: string) => void;
  /** Leaves the connection open for the next step of the job; `closeSession` ends it. */
  readonly keep?: boolean;
}

/**
 * Opens the one connection that serves every command of an action. Disposing of it closes the connection and wipes
 * the private key.
 */
export async function openSession(
  connection: Connection,
  options: SessionOptions,
): Promise<SshSession> {
  const directory = await mkdtemp(join(sessionParent(options.temporaryDirectory), 'ssh-'));
  options.onDirectory?.(directory);
  try {
    const files = sshFiles(directory);
    const arguments_ = sshArguments(connection, files);
    await writePrivate(files.privateKey, normaliseLines(connection.privateKey));
    await writePrivate(files.knownHosts, normaliseLines(connection.knownHosts));
    await checkPrivateKey(files.privateKey);
    const connect = () =>
      runSsh(['-M', '-N', '-f', ...arguments_], connection, {
        title: 'opening the SSH connection',
        timeout: 60_000,
      });
    await connect();
    return {
      reopen: async ({ within }) => {
        const deadline = Date.now() + within;
        for (;;) {
          try {
            await rm(files.control, { force: true });
            await connect();
            return;
          } catch (error) {
            if (Date.now() + 1000 > deadline) throw error;
            await setTimeout(1000);
          }
        }
      },
      run: (words, commandOptions) => {
        const line = remoteCommandLine(words);
        const title = `on ${connection.host}: ${line}`;
        return runSsh([...arguments_, line], connection, { title, ...commandOptions });
      },
      [Symbol.asyncDispose]: () => closeSession(directory),
    };
  } catch (error) {
    await closeSession(directory);
    throw error;
  }
}

/** Closes the connection whose files are in `directory`, if it is still open, and wipes the directory. */
export async function closeSession(directory: string): Promise<void> {
  const { control } = sshFiles(directory);
  try {
    // The host is not looked at where a control socket is named, but the command line needs one.
    if (existsSync(control)) {
      await runCommand('ssh', ['-F', '/dev/null', '-S', control, '-O', 'exit', 'staging'], {
        timeout: 10_000,
      });
    }
  } catch (error) {
    // A socket without its process: there is no connection left to close.
    if (!(error instanceof CommandFailed && error.stderr.includes('Control socket connect')))
      throw error;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function writePrivate(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600, flag: 'wx' });
}

async function runSsh(
  args: readonly string[],
  connection: Connection,
  options?: CommandOptions,
): Promise<CommandOutput> {
  try {
    return await runCommand('ssh', args, options);
  } catch (error) {
    // 255 is ssh's own code; everything else comes from the command on the host.
    if (!(error instanceof CommandFailed) || error.exitCode !== 255) throw error;
    const target = `${connection.user}@${connection.host}:${connection.port}`;
    const cause =
      diagnose(error.stderr, connection) ?? (error.stderr.trim() || 'the connection was lost');
    throw new ConnectionLost(`SSH connection to ${target}`, cause, { cause: error });
  }
}
