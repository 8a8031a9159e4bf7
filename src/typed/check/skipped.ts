import type { Plain, PlainJob } from '../plain.ts';
import { type Checked, type Fault, jobsOf } from './fault.ts';
import { opensAfterFailure } from './references.ts';

/**
 * Jobs that are skipped although what they need has run: success(), which GitHub adds to a condition without a status
 * function, counts every job before, near and far, and one that was skipped is no success.
 * https://github.com/actions/runner/issues/2205
 */
export function skippedFaults(checked: Checked): Fault[] {
  const { workflow } = checked;
  return jobsOf(checked).flatMap(({ path, job }) => {
    if (opensAfterFailure(job.if)) return [];
    const needs = job.needs ?? [];
    return needs.flatMap((need) => {
      const needed = workflow.jobs[need];
      const skipped = needed && opensAfterFailure(needed.if) && conditionalBefore(workflow, needed);
      if (!skipped) return [];
      const message = `${need} can run although ${skipped} was skipped, and then this job is skipped: begin its condition with !cancelled() and ask for needs.${need}.result`;
      return [{ path: [...path, job.if === undefined ? 'needs' : 'if'], message }];
    });
  });
}

/** A job before that may be skipped while others run. */
function conditionalBefore(
  workflow: Plain,
  { needs = [] }: PlainJob,
  seen: ReadonlySet<string> = new Set(),
): string | undefined {
  for (const id of needs) {
    const job = workflow.jobs[id];
    if (!job || seen.has(id)) continue;
    if (job.if !== undefined && !opensAfterFailure(job.if)) return id;
    const before = conditionalBefore(workflow, job, new Set([...seen, id]));
    if (before) return before;
  }
  return undefined;
}
