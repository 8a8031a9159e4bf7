import type { Connection } from './connection.ts';
import type { SshFiles } from './files.ts';
import { longestOpening, masterOf, type Opening, openMaster } from './master.ts';
import { takeOpeningLock } from './opening-lock.ts';
import { ensurePrivateDirectory, isSystemError, wipeDirectory } from './session-directory.ts';

export interface ConnectOptions {
  readonly connection: Connection;
  readonly files: SshFiles;
  /** Milliseconds. */
  readonly timeout: number;
  /** Is called before anything secret is written. */
  readonly onOpen: () => void;
}

// Each time, somebody else has taken the directory away at that very moment.
const mostAttempts = 5;

/** Joins the connection of the session's directory, or opens it: what cannot be opened leaves no directory behind. */
export async function connect(options: ConnectOptions): Promise<Opening> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await joinOrOpen(options);
    } catch (error) {
      if (!isSystemError(error, 'ENOENT') || attempt === mostAttempts) throw error;
    }
  }
}

async function joinOrOpen(options: ConnectOptions): Promise<Opening> {
  const { connection, files, timeout, onOpen } = options;
  await ensurePrivateDirectory(files.directory);
  const running = await masterOf(files);
  if (running !== undefined) return { master: running };
  await using _ = await takeOpeningLock(files.directory, longestOpening(connection));
  const opened = await masterOf(files);
  if (opened !== undefined) return { master: opened };
  onOpen();
  let opening: Opening | undefined;
  try {
    opening = await openMaster(connection, files, timeout);
    return opening;
  } finally {
    // While the lock is held: whoever waits for it begins with a directory of its own.
    if (opening === undefined || 'failure' in opening) await wipeDirectory(files.directory);
  }
}
