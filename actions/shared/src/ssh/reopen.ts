import { setTimeout as pause } from 'node:timers/promises';
import { ConnectionLost } from '../errors.ts';
import type { Opening } from './master.ts';

const firstPause = 500;
const longestPause = 8000;

export interface Reopening {
  /** Tries once, for at most that many milliseconds. */
  readonly open: (timeout: number) => Promise<Opening>;
  /** Milliseconds that one attempt may take. */
  readonly longest: number;
  /** Milliseconds for all of them. */
  readonly within: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tries to open a connection until it is open, and returns the process that holds it. Throws `ConnectionLost` when the
 * time is over, and `PhaseFailed` at once for a reason that does not go away.
 */
export async function openWithin(reopening: Reopening): Promise<number> {
  const { open, longest, within, signal } = reopening;
  const deadline = performance.now() + within;
  for (let wait = firstPause; ; wait = Math.min(2 * wait, longestPause)) {
    signal?.throwIfAborted();
    const left = Math.max(deadline - performance.now(), 1000);
    const opening = await open(Math.min(longest, left));
    if ('master' in opening) return opening.master;
    if (opening.lasting) throw opening.failure;
    const rest = deadline - performance.now();
    if (rest <= 0) {
      throw new ConnectionLost(
        `The connection was lost and did not come back within ${Math.round(within / 1000)} s. ${opening.failure.message}`,
        { cause: opening.failure },
      );
    }
    await pause(Math.min(wait, rest), undefined, { ...(signal && { signal }) });
  }
}
