import { type Checked, type Fault, jobsOf } from './fault.ts';

/** Jobs that wait for a job that is not there, or for themselves. */
export function graphFaults(checked: Checked): Fault[] {
  return jobsOf(checked).flatMap(({ id, path, job }) => {
    const needs = job.needs ?? [];
    const missing = needs.filter((each) => !checked.workflow.jobs[each]);
    const cycle = cycleFrom(checked, [id]);
    return [
      ...missing.map((each) => ({
        path: [...path, 'needs'],
        message: `the job ${id} needs ${each}, which is not among the workflow's jobs`,
      })),
      ...(cycle
        ? [{ path: [...path, 'needs'], message: `jobs wait for each other: ${cycle}` }]
        : []),
    ];
  });
}

function cycleFrom({ workflow }: Checked, way: readonly string[]): string | undefined {
  const needs = workflow.jobs[way.at(-1) ?? '']?.needs ?? [];
  for (const each of needs) {
    if (each === way[0]) return [...way, each].join(' → ');
    // A cycle that this job only leads to is told for the jobs in it.
    if (way.includes(each)) continue;
    const cycle = cycleFrom({ workflow, settings: [] }, [...way, each]);
    if (cycle) return cycle;
  }
  return undefined;
}
