import { z } from 'zod';

/** What the expression `toJSON(needs)` gives: the result of every job before this one. */
export const needsSchema = z
  .record(z.string(), z.object({ result: z.enum(['success', 'failure', 'cancelled', 'skipped']) }))
  .refine((needs) => Object.keys(needs).length > 0, 'must name at least one job');

export type Needs = z.output<typeof needsSchema>;
export type JobResult = Needs[string]['result'];

/**
 * What a run did. `live`: deployed, and every job agrees; `unverified`: deployed, but a job that should have agreed did
 * not run; `rolled-back`: something failed, and the job `rollback` brought the release before back;
 * `nothing-deployed`: the deployment did not run.
 */
export type Outcome =
  | 'live'
  | 'unverified'
  | 'rolled-back'
  | 'failed'
  | 'cancelled'
  | 'nothing-deployed';

/** The outcome of a run, from all of its jobs and never from one alone. */
export function decideOutcome(needs: Needs): Outcome {
  const { rollback, ...jobs } = needs;
  const results = Object.values(jobs).map((job) => job.result);
  if (rollback?.result === 'success') return 'rolled-back';
  if (results.includes('failure') || rollback?.result === 'failure') return 'failed';
  if (results.includes('cancelled') || rollback?.result === 'cancelled') return 'cancelled';
  if (jobs.deploy?.result !== 'success') return 'nothing-deployed';
  const verified = jobs.smoke?.result === 'success';
  return verified && results.every((result) => result === 'success') ? 'live' : 'unverified';
}

/** Tells whether a job of the run failed. */
export function hasFailed(outcome: Outcome): boolean {
  return outcome === 'failed' || outcome === 'rolled-back';
}

/** The names of the jobs that ended with `result`. */
export function jobsWith(needs: Needs, result: JobResult): string[] {
  return Object.keys(needs).filter((job) => needs[job]?.result === result);
}
