import type { GitHub } from '../github/client.ts';

/** A step that failed, and where its log is. */
export interface FailedStep {
  readonly job: string;
  /** Undefined where the job failed outside of its steps. */
  readonly step: string | undefined;
  readonly url: string;
  /** The last lines of the step's log; none where they could not be had. */
  readonly log: readonly string[];
  /** The first real error in it, on one line. */
  readonly error: string | undefined;
}

/** What the run's jobs tell. */
export interface RunJobs {
  /** When the first job of this attempt began. */
  readonly began: Date | undefined;
  readonly failed: readonly FailedJob[];
}

/** A job that failed, with its first failed step. */
export interface FailedJob extends Omit<FailedStep, 'log' | 'error'> {
  readonly id: number;
  readonly stepBegan: string | undefined;
  readonly stepEnded: string | undefined;
}

interface Job {
  readonly id: number;
  readonly name: string;
  readonly html_url: string | null;
  readonly conclusion: string | null;
  readonly run_attempt?: number;
  readonly started_at?: string | null;
  readonly steps?: readonly Step[];
}

interface Step {
  readonly name: string;
  readonly number: number;
  readonly conclusion: string | null;
  readonly started_at?: string | null;
  readonly completed_at?: string | null;
}

/** Asks GitHub how the jobs of a run stand. Throws what the API's client throws. */
export async function fetchJobs(
  { rest, repository }: GitHub,
  { runId, attempt }: { readonly runId: number; readonly attempt: number },
  signal: AbortSignal,
): Promise<RunJobs> {
  const { data } = await rest.actions.listJobsForWorkflowRun({
    ...repository,
    run_id: runId,
    filter: 'latest',
    per_page: 100,
    request: { signal },
  });
  return summariseJobs(data.jobs, attempt);
}

/** When this attempt of the run began, and the first failed step of every failed job. */
export function summariseJobs(jobs: readonly Job[], attempt: number): RunJobs {
  // Jobs that are not run again stay in the list, with the times of the attempt before.
  const again = jobs.filter(({ run_attempt = attempt }) => run_attempt === attempt);
  const times = again.flatMap(({ started_at }) => (started_at ? [Date.parse(started_at)] : []));
  return {
    began: times.length === 0 ? undefined : new Date(Math.min(...times)),
    failed: jobs.filter(failed).map((job) => {
      const step = job.steps?.find(failed);
      const url = job.html_url ?? '';
      return {
        id: job.id,
        job: job.name,
        step: step?.name,
        url: step === undefined ? url : `${url}#step:${step.number}:1`,
        stepBegan: step?.started_at ?? undefined,
        stepEnded: step?.completed_at ?? undefined,
      };
    }),
  };
}

function failed({ conclusion }: { readonly conclusion: string | null }): boolean {
  return conclusion === 'failure' || conclusion === 'timed_out';
}
