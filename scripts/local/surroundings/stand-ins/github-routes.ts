import { z } from 'zod';
import { answerDeployments, type Deployment } from './github-deployments.ts';
import { gitHubError } from './github-errors.ts';
import { idOf, publishedJobs } from './github-jobs.ts';
import type { Run } from './github-run.ts';
import { answerSettings, type RepositorySettings } from './github-settings.ts';
import type { Journal } from './journal.ts';
import { json, plain, type Reply, type Request } from './server.ts';

/** What the stand-in knows: every state of every run, and the deployments that were filed. */
export interface Known {
  readonly runs: readonly Run[];
  readonly deployments: Journal<Deployment>;
  /** How the repository is set up, where somebody has said so. */
  readonly settings?: RepositorySettings | undefined;
}

const runs =
  /^\/repos\/(?<owner>[^/]+)\/(?<name>[^/]+)\/actions\/runs\/(?<run>[^/]+)(?:\/attempts\/(?<attempt>[^/]+))?\/jobs$/;
const ofWorkflow = /^\/repos\/(?<repository>[^/]+\/[^/]+)\/actions\/workflows\/[\w.-]+\/runs$/;
const logs = /^\/repos\/[^/]+\/[^/]+\/actions\/jobs\/(?<job>\d+)\/logs$/;
const commits = /^\/repos\/[^/]+\/[^/]+\/commits\/(?<sha>[0-9a-f]{7,40})$/;
const runsQuery = z.strictObject({
  branch: z.string().optional(),
  per_page: z.coerce.number().int().min(1).max(100).default(30),
});
const listQuery = z.strictObject({
  filter: z.enum(['latest', 'all']).default('latest'),
  per_page: z.coerce.number().int().min(1).max(100).default(30),
  page: z.coerce.number().int().min(1).default(1),
});

/** Answers what GitHub's REST API answers for the endpoints the pipeline uses, and 404 for all others. */
export function answerGitHub(request: Request, known: Known): Reply {
  const { authorization } = request.headers;
  if (authorization === undefined) return gitHubError(401, 'Requires authentication');
  if (!/^(Bearer|token) \S{4,}$/i.test(authorization)) return gitHubError(401, 'Bad credentials');
  if (/^(Bearer|token) expired/i.test(authorization)) return gitHubError(401, 'Bad credentials');
  const settings = answerSettings(request, known.settings);
  if (settings !== undefined) return settings;
  const deployments = answerDeployments(request, known.deployments);
  if (deployments !== undefined) return deployments;
  if (request.method !== 'GET') return gitHubError(404, 'Not Found');
  const jobs = runs.exec(request.path)?.groups;
  if (jobs !== undefined) return listJobs(request, jobs, (run) => findRun(known, run));
  const { repository } = ofWorkflow.exec(request.path)?.groups ?? {};
  if (repository !== undefined) return listRuns(request, repository, known);
  const { job } = logs.exec(request.path)?.groups ?? {};
  if (job !== undefined) return sendToLog(request, known, Number(job));
  const { sha } = commits.exec(request.path)?.groups ?? {};
  return sha === undefined ? gitHubError(404, 'Not Found') : commit(known, sha);
}

/** The address of a log carries its own permission: whoever has it sends no token there. */
export function answerLog({ headers, path }: Request, known: Known): Reply | undefined {
  const job = /^\/_logs\/(?<job>\d+)$/.exec(path)?.groups?.job;
  if (job === undefined) return undefined;
  if (headers.authorization !== undefined) return plain(403, 'a token was sent to the log');
  return plain(200, logOf(known, Number(job)) ?? '');
}

function findRun({ runs: states }: Known, run: number): Run | undefined {
  return states.findLast(({ run_id }) => run_id === run);
}

function logOf({ runs: states }: Known, id: number): string | undefined {
  const jobs = states.toReversed().flatMap((run) => run.jobs.map((each) => ({ run, each })));
  return jobs.find(({ run, each }) => idOf(run.run_id, each.name) === id)?.each.log;
}

function sendToLog({ headers }: Request, known: Known, job: number): Reply {
  if (logOf(known, job) === undefined) return gitHubError(404, 'Not Found');
  const location = `http://${headers.host}/_logs/${job}`;
  return { ...plain(302, ''), headers: { location } };
}

function commit({ runs: states }: Known, sha: string): Reply {
  const run = states.findLast(
    ({ head_sha, head_commit }) => head_commit && head_sha.startsWith(sha),
  );
  if (run?.head_commit === undefined) return gitHubError(422, `No commit found for SHA: ${sha}`);
  const { message, author } = run.head_commit;
  return json(200, {
    sha: run.head_sha,
    commit: { message, author: { name: author.name, date: run.created_at } },
    author: author.login === undefined ? null : { login: author.login },
    files: [],
  });
}

/** All runs are of one workflow here. */
function listRuns(request: Request, repository: string, { runs: states }: Known): Reply {
  const query = runsQuery.safeParse(Object.fromEntries(request.query));
  if (!query.success) return gitHubError(422, 'Validation Failed');
  const latest = new Map(states.map((run) => [run.run_id, run]));
  const found = [...latest.values()]
    .filter(({ head_branch }) => head_branch === (query.data.branch ?? head_branch))
    .toSorted((one, other) => other.run_id - one.run_id);
  const workflow_runs = found.slice(0, query.data.per_page).map((run) => ({
    id: run.run_id,
    run_number: run.run_number ?? run.run_id,
    head_branch: run.head_branch,
    head_sha: run.head_sha,
    status: run.conclusion === null ? 'in_progress' : 'completed',
    conclusion: run.conclusion,
    html_url: `https://github.com/${repository}/actions/runs/${run.run_id}`,
    actor: { login: run.actor },
    created_at: run.created_at,
  }));
  return json(200, { total_count: found.length, workflow_runs });
}

function listJobs(
  request: Request,
  { owner = '', name = '', run: id = '', attempt = '1' }: Record<string, string>,
  find: (run: number) => Run | undefined,
): Reply {
  const query = listQuery.safeParse(Object.fromEntries(request.query));
  if (!query.success) {
    const errors = query.error.issues.map((issue) => ({
      field: issue.path.join('.'),
      message: issue.message,
    }));
    return gitHubError(422, 'Validation Failed', errors);
  }
  const run = /^\d+$/.test(id) && attempt === '1' ? find(Number(id)) : undefined;
  if (run === undefined) return gitHubError(404, 'Not Found');
  const { page, per_page } = query.data;
  const api = `http://${request.headers.host}`;
  const jobs = publishedJobs(run, { api, owner, name });
  const shown = jobs.slice((page - 1) * per_page, page * per_page);
  const link = nextPage(`${api}${request.path}`, query.data, jobs.length);
  return json(200, { total_count: jobs.length, jobs: shown }, link);
}

function nextPage(
  address: string,
  { page, per_page, filter }: z.infer<typeof listQuery>,
  total: number,
): Record<string, string> {
  if (page * per_page >= total) return {};
  const query = new URLSearchParams({ filter, per_page: `${per_page}`, page: `${page + 1}` });
  return { link: `<${address}?${query}>; rel="next"` };
}
