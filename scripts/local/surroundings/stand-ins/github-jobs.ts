import { createHash } from 'node:crypto';
import type { Run } from './github-run.ts';

export interface Repository {
  /** The API's own address, without a slash at the end. */
  readonly api: string;
  readonly owner: string;
  readonly name: string;
}

/** The jobs of a run in the shape of GitHub's `job` schema, with all its required properties. */
export function publishedJobs(run: Run, { api, owner, name }: Repository) {
  const repository = `${owner}/${name}`;
  return run.jobs.map((each) => {
    const id = idOf(run.run_id, each.name);
    const seen = each.started_at !== null;
    return {
      id,
      run_id: run.run_id,
      run_url: `${api}/repos/${repository}/actions/runs/${run.run_id}`,
      run_attempt: 1,
      node_id: Buffer.from(`CheckRun${id}`).toString('base64'),
      head_sha: run.head_sha,
      head_branch: 'develop',
      url: `${api}/repos/${repository}/actions/jobs/${id}`,
      html_url: `https://github.com/${repository}/actions/runs/${run.run_id}/job/${id}`,
      status: each.status,
      conclusion: each.conclusion,
      created_at: run.created_at,
      // GitHub's schema has no null here: a job that waits shows when it was made.
      started_at: each.started_at ?? run.created_at,
      completed_at: each.completed_at,
      name: each.name,
      steps: each.steps,
      check_run_url: `${api}/repos/${repository}/check-runs/${id}`,
      labels: ['ubuntu-latest'],
      runner_id: seen ? 1 : null,
      runner_name: seen ? 'GitHub Actions 1' : null,
      runner_group_id: seen ? 0 : null,
      runner_group_name: seen ? 'GitHub Actions' : null,
      workflow_name: null,
    };
  });
}

/** A job keeps its id while others come and go around it. */
export function idOf(run: number, name: string): number {
  return createHash('sha256').update(`${run} ${name}`).digest().readUInt32BE(0);
}
