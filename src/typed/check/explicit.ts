import { type Checked, type Fault, jobsOf } from './fault.ts';

/** Jobs that leave to GitHub what their token may do, or how long they run. */
export function explicitFaults(checked: Checked): Fault[] {
  return jobsOf(checked).flatMap(({ id, path, job }) => [
    ...(job.permissions === undefined &&
    Object.keys(checked.workflow.permissions ?? {}).length === 0
      ? [{ path, message: `the job ${id} does not say what its token may do: add permissions` }]
      : []),
    ...(job['timeout-minutes'] === undefined && job.uses === undefined
      ? [{ path, message: `the job ${id} may run for six hours: add timeout-minutes` }]
      : []),
  ]);
}
