import type { GitHub } from '../github/client.ts';
import type { RunContext } from '../read/run-context.ts';

/** A run that waited for its turn, until GitHub dropped it for a later one. Its texts are untrusted. */
export interface DisplacedRun {
  readonly number: number;
  readonly url: string;
  readonly commit: string;
  readonly actor: string;
}

const page = 30;
const most = 5;

/**
 * The runs of the branch that waited when this one came: GitHub lets one wait in a queue, and the one before it ends as
 * cancelled before any of its jobs has begun, without a word to anybody. Throws what the API's client throws.
 * https://docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
export async function fetchDisplaced(
  { rest, repository }: GitHub,
  { workflowFile, runNumber, branch }: Pick<RunContext, 'workflowFile' | 'runNumber' | 'branch'>,
  signal: AbortSignal,
): Promise<readonly DisplacedRun[]> {
  if (workflowFile === undefined || runNumber === 0) return [];
  const { data } = await rest.actions.listWorkflowRuns({
    ...repository,
    workflow_id: workflowFile,
    branch,
    per_page: page,
    request: { signal },
  });
  const before = data.workflow_runs
    .filter(({ run_number }) => run_number < runNumber)
    .toSorted((one, other) => other.run_number - one.run_number);
  const displaced: DisplacedRun[] = [];
  for (const run of before) {
    if (run.conclusion !== 'cancelled' || displaced.length === most || (await began(run.id))) break;
    displaced.push({
      number: run.run_number,
      url: run.html_url,
      commit: run.head_sha,
      actor: run.actor?.login ?? '',
    });
  }
  return displaced;

  async function began(run: number): Promise<boolean> {
    const { data: jobs } = await rest.actions.listJobsForWorkflowRun({
      ...repository,
      run_id: run,
      request: { signal },
    });
    return jobs.jobs.some(({ steps }) => (steps ?? []).length > 0);
  }
}
