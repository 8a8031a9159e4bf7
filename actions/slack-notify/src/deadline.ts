import type { Deadline } from './slack/retry.ts';

/** A deadline `budget` milliseconds after `began`, which is now unless it is given (`performance.now()`). */
export function deadlineAfter(budget: number, began = performance.now()): Deadline {
  const remaining = () => Math.max(0, began + budget - performance.now());
  return { signal: AbortSignal.timeout(Math.ceil(remaining())), remaining };
}
