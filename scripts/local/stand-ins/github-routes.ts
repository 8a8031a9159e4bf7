import { z } from 'zod';
import { gitHubError } from './github-errors.ts';
import { publishedJobs } from './github-jobs.ts';
import type { Run } from './github-run.ts';
import { json, type Reply, type Request } from './server.ts';

const runs =
  /^\/repos\/(?<owner>[^/]+)\/(?<name>[^/]+)\/actions\/runs\/(?<run>[^/]+)(?:\/attempts\/(?<attempt>[^/]+))?\/jobs$/;
const listQuery = z.strictObject({
  filter: z.enum(['latest', 'all']).default('latest'),
  per_page: z.coerce.number().int().min(1).max(100).default(30),
  page: z.coerce.number().int().min(1).default(1),
});

/** Answers what GitHub's REST API answers for the endpoints the pipeline uses, and 404 for all others. */
export function answerGitHub(request: Request, find: (run: number) => Run | undefined): Reply {
  const { authorization } = request.headers;
  if (authorization === undefined) return gitHubError(401, 'Requires authentication');
  if (!/^(Bearer|token) \S{4,}$/i.test(authorization)) return gitHubError(401, 'Bad credentials');
  const jobs = runs.exec(request.path)?.groups;
  if (request.method !== 'GET' || jobs === undefined) return gitHubError(404, 'Not Found');
  return listJobs(request, jobs, find);
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
