import type { Plain } from './plain.ts';

/** The jobs that a job of a workflow waits for, near and far. */
export function jobsBefore(jobs: Plain['jobs'], id: string): ReadonlySet<string> {
  const needs = jobs[id]?.needs ?? [];
  return new Set(needs.flatMap((each) => [each, ...jobsBefore(jobs, each)]));
}
