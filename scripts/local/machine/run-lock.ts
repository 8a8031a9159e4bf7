import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { UserError } from '../../terminal/errors.ts';
import { cacheDirectory, cached } from './cache.ts';

const file = cached('run.lock');

/**
 * Makes sure that one run at a time uses this machine: the jobs of two would take each other's ports.
 * Released at the end of the block; the lock of a process that has died counts for nothing.
 */
export async function lockRuns(): Promise<AsyncDisposable> {
  const lock = await lockUnlessInUse();
  if ('process' in lock)
    throw new UserError(
      `Another run is in progress on this machine (process ${lock.process}). Wait for it, or end it, and run this again.`,
    );
  return lock;
}

/** As `lockRuns`, but for the process that has the lock, where one has it. */
export async function lockUnlessInUse(): Promise<
  AsyncDisposable | { readonly process: number; [Symbol.asyncDispose](): Promise<void> }
> {
  await mkdir(cacheDirectory, { recursive: true });
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(`${process.pid} ${startOf(process.pid)}`);
      await handle.close();
      return { [Symbol.asyncDispose]: async () => await rm(file, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      const [pid, start] = (await readFile(file, 'utf8')).split(' ');
      if (start && start === startOf(Number(pid)))
        return { process: Number(pid), [Symbol.asyncDispose]: async () => {} };
      await rm(file, { force: true });
    }
  }
}

/** When a process started, in the kernel's ticks: with its id it names a process for good. Empty if it is gone. */
function startOf(pid: number): string {
  try {
    // The second field is a name in parentheses that may hold spaces; the start is the twentieth after it.
    return (
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[19] ?? ''
    );
  } catch {
    return '';
  }
}
