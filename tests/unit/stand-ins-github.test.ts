import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StandIn, startStandIn, temporaryFolder } from './stand-ins-process.ts';

const repository = { owner: 'azals', repo: 'azals' };
const step = { name: 'Run tests', number: 1, status: 'completed', conclusion: 'success' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let github: StandIn;

beforeAll(async () => {
  folder = await temporaryFolder();
  github = await startStandIn('github', folder.path);
});

afterAll(async () => {
  await github[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const octokit = () => new Octokit({ auth: 'ghs_stand-in', baseUrl: github.url, log: silent });
const silent = { debug() {}, info() {}, warn() {}, error() {} };

async function setState(state: unknown) {
  const body = typeof state === 'string' ? state : JSON.stringify(state);
  return await fetch(`${github.url}/_state`, { method: 'PUT', body });
}

it('shows the jobs as they stand, with times, to the official client', async () => {
  const build = { name: 'build', status: 'queued', conclusion: null, steps: [] };
  const running = { name: 'test', status: 'in_progress', conclusion: null, steps: [] };
  expect((await setState({ run_id: 7, jobs: [running, build] })).status).toBe(200);
  const done = { ...running, status: 'completed', conclusion: 'success', steps: [step] };
  await setState({ run_id: 7, jobs: [build, done] });

  const { data } = await octokit().actions.listJobsForWorkflowRun({ ...repository, run_id: 7 });
  expect(data.total_count).toBe(2);
  const [queued, completed] = data.jobs;
  expect(queued).toMatchObject({ name: 'build', status: 'queued', completed_at: null, steps: [] });
  expect(completed).toMatchObject({
    name: 'test',
    run_id: 7,
    status: 'completed',
    conclusion: 'success',
    steps: [{ ...step, started_at: expect.any(String), completed_at: expect.any(String) }],
  });
  expect(Date.parse(completed?.started_at ?? '')).toBeLessThanOrEqual(
    Date.parse(completed?.completed_at ?? ''),
  );
});

it('keeps the id of a job and the time it started', async () => {
  const job = { name: 'deploy', status: 'in_progress', conclusion: null, steps: [] };
  const jobs = async () =>
    (await octokit().actions.listJobsForWorkflowRun({ ...repository, run_id: 8 })).data.jobs;
  await setState({ run_id: 8, jobs: [job] });
  const [before] = await jobs();
  await setState({
    run_id: 8,
    jobs: [
      { ...job, name: 'scan' },
      { ...job, status: 'completed', conclusion: 'failure' },
    ],
  });
  const after = (await jobs()).find(({ name }) => name === 'deploy');
  expect(after).toMatchObject({ id: before?.id, started_at: before?.started_at });
});

it('is paged as GitHub is', async () => {
  const jobs = Array.from({ length: 5 }, (_, index) => ({
    name: `job ${index}`,
    status: 'queued',
    conclusion: null,
  }));
  await setState({ run_id: 9, jobs });
  const all = await octokit().paginate(octokit().actions.listJobsForWorkflowRun, {
    ...repository,
    run_id: 9,
    per_page: 2,
  });
  expect(all.map(({ name }) => name)).toEqual(jobs.map(({ name }) => name));
});

it('answers the attempt that there was, and no other', async () => {
  await setState({ run_id: 10, jobs: [] });
  const path = `${github.url}/repos/azals/azals/actions/runs/10/attempts`;
  const headers = { authorization: 'Bearer ghs_stand-in' };
  expect((await fetch(`${path}/1/jobs`, { headers })).status).toBe(200);
  expect((await fetch(`${path}/2/jobs`, { headers })).status).toBe(404);
});

it.each<[string, string, number, object]>([
  ['no run', '/repos/a/b/actions/runs/404/jobs', 404, { message: 'Not Found', status: '404' }],
  ['an endpoint it lacks', '/repos/a/b/issues', 404, { message: 'Not Found', status: '404' }],
  [
    'a page that is too long',
    '/repos/a/b/actions/runs/7/jobs?per_page=101',
    422,
    { message: 'Validation Failed', errors: [{ field: 'per_page' }] },
  ],
  [
    'a page that is not a number',
    '/repos/a/b/actions/runs/7/jobs?page=two',
    422,
    { errors: [{ field: 'page' }] },
  ],
])('refuses %s in the shape of GitHub', async (_, path, status, body) => {
  const response = await fetch(github.url + path, {
    headers: { authorization: 'token ghs_stand-in' },
  });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject(body);
});

it('asks for a token', async () => {
  const path = `${github.url}/repos/a/b/actions/runs/7/jobs`;
  expect((await fetch(path)).status).toBe(401);
  const response = await fetch(path, { headers: { authorization: 'Basic eA==' } });
  expect(await response.json()).toMatchObject({ message: 'Bad credentials', status: '401' });
});

it.each<[string, unknown]>([
  ['what is not JSON', '{'],
  [
    'a status that does not exist',
    { run_id: 1, jobs: [{ name: 'a', status: 'done', conclusion: null }] },
  ],
  [
    'an end without a conclusion',
    { run_id: 1, jobs: [{ name: 'a', status: 'completed', conclusion: null }] },
  ],
  [
    'a job twice',
    { run_id: 1, jobs: Array(2).fill({ name: 'a', status: 'queued', conclusion: null }) },
  ],
])('takes no state with %s', async (_, state) => {
  expect((await setState(state)).status).toBe(422);
});
