import type { Job } from './job.ts';
import type { PlainPromise } from './plain.ts';

/** What a workflow's author says of it, for the build to check in every way that a run can go. */
export type WorkflowPromise =
  /** None of the jobs runs unless these succeeded, where they ran at all; on a push all of them run. */
  | { readonly jobs: readonly [Job, ...Job[]]; readonly after: readonly [Job, ...Job[]] }
  /** The steps of the job with these names are there, and the job fails where one of them does. */
  | { readonly job: Job; readonly gates: readonly [string, ...string[]] };

/** The promises as the rules read them. */
export function plainPromises(promises: readonly WorkflowPromise[]): readonly PlainPromise[] {
  return promises.map((promise) =>
    'job' in promise
      ? { job: promise.job.id, gates: promise.gates }
      : { jobs: idsOf(promise.jobs), after: idsOf(promise.after) },
  );
}

function idsOf(jobs: readonly Job[]): readonly string[] {
  return jobs.map(({ id }) => id);
}
