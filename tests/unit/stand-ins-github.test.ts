import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StandIn, startStandIn, temporaryFolder } from './stand-ins-process.ts';

const repository = { owner: 'example', repo: 'shop' };
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
  const path = `${github.url}/repos/example/shop/actions/runs/10/attempts`;
  const headers = { authorization: 'Bearer ghs_stand-in' };
  expect((await fetch(`${path}/1/jobs`, { headers })).status).toBe(200);
  expect((await fetch(`${path}/2/jobs`, { headers })).status).toBe(404);
});

it('gives the log of a job through an address that needs no token', async () => {
  const job = { name: 'scan', status: 'completed', conclusion: 'failure', log: 'first\nlast' };
  await setState({ run_id: 11, jobs: [job, { ...job, name: 'silent', log: undefined }] });
  const { data } = await octokit().actions.listJobsForWorkflowRun({ ...repository, run_id: 11 });
  const [scan, silentJob] = data.jobs.map(({ id }) => id);
  expect(JSON.stringify(data)).not.toContain('last');
  const { headers } = await octokit().actions.downloadJobLogsForWorkflowRun({
    ...repository,
    job_id: scan ?? 0,
    request: { redirect: 'manual' },
  });
  expect(await (await fetch(headers.location ?? '')).text()).toBe('first\nlast');
  const withToken = { headers: { authorization: 'Bearer ghs_stand-in' } };
  expect((await fetch(headers.location ?? '', withToken)).status).toBe(403);
  await expect(
    octokit().actions.downloadJobLogsForWorkflowRun({ ...repository, job_id: silentJob ?? 0 }),
  ).rejects.toThrow('Not Found');
});

it('tells what a commit is about, and whose', async () => {
  const head_sha = 'cd'.repeat(20);
  const author = { name: 'Camille', login: 'camille' };
  await setState({ run_id: 12, head_sha, head_commit: { message: 'Add', author }, jobs: [] });
  const { data } = await octokit().repos.getCommit({ ...repository, ref: head_sha });
  expect(data).toMatchObject({ commit: { message: 'Add' }, author: { login: 'camille' } });
  await expect(octokit().repos.getCommit({ ...repository, ref: 'ef'.repeat(20) })).rejects.toThrow(
    'No commit found',
  );
});

it('keeps deployments and their statuses, newest first', async () => {
  const { repos } = octokit();
  const here = { owner: 'example', repo: 'deployments' };
  const create = async (task: string) => {
    const answer = await repos.createDeployment({
      ...here,
      ref: 'ab'.repeat(20),
      task,
      environment: 'staging',
      payload: { run: 1 },
    });
    return 'id' in answer.data ? answer.data.id : 0;
  };
  const set = async (deployment_id: number, state: 'success' | 'failure', auto_inactive = true) =>
    await repos.createDeploymentStatus({ ...here, deployment_id, state, auto_inactive });
  const [first, second] = [await create('deploy'), await create('other')];
  await set(first, 'failure');
  await set(first, 'success');
  const listed = await repos.listDeployments({ ...here, environment: 'staging' });
  expect(listed.data.map(({ id, task }) => [id, task])).toEqual([
    [second, 'other'],
    [first, 'deploy'],
  ]);
  expect(listed.data[0]).toMatchObject({ payload: { run: 1 }, sha: 'ab'.repeat(20) });
  const filtered = await repos.listDeployments({ ...here, task: 'deploy', per_page: 1 });
  expect(filtered.data.map(({ id }) => id)).toEqual([first]);
  const states = async (deployment_id: number) =>
    (await repos.listDeploymentStatuses({ ...here, deployment_id })).data.map(({ state }) => state);
  await set(second, 'success', false);
  expect(await states(first)).toEqual(['success', 'failure']);
  // As on GitHub, the success of a deployment makes those before it inactive, unless that is switched off.
  await set(second, 'success');
  expect(await states(first)).toEqual(['inactive', 'success', 'failure']);
});

it.each<[string, string, object]>([
  ['a deployment of nothing', '', { environment: 'staging' }],
  ['a deployment with a key that does not exist', '', { ref: 'x', enviroment: 'staging' }],
  ['a status that does not exist', '/1/statuses', { state: 'done' }],
  [
    'a description of 141 characters',
    '/1/statuses',
    { state: 'success', description: 'a'.repeat(141) },
  ],
  ['a log that has no address', '/1/statuses', { state: 'success', log_url: 'here' }],
])('refuses %s', async (_, path, body) => {
  const here = { owner: 'example', repo: 'refusals' };
  await octokit().repos.createDeployment({ ...here, ref: 'x', required_contexts: [] });
  const { data } = await octokit().repos.listDeployments(here);
  const own = path.replace('/1/', `/${data[0]?.id}/`);
  const response = await fetch(`${github.url}/repos/example/refusals/deployments${own}`, {
    method: 'POST',
    headers: { authorization: 'Bearer ghs_stand-in' },
    body: JSON.stringify(body),
  });
  expect([response.status, await response.json()]).toMatchObject([
    422,
    { message: 'Validation Failed' },
  ]);
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
