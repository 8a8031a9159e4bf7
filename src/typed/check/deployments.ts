import type { Plain, PlainJob } from '../plain.ts';
import { deploys } from './deploying.ts';
import { type Checked, type Fault, jobsOf } from './fault.ts';

/** Deployments that the next run cancels half way. */
export function deploymentFaults(checked: Checked): Fault[] {
  const deploying = jobsOf(checked).filter(({ job }) => deploys(job));
  const message = (id: string) =>
    `a deployment is cancelled half way when the next run starts: ${id} names an environment`;
  const [first] = deploying;
  const ofWorkflow =
    first && cancels(checked.workflow)
      ? [{ path: ['concurrency', 'cancel-in-progress'], message: message(first.id) }]
      : [];
  const ofJobs = deploying
    .filter(({ job }) => cancels(job))
    .map(({ id, path }) => ({
      path: [...path, 'concurrency', 'cancel-in-progress'],
      message: message(id),
    }));
  return [...ofWorkflow, ...ofJobs];
}

function cancels({ concurrency }: Plain | PlainJob): boolean {
  return typeof concurrency === 'object' && concurrency?.['cancel-in-progress'] === true;
}
