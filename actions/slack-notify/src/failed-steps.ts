import { Octokit } from '@octokit/rest';

/** A step that failed, and where its log is. */
export interface FailedStep {
  readonly job: string;
  /** Undefined where the job failed outside of its steps. */
  readonly step: string | undefined;
  readonly url: string;
}

export interface JobsQuery {
  readonly token: string;
  /** Address of GitHub's API. */
  readonly apiUrl: string;
  readonly owner: string;
  readonly repo: string;
  readonly runId: number;
  readonly signal: AbortSignal;
}

interface Job {
  readonly name: string;
  readonly html_url: string | null;
  readonly conclusion: string | null;
  readonly steps?: readonly {
    readonly name: string;
    readonly number: number;
    readonly conclusion: string | null;
  }[];
}

/** Asks GitHub which steps of a run failed. Throws what the API client throws. */
export async function fetchFailedSteps(query: JobsQuery): Promise<FailedStep[]> {
  const octokit = new Octokit({ auth: query.token, baseUrl: query.apiUrl, log: silent });
  const { data } = await octokit.rest.actions.listJobsForWorkflowRun({
    owner: query.owner,
    repo: query.repo,
    run_id: query.runId,
    filter: 'latest',
    per_page: 100,
    request: { signal: query.signal },
  });
  return failedSteps(data.jobs);
}

/** The first failed step of every failed job. */
export function failedSteps(jobs: readonly Job[]): FailedStep[] {
  return jobs.filter(failed).map((job) => {
    const step = job.steps?.find(failed);
    const url = job.html_url ?? '';
    return {
      job: job.name,
      step: step?.name,
      url: step === undefined ? url : `${url}#step:${step.number}:1`,
    };
  });
}

function failed({ conclusion }: { readonly conclusion: string | null }): boolean {
  return conclusion === 'failure' || conclusion === 'timed_out';
}

const nothing = () => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
