import type { Plain } from './plain.ts';

/** The jobs that a job of a workflow waits for, near and far. */
export function jobsBefore(jobs: Plain['jobs'], id: string): ReadonlySet<string> {
  const before = new Set(jobs[id]?.needs);
  // A set goes on with what is added to it meanwhile.
  for (const each of before) for (const need of jobs[each]?.needs ?? []) before.add(need);
  return before;
}
