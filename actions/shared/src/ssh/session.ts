import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandOptions, CommandOutput, StreamOptions } from '../command.ts';
import { runOverConnection } from './command.ts';
import { connect } from './connect.ts';
import type { Connection } from './connection.ts';
import { sessionParent, sharedDirectory, sshFiles } from './files.ts';
import { type ForwardTarget, forward } from './forward.ts';
import { checkPrivateKeyText } from './key.ts';
import { closeMaster, longestOpening } from './master.ts';
import { openWithin } from './reopen.ts';
import { wipeDirectory } from './session-directory.ts';
import { runAtTerminal, streamOverConnection } from './stream.ts';

export { ConnectionLost } from '../errors.ts';

export interface SshSession extends AsyncDisposable {
  /**
   * Runs a command on the host, its words exactly as given. Throws `CommandFailed` with the remote exit code, or
   * `ConnectionLost` where the connection ended before the command's outcome was known.
   */
  run(words: readonly string[], options?: CommandOptions): Promise<CommandOutput>;
  /**
   * Opens the connection again after `ConnectionLost`, with growing pauses between attempts. Throws `ConnectionLost`
   * when it could not within that time, or `PhaseFailed` at once for a reason that does not go away.
   */
  reopen(options: ReopenOptions): Promise<void>;
}

/** A session for commands that people look at while they go on. */
export interface LiveSession extends SshSession {
  /**
   * As `run`, for a command that goes on for long or writes much: its output is handed on as it comes and kept nowhere.
   * Returns its exit code, whatever it is.
   */
  stream(words: readonly string[], options: StreamOptions): Promise<number>;
  /** Runs a command with this process's terminal as its own; returns its exit code. */
  atTerminal(words: readonly string[], signal: AbortSignal): Promise<number>;
}

/** A session that can carry connections of others too. */
export interface ForwardingSession extends SshSession {
  /**
   * Carries what comes to a port of this machine's 127.0.0.1 on to a target as the host sees it, as long as the connection
   * is open; returns the port. Throws `PhaseFailed`.
   */
  forward(target: ForwardTarget): Promise<number>;
}

export interface ReopenOptions {
  /** Milliseconds; one attempt is made in any case. */
  readonly within: number;
  readonly signal?: AbortSignal;
}

export interface SessionOptions {
  /** Where the session's directory is made; the runner's own temporary directory. */
  readonly temporaryDirectory: string;
  /**
   * Is told the session's directory before anything secret is written to it, so that a later process can wipe it; not
   * where an earlier step's connection is joined, which is that step's to close.
   */
  readonly onDirectory?: (directory: string) => void;
  /**
   * Leaves the connection open for the steps of the job that come later, which join it where theirs is the same;
   * `closeSession` closes it. Without, nobody joins it, and disposing of the session closes it.
   */
  readonly keep?: boolean;
}

/**
 * Opens the one connection that serves every command of a job, or joins the one that an earlier step of the job keeps.
 *
 * Throws `InvalidInput` for a private key that cannot be used, and `PhaseFailed` where the host cannot be reached, is
 * not the pinned one, or lets nobody in.
 */
export async function openSession(
  connection: Connection,
  options: SessionOptions,
): Promise<ForwardingSession & LiveSession> {
  checkPrivateKeyText(connection.privateKey);
  const { temporaryDirectory, onDirectory, keep = false } = options;
  const directory = keep
    ? sharedDirectory(connection, temporaryDirectory)
    : await mkdtemp(join(sessionParent(temporaryDirectory), 'ssh-'));
  const files = sshFiles(directory);
  const longest = longestOpening(connection);
  const open = (timeout: number) =>
    connect({ connection, files, timeout, onOpen: () => onDirectory?.(directory) });

  const opening = await open(longest);
  if ('failure' in opening) throw opening.failure;
  let { master } = opening;
  return {
    run: (words, commandOptions = {}) =>
      runOverConnection({ connection, files, master }, words, commandOptions),
    stream: (words, streamOptions) =>
      streamOverConnection({ connection, files, master }, words, streamOptions),
    atTerminal: (words, signal) => runAtTerminal({ connection, files, master }, words, signal),
    forward: (target) => forward(files, target),
    reopen: async ({ within, signal }) => {
      master = await openWithin({ open, longest, within, signal });
    },
    [Symbol.asyncDispose]: async () => {
      if (!keep) await closeSession(directory);
    },
  };
}

/** Closes the connection whose files are in `directory` and wipes the directory; there may be none. */
export async function closeSession(directory: string): Promise<void> {
  try {
    await closeMaster(sshFiles(directory));
  } finally {
    await wipeDirectory(directory);
  }
}
