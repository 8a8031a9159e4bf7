import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PhaseFailed } from '../errors.ts';
import { isSystemError } from './session-directory.ts';

const pollInterval = 50;

/**
 * Waits until no other process opens the connection of this directory, and keeps others from it until disposed of.
 * The lock of a process that died, or that is older than `longest` milliseconds, counts as left behind.
 *
 * Throws `PhaseFailed` when its turn has not come after twice that time.
 */
export async function takeOpeningLock(
  directory: string,
  longest: number,
): Promise<AsyncDisposable> {
  const lock = join(directory, 'opening');
  const own = `${lock}.${randomBytes(4).toString('hex')}`;
  const text = `${process.pid} ${own}`;
  await writeFile(own, text, { mode: 0o600, flag: 'wx' });
  try {
    const deadline = performance.now() + 2 * longest;
    while (!(await linked(own, lock))) {
      if (performance.now() > deadline) {
        throw new PhaseFailed('SSH session', `another process has been opening it: see ${lock}`);
      }
      if (await isLeftBehind(lock, longest)) await removeExactly(lock, longest);
      else await pause(pollInterval);
    }
  } finally {
    await rm(own, { force: true });
  }
  return {
    [Symbol.asyncDispose]: async () => {
      if ((await textOf(lock)) === text) await rm(lock, { force: true });
    },
  };
}

async function linked(own: string, lock: string): Promise<boolean> {
  try {
    await utimes(own, new Date(), new Date());
    await link(own, lock);
    return true;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) return false;
    throw error;
  }
}

async function isLeftBehind(lock: string, longest: number): Promise<boolean> {
  const text = await textOf(lock);
  if (text === undefined) return false;
  try {
    const { mtimeMs } = await stat(lock);
    if (Date.now() - mtimeMs > longest) return true;
    process.kill(Number.parseInt(text, 10), 0);
    return false;
  } catch (error) {
    return isSystemError(error, 'ESRCH');
  }
}

/** Between the look at a lock and its removal, another process may have put its own in its place: that one goes back. */
async function removeExactly(lock: string, longest: number): Promise<void> {
  const taken = `${lock}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(lock, taken);
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return;
    throw error;
  }
  if (!(await isLeftBehind(taken, longest))) await linked(taken, lock);
  await rm(taken, { force: true });
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isSystemError(error, 'ENOENT')) return undefined;
    throw error;
  }
}
