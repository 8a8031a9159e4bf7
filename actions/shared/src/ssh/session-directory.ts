import { randomBytes } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { PhaseFailed } from '../errors.ts';
import { sshFiles } from './files.ts';

/**
 * Makes a directory that only this user can read, or makes sure that the one that is there is such a directory.
 *
 * Throws `PhaseFailed` where it is a link, or somebody else's.
 */
export async function ensurePrivateDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
    return;
  } catch (error) {
    if (!isSystemError(error, 'EEXIST')) throw error;
  }
  const found = await lstat(directory);
  const problem = found.isSymbolicLink()
    ? 'is a symbolic link'
    : !found.isDirectory()
      ? 'is no directory'
      : found.uid !== userInfo().uid
        ? `belongs to another user (uid ${found.uid})`
        : (found.mode & 0o077) !== 0
          ? 'can be read by other users'
          : undefined;
  if (problem === undefined) return;
  throw new PhaseFailed(
    'SSH session',
    `${directory} ${problem}. Somebody put it where the private key was to go: find out who, then remove it.`,
  );
}

/** Writes a file that only this user can read, whole or not at all. */
export async function writePrivate(file: string, text: string): Promise<void> {
  const partial = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(partial, text, { mode: 0o600, flag: 'wx' });
  await rename(partial, file);
}

/** Removes a session's directory, the private key first; there may be none. */
export async function wipeDirectory(directory: string): Promise<void> {
  await rm(sshFiles(directory).privateKey, { force: true });
  // Whoever makes the directory anew at this moment shall not find one that is half gone.
  const leaving = `${directory}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(directory, leaving);
  } catch (error) {
    if (!isSystemError(error, 'ENOENT')) throw error;
  }
  await rm(leaving, { recursive: true, force: true });
}

/** Tells whether an error is the system's, with this code. */
export function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
