import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  hostStatus,
  previous,
  release,
  statusLines,
} from '../../actions/slack-notify/tests/hosts.ts';
import type { Fault } from '../../scripts/local/surroundings/stand-ins/slack-faults.ts';
import type { Received } from '../../scripts/local/surroundings/stand-ins/slack-page.ts';
import { type StandIn, startStandIn, temporaryFolder } from '../unit/stand-ins-process.ts';
import { fakeExecutor, startFakeHost } from './fake-host.ts';
import { type ActionRun, type BundledActions, bundleActions } from './run-action.ts';

const token = 'xoxb-0000-stand-in-secret';
const hookPath = '/services/T000/B000/abcdefghijklmnop';
const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
const good = { test: 'success', deploy: 'success', smoke: 'success' };
const bad = { test: 'failure', deploy: 'skipped', smoke: 'skipped' };

type Values = Readonly<Record<string, string>>;

let actions: BundledActions;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let slack: StandIn;
let github: StandIn;
let event: string;
let repositories = 0;
/** Of its own for each test, so that the runs of one are nothing before those of another. */
let repository: string;
let before: number;

beforeAll(async () => {
  actions = await bundleActions('slack-notify', 'ssh-deploy');
  await actions.replace('ssh-deploy', 'executor.sh', await fakeExecutor());
  folder = await temporaryFolder();
  slack = await startStandIn('slack', folder.path);
  github = await startStandIn('github', folder.path);
  event = join(await mkdtemp(join(tmpdir(), 'event-')), 'event.json');
  const author = { name: 'Camille', username: 'camille' };
  const head = { message: 'Fix <!channel>\n\nmore', author };
  await writeFile(event, JSON.stringify({ head_commit: head }));
});

afterAll(async () => {
  await slack[Symbol.asyncDispose]();
  await github[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  await actions[Symbol.asyncDispose]();
  await rm(join(event, '..'), { recursive: true });
});

beforeEach(async () => {
  repositories += 1;
  repository = `example/repository-${repositories}`;
  await misbehave([]);
  before = (await everything()).length;
});

async function everything(): Promise<Received[]> {
  return (await (await fetch(`${slack.url}/_received`)).json()) as Received[];
}

/** What Slack was sent in this test. */
async function received() {
  return (await everything()).slice(before).map((each) => ({
    ...each,
    body: JSON.stringify(each.payload),
    fields: each.payload as { ts?: string; thread_ts?: string; reply_broadcast?: string },
  }));
}

async function misbehave(faults: readonly Fault[]): Promise<void> {
  const answer = await fetch(`${slack.url}/_faults`, {
    method: 'PUT',
    body: JSON.stringify(faults),
  });
  expect(answer.status).toBe(200);
}

async function tellGitHub(state: object): Promise<void> {
  const answer = await fetch(`${github.url}/_state`, {
    method: 'PUT',
    body: JSON.stringify(state),
  });
  expect(answer.status).toBe(200);
}

const octokit = () => new Octokit({ auth: 'ghs_stand-in', baseUrl: github.url });
const named = () => ({ owner: 'example', repo: repository.slice('example/'.length) });

const asBot = () => ({
  'bot-token': token,
  channel: '#staging-alerts',
  'slack-api-url': `${slack.url}/api/`,
});
const asWebhook = () => ({ 'webhook-url': `${slack.url}${hookPath}` });

async function notify(
  results: Values,
  inputs: Values,
  environment: Values = {},
  inside: readonly string[] = [],
) {
  const needs = Object.fromEntries(
    Object.entries(results).map(([job, result]) => [job, { result, outputs: {} }]),
  );
  const run = await actions.run(
    'slack-notify',
    {
      needs: JSON.stringify(needs),
      'environment-url': 'http://localhost:8081',
      'github-token': 'github-secret',
      'release-state': results.deploy === 'success' ? 'confirmed' : 'untouched',
      release,
      ...inputs,
    },
    {
      GITHUB_EVENT_PATH: event,
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: repository,
      GITHUB_WORKFLOW_REF: `${repository}/.github/workflows/staging.yml@refs/heads/develop`,
      ...environment,
    },
    inside,
  );
  const shown = run.log.replaceAll(/::add-mask::.*/g, '') + run.summary;
  for (const secret of [token, hookPath, 'abcdefghijklmnop', 'github-secret'])
    expect(shown).not.toContain(secret);
  return run;
}

/** A port where nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describe('by webhook', () => {
  it('sends one message that Slack takes, when the run is over', async () => {
    await tellGitHub({ run_id: 7, jobs: [] });
    for (const phase of ['start', 'progress']) {
      const early = await notify({ test: 'success' }, { ...asWebhook(), phase });
      expect(early).toMatchObject({ exitCode: 0, outputs: { delivered: 'false' } });
      expect(early.log).toContain('nothing sent: a webhook cannot change what it sent');
    }
    const run = await notify(good, asWebhook());
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'true', outcome: 'live' } });
    expect(run.log).not.toContain('::warning::');
    const [message, ...others] = await received();
    expect(others).toEqual([]);
    expect(message?.accepted).toBe(true);
    expect(message?.body).toContain('✅ Staging est à jour');
    expect(message?.body).toContain('"text":"Fix <!channel>","emoji":false');
    expect(message?.body).toContain('Camille');
  });

  it('has the details in the same message', async () => {
    const migrations = '[{"revision":"0005","message":"Add city"}]';
    await notify(good, { ...asWebhook(), migrations });
    expect((await received())[0]?.body).toContain('• 0005 – Add city');
  });
});

describe('by webhook, run after run', () => {
  it('mentions in the message itself, and counts no run that was cancelled', async () => {
    const cancelled = { ...bad, test: 'cancelled' };
    const told: (readonly [string | undefined, boolean, boolean])[] = [];
    for (const [index, results] of [good, cancelled, bad, cancelled, bad, good].entries()) {
      const id = index + 20;
      await tellGitHub({ run_id: id, jobs: [] });
      const inputs = { ...asWebhook(), mention: 'S0123ABCD', 'record-outcome': 'true' };
      const { outputs } = await notify(results, inputs, { GITHUB_RUN_ID: String(id) });
      const { body = '' } = (await received()).at(-1) ?? {};
      const mentioned = body.includes('<!subteam^S0123ABCD>');
      told.push([outputs.outcome, mentioned, body.includes('Retour au vert')]);
    }
    expect(told).toEqual([
      ['live', false, false],
      ['cancelled', false, false],
      ['failed-before-deploy', true, false],
      ['cancelled', false, false],
      ['failed-before-deploy', false, false],
      ['live', false, true],
    ]);
    expect((await received()).every(({ accepted }) => accepted)).toBe(true);
  });
});

it('says whose run waited in vain, since GitHub tells nobody', async () => {
  const sha = (digit: string) => digit.repeat(40);
  const ended = { conclusion: 'cancelled', jobs: [] };
  const began = {
    name: 'Test',
    status: 'completed',
    conclusion: 'cancelled',
    steps: [{ name: 'Install', number: 1, status: 'completed', conclusion: 'cancelled' }],
  };
  await tellGitHub({ run_id: 401, run_number: 41, head_sha: sha('1'), ...ended });
  // One that somebody ended while it ran, and one of another branch.
  await tellGitHub({ run_id: 402, run_number: 42, head_sha: sha('2'), ...ended, jobs: [began] });
  await tellGitHub({ run_id: 403, run_number: 43, head_sha: sha('3'), actor: 'ines', ...ended });
  await tellGitHub({ run_id: 404, run_number: 44, head_branch: 'feature', ...ended });
  await tellGitHub({ run_id: 405, run_number: 45, head_sha: sha('5'), actor: 'noé', ...ended });
  await tellGitHub({ run_id: 406, run_number: 46, jobs: [] });
  await tellGitHub({ run_id: 407, run_number: 47, head_sha: sha('7'), ...ended });
  const environment = {
    GITHUB_RUN_ID: '406',
    GITHUB_RUN_NUMBER: '46',
    GITHUB_REF: 'refs/heads/develop',
  };
  const run = await notify(good, { ...asWebhook(), locale: 'en' }, environment);
  expect(run.log).not.toContain('::warning::');
  const { body = '', accepted } = (await received()).at(-1) ?? {};
  expect(accepted).toBe(true);
  const told = [...body.matchAll(/Run <[^|]*\/runs\/(\d+)\|#(\d+)> of (\S+), for (\w+), waited/g)];
  expect(told.map(([, ...parts]) => parts)).toEqual([
    ['405', '45', 'noé', '5555555'],
    ['403', '43', 'ines', '3333333'],
  ]);
});

describe('as a bot', () => {
  it('posts once and updates that, through the stages, the end and a second attempt', async () => {
    const stages = ['settings', 'test', 'build', 'scan', 'deploy'];
    const titles = stages.map((stage) => `${stage}=Stage ${stage}`).join('\n');
    const bot = { ...asBot(), stages: titles };
    const start = await notify({}, { ...bot, phase: 'start', needs: '' });
    expect(start).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
    const { message = '' } = start.outputs;
    expect(message).toMatch(/^C[A-Z0-9]+:\d+\.\d+$/);
    const done: Record<string, string> = {};
    for (const stage of stages) {
      done[stage] = 'success';
      const run = await notify(done, { ...bot, message, phase: 'progress' });
      expect(run.outputs).toEqual({ delivered: 'true', message });
    }
    const finish = await notify({ ...done, smoke: 'success' }, { ...bot, message });
    expect(finish.outputs).toEqual({ delivered: 'true', message, outcome: 'live' });
    const second = { GITHUB_RUN_ATTEMPT: '2' };
    await notify({}, { ...bot, message, phase: 'start', needs: '' }, second);
    await notify({ ...done, smoke: 'success' }, { ...bot, message }, second);

    const all = await received();
    expect(all.every(({ accepted }) => accepted)).toBe(true);
    expect(all.map(({ path }) => path)).toEqual([
      '/api/chat.postMessage',
      ...Array(8).fill('/api/chat.update'),
    ]);
    expect(all[3]?.body).toContain(
      '✅ Stage settings  ✅ Stage test  ✅ Stage build  ▫️ Stage scan',
    );
    expect(all.at(-3)?.body).toContain('✅ Staging est à jour');
    expect(all.at(-2)?.body).toContain('⏳ Déploiement sur staging en cours');
    expect(all.at(-1)?.body).toContain('essai 2');
  });

  it('finds the message of the attempt before, where nobody hands it on', async () => {
    const bot = { ...asBot(), 'record-outcome': 'true' };
    const start = await notify({}, { ...bot, phase: 'start', needs: '' });
    await notify(good, { ...bot });
    const second = { GITHUB_RUN_ATTEMPT: '2' };
    const again = await notify({}, { ...bot, phase: 'start', needs: '' }, second);
    expect(again.outputs.message).toBe(start.outputs.message);
    await notify(good, bot, second);
    expect((await received()).map(({ path }) => path)).toEqual([
      '/api/chat.postMessage',
      ...Array(3).fill('/api/chat.update'),
    ]);
    const { data } = await octokit().rest.repos.listDeployments(named());
    expect(data.map(({ task, environment }) => `${task} ${environment}`)).toEqual(
      Array(2).fill('pipeline-outcome staging'),
    );
  });

  it('mentions once when it breaks, tells once that it recovered', async () => {
    const bot = { ...asBot(), mention: 'here\ncamille=U0123ABCD', 'record-outcome': 'true' };
    let id = 0;
    const run = async (results: Values): Promise<ActionRun> => {
      id += 1;
      const environment = { GITHUB_RUN_ID: String(id) };
      await tellGitHub({ run_id: id, jobs: [] });
      const start = await notify({}, { ...bot, phase: 'start', needs: '' }, environment);
      return await notify(results, { ...bot, message: start.outputs.message ?? '' }, environment);
    };
    for (const results of [good, bad, bad, good]) {
      const { exitCode, log } = await run(results);
      expect([exitCode, log]).toEqual([0, expect.not.stringContaining('::warning::')]);
    }
    const all = await received();
    expect(all.every(({ accepted }) => accepted)).toBe(true);
    expect(all.filter(({ body }) => /<!here>|<@U/.test(body))).toHaveLength(1);
    const [call] = all.filter(({ body }) => body.includes('<!here> <@U0123ABCD>'));
    // Slack calls nobody for a message that is changed, nor for @here in a thread alone.
    expect(call).toMatchObject({ path: '/api/chat.postMessage' });
    expect(call?.fields).toMatchObject({ reply_broadcast: 'true', thread_ts: expect.any(String) });
    const recovered = all.filter(({ body }) => body.includes('Retour au vert'));
    expect(recovered).toHaveLength(1);
    expect(recovered[0]).toBe(all.at(-1));
    expect(recovered[0]?.body).toContain('Retour au vert après ');
    const failures = all.filter(({ body }) => body.includes('❌ Échec avant le déploiement'));
    const updated = failures.filter(({ path }) => path === '/api/chat.update');
    // The first looked back to the green run, the second as well: both know what to redeploy.
    expect(updated).toHaveLength(2);
    for (const { body } of updated) expect(body).toContain('-f release=20260131T120000Z-0a1b2c3');
  });

  it('notices that the journal of a host is not the one that the run before saw', async () => {
    const status = (line: number, digit: string) =>
      JSON.stringify([
        {
          ...{ host: 'staging-1', current: '', commit: '', releases: [] },
          journal: {
            line,
            hash: digit.repeat(64),
            recent: { from: line - 1, hashes: [digit, digit].map((each) => each.repeat(16)) },
          },
        },
      ]);
    const run = async (id: number, hostStatus: string): Promise<string> => {
      const environment = { GITHUB_RUN_ID: String(id) };
      await tellGitHub({ run_id: id, jobs: [] });
      const inputs = { ...asBot(), 'record-outcome': 'true', 'host-status': hostStatus };
      expect(await notify(good, inputs, environment)).toMatchObject({ exitCode: 0 });
      return (await received()).at(-1)?.body ?? '';
    };
    expect(await run(1, status(7, 'a'))).not.toContain('Le journal');
    // One that nobody could ask in between forgets nothing.
    expect(await run(2, 'unreachable')).not.toContain('Le journal');
    expect(await run(3, status(8, 'a'))).not.toContain('Le journal');
    expect(await run(4, status(9, 'b'))).toContain(
      '🚨 Le journal de staging-1 n’est plus celui qu’une exécution antérieure a vu',
    );
    expect(await run(5, status(10, 'b'))).not.toContain('Le journal');
    const { data } = await octokit().rest.repos.listDeployments(named());
    const [last] = data.map(({ payload }) => payload);
    const kept = typeof last === 'string' ? JSON.parse(last) : last;
    expect(kept).toMatchObject({ journals: { 'staging-1': `10 ${'b'.repeat(64)}` } });
  });

  it('takes the deployments that GitHub files where there are no records', async () => {
    const { repos } = octokit().rest;
    const deployed = async (run: number, state: 'success' | 'failure') => {
      const { data } = await repos.createDeployment({
        ...named(),
        ref: commit,
        environment: 'staging',
        required_contexts: [],
      });
      await repos.createDeploymentStatus({
        ...named(),
        deployment_id: 'id' in data ? data.id : 0,
        state,
        log_url: `https://github.com/${repository}/actions/runs/${run}/job/1`,
      });
    };
    const bot = { ...asBot(), mention: 'here' };
    const mentioned = async () => (await received()).at(-1)?.body.includes('<!here>');
    await deployed(1, 'success');
    await deployed(1, 'success');
    // Of the run that is told about.
    await deployed(7, 'failure');
    await notify(bad, bot);
    expect(await mentioned()).toBe(true);
    await deployed(2, 'success');
    await deployed(2, 'failure');
    await deployed(2, 'success');
    await notify(bad, bot);
    expect(await mentioned()).toBe(false);
  });

  it('puts the failing step and its last lines below the message', async () => {
    const completed = { status: 'completed', conclusion: 'failure' };
    const steps = [
      { name: 'Check out', number: 1, status: 'completed', conclusion: 'success' },
      { name: 'Bandit', number: 2, ...completed },
    ];
    const log = 'fine\n##[error]Process completed with <!channel> code 1.\nCleaning up';
    await tellGitHub({ run_id: 8, jobs: [{ name: 'Scan', ...completed, steps, log }] });
    const run = await notify(bad, { ...asBot(), locale: 'en' }, { GITHUB_RUN_ID: '8' });
    expect(run.log).not.toContain('::warning::');
    const [message, reply] = await received();
    expect(message?.body).toMatch(/\*Failed\*\\n• <https:[^|]+#step:2:1\|Scan › Bandit>/);
    expect(reply).toMatchObject({ accepted: true, fields: { thread_ts: message?.place?.ts } });
    expect(reply?.body).toContain('fine\\nProcess completed with &lt;!channel&gt; code 1.\\n```');
  });

  it('leaves out what is too long for Slack in all, by webhook as by bot, and says so', async () => {
    const completed = { status: 'completed', conclusion: 'failure' };
    // Of what has to be escaped, so that a few hundred characters are thousands.
    const log = Array(15).fill('<'.repeat(200)).join('\n');
    const jobs = [1, 2, 3].map((each) => {
      const steps = [{ name: `Step ${each} ${'&'.repeat(70)}`, number: 1, ...completed }];
      return { name: `Job ${each} ${'&'.repeat(90)}`, ...completed, steps, log };
    });
    await tellGitHub({ run_id: 8, jobs });
    const many = Array.from({ length: 15 }, (_, each) => ({ name: `${each} ${'<'.repeat(90)}` }));
    const inputs = {
      migrations: JSON.stringify(many.map(({ name }) => ({ revision: name, message: name }))),
      'smoke-results': JSON.stringify(
        many.map((each) => ({ ...each, passed: false, detail: each.name })),
      ),
      'suite-results': many
        .map(({ name }) => ({ name, tests: 2, failed: 1, first: '&'.repeat(300) }))
        .map((each) => JSON.stringify(each))
        .join('\n'),
    };
    for (const destination of [asWebhook(), asBot()]) {
      const run = await notify(bad, { ...destination, ...inputs }, { GITHUB_RUN_ID: '8' });
      expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
      expect(run.log).toMatch(/::warning::the message lacks its last (?:part|\d+ parts): Slack/);
      expect(run.log).not.toContain('headline only');
    }
    const told = await received();
    expect(told.length).toBeGreaterThan(1);
    for (const { accepted, body } of told) {
      expect(accepted).toBe(true);
      expect(body.length).toBeGreaterThan(2_000);
    }
    expect(told[0]?.body).toContain('"type":"actions"');
  });

  it('asks GitHub what a recorded commit is about', async () => {
    const sha = 'ab'.repeat(20);
    const head = { message: 'An older commit', author: { name: 'Dominique' } };
    await tellGitHub({ run_id: 9, head_sha: sha, head_commit: head, jobs: [] });
    await notify(good, { ...asBot(), operation: 'redeploy', commit: sha });
    const [message] = await received();
    expect(message?.body).toContain('An older commit');
    expect(message?.body).toContain('Dominique');
    expect(message?.body).not.toContain('Fix <!channel>');
  });

  it('posts anew where the message is gone, and does not where there never was one', async () => {
    const gone = { ...asBot(), message: 'C0123456789:1700000000.000100' };
    const run = await notify(good, gone);
    expect(run.outputs).toMatchObject({
      delivered: 'true',
      message: expect.not.stringMatching('17000000'),
    });
    const progress = await notify(good, { ...asBot(), phase: 'progress' });
    expect(progress.log).toContain('input message is empty');
    expect((await received()).map(({ path, accepted }) => [path, accepted])).toEqual([
      ['/api/chat.update', false],
      ['/api/chat.postMessage', true],
    ]);
  });
});

describe('when Slack has trouble', () => {
  const twice = (fault: Fault): Fault[] => [fault, fault];

  it.each<[string, Fault[], number]>([
    ['429 with Retry-After', twice({ kind: 'rate-limit', retry_after: 0.1 }), 3],
    ['429 without it', [{ kind: 'rate-limit' }], 2],
    ['500', twice({ kind: 'status', status: 500 }), 3],
    ['a broken connection', [{ kind: 'reset' }], 2],
    ['an error of its own', [{ kind: 'refuse', error: 'internal_error' }], 2],
    ['a late answer', [{ kind: 'slow', seconds: 0.3 }], 1],
  ])('gets through %s', async (_, faults, requests) => {
    await misbehave(faults);
    const run = await notify(good, asBot());
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
    expect(await received()).toHaveLength(requests);
  });

  it('asks again when a change hangs, which cannot arrive twice', async () => {
    const { outputs } = await notify({}, { ...asBot(), phase: 'start', needs: '' });
    await misbehave([{ kind: 'hang' }]);
    const run = await notify(good, {
      ...asBot(),
      message: outputs.message ?? '',
      'time-budget': '9',
    });
    expect(run.outputs).toMatchObject({ delivered: 'true', message: outputs.message });
  });

  it.each<[string, Fault, string]>([
    ['no answer', { kind: 'hang' }, 'Slack did not answer in time'],
    ['a long limit', { kind: 'rate-limit', retry_after: 500 }, 'wants 500 s of waiting, more than'],
    ['garbage', { kind: 'garbage' }, "cannot be read as one of Slack's"],
    ['a wrong token', { kind: 'refuse', error: 'invalid_auth' }, 'install the app again in Slack'],
    ['an unknown channel', { kind: 'refuse', error: 'channel_not_found' }, 'invite the bot to it'],
    ['a new refusal', { kind: 'refuse', error: 'strange_error' }, 'Slack answered strange_error'],
  ])('warns of %s and leaves the run green, unless it is required', async (_, fault, reason) => {
    // Only what gets no answer at all lasts as long as it may.
    const inputs = { ...asBot(), 'time-budget': fault.kind === 'hang' ? '3' : '20' };
    await misbehave(Array(9).fill(fault));
    const run = await notify(good, inputs);
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'false', outcome: 'live' } });
    expect(run.log).toContain('::warning::the message was not delivered');
    expect(run.log).toContain(reason);
    expect(run.summary).toContain(reason);
    await misbehave(Array(9).fill(fault));
    const required = await notify(good, { ...inputs, required: 'true' });
    expect(required).toMatchObject({ exitCode: 1, outputs: { delivered: 'false' } });
    expect(required.log).toContain('::error::the message was not delivered');
  });

  it.each([
    ['a host that does not exist', `https://x.invalid${hookPath}`, 'Slack cannot be reached: E'],
    ['nobody who listens', `http://127.0.0.1:CLOSED${hookPath}`, 'ECONNREFUSED'],
    ['an address that is none', `hooks.slack.com${hookPath}`, 'is not one'],
  ])('warns of %s', async (_, address, reason) => {
    const url = address.replace('CLOSED', String(await closedPort()));
    const run = await notify(good, { 'webhook-url': url, 'time-budget': '4' });
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'false' } });
    expect(run.log).toContain(reason);
  });

  it.each<[string, Fault, string]>([
    ['an error', { kind: 'status', status: 503 }, 'Slack answered 503'],
    ['a removed webhook', { kind: 'refuse', error: 'no_service' }, 'make a new incoming webhook'],
    ['garbage', { kind: 'garbage' }, "cannot be read as one of Slack's"],
    ['a broken connection', { kind: 'reset' }, 'Slack cannot be reached'],
  ])('warns of %s from a webhook', async (_, fault, reason) => {
    await misbehave(Array(9).fill(fault));
    const run = await notify(good, { ...asWebhook(), 'time-budget': '4' });
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'false' } });
    expect(run.log).toContain(reason);
  });

  it.each([
    ['is not one', 'hello', 'begins with xoxb-'],
    ['has a line too much', 'xoxb-0000\nxoxb-1111', 'has characters that no token has'],
  ])('says what to do about a token that %s', async (_, wrong, reason) => {
    const run = await notify(good, { ...asBot(), 'bot-token': wrong });
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'false' } });
    expect(run.log).toContain(reason);
    expect(run.log).toContain('install the app again in Slack and update the secret');
    const shown = run.log.replaceAll(/::add-mask::.*/g, '');
    expect(shown).not.toMatch(/hello|0000|1111/);
  });

  it('sends the headline alone, when Slack does not take the rest', async () => {
    await misbehave([{ kind: 'refuse', error: 'msg_blocks_too_long' }]);
    const run = await notify(good, asBot());
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
    expect(run.log).toContain('::warning::the message has its headline only. Slack:');
    const last = (await received()).at(-1);
    expect(last).toMatchObject({ accepted: true, payload: { blocks: [] } });
    expect(last?.body).toContain('✅ Staging est à jour');
  });

  it('says that the details are missing, when only they are', async () => {
    await misbehave([{ kind: 'none' }, { kind: 'refuse', error: 'restricted_action' }]);
    const run = await notify(good, { ...asBot(), migrations: '["0005"]' });
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
    expect(run.log).toContain('::warning::the details below the message are missing. Slack:');
  });
});

describe('what the server says', () => {
  const failedSmoke = { ...good, smoke: 'failure', rollback: 'success' };
  const withoutHealth = { 'release-state': 'untouched', 'previous-release': previous };
  const wentBack = `2026-01-31T12:20:01Z rolled back by the host: release ${release} was not confirmed before 2026-01-31T12:20:00Z, staging runs ${previous}`;

  it('is told as it is, from the host through ssh-deploy to the message', async () => {
    await using host = await startFakeHost();
    await host.answer('status', { out: statusLines({ live: previous, lastOutcome: wentBack }) });
    const asked = await actions.run('ssh-deploy', { command: 'status', ...host.inputs });
    await actions.runPost('ssh-deploy', asked.state, host.inputs);
    const inputs = { ...asBot(), ...withoutHealth, 'host-status': asked.outputs.status ?? '' };
    const run = await notify(failedSmoke, inputs);
    expect(run).toMatchObject({ exitCode: 0, outputs: { outcome: 'rolled-back-by-host' } });
    expect(run.log).not.toContain('::warning::');
    const [message] = await received();
    expect(message).toMatchObject({ accepted: true });
    expect(message?.body).toContain('le serveur est revenu à la version précédente');
    expect(message?.body).toContain(`/commit/${'9f8e7d6'.padEnd(40, '0')}|${previous}>`);
  });

  it('stands in the headline of a rollback that changed nothing, and calls nobody', async () => {
    const inputs = { ...asBot(), mention: 'here', 'record-outcome': 'true' };
    await notify(good, inputs, { GITHUB_RUN_ID: '30' });
    const asked = {
      operation: 'rollback',
      release: '',
      'host-status': hostStatus({ live: previous }),
    };
    const run = await notify(
      { rollback: 'failure' },
      { ...inputs, ...asked },
      { GITHUB_RUN_ID: '31' },
    );
    expect(run.outputs).toMatchObject({ delivered: 'true', outcome: 'not-rolled-back' });
    const { body = '' } = (await received()).at(-1) ?? {};
    expect(body).toContain('⛔ Pas de retour en arrière\u00a0: staging n’a pas changé');
    expect(body).toContain(previous);
    expect(body).not.toContain('<!here>');
    const broken = await notify(bad, inputs, { GITHUB_RUN_ID: '32' });
    expect(broken.outputs).toMatchObject({ outcome: 'failed-before-deploy' });
    expect((await received()).at(-1)?.body).toContain('<!here>');
  });

  it('is never a success that the jobs alone believe in', async () => {
    const provisional = { live: release, transaction: { phase: 'provisional', release } };
    const run = await notify(good, { ...asBot(), 'host-status': hostStatus(provisional) });
    expect(run.outputs).toMatchObject({ delivered: 'true', outcome: 'unconfirmed' });
    const [message] = await received();
    expect(message?.body).not.toContain('✅ Staging');
    expect(message?.body).toContain('elle est retirée à 12:20\u00a0UTC');
  });

  it.each([
    ['the server did not answer', 'unreachable', 0],
    ['nobody understands the server', 'Segmentation fault', 1],
  ])(
    'is missing where %s: the jobs count, and the message says so',
    async (_, status, warnings) => {
      const run = await notify(good, { ...asBot(), 'host-status': status });
      expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'true', outcome: 'live' } });
      const warned = run.log.split('::warning::input host-status cannot be read').length - 1;
      expect(warned).toBe(warnings);
      expect((await received())[0]?.body).toContain('⚠️ Le serveur n’a pas répondu');
    },
  );
});

describe('with name servers that do not answer', async () => {
  const address = '127.9.9.9';
  // Only root may listen where name servers do, and put a file in the place of the system's for some processes.
  const silent = createSocket('udp4');
  const listens = await new Promise<boolean>((resolve) => {
    silent.once('error', () => resolve(false));
    silent.bind(53, address, () => resolve(true));
  });
  const separates = await execa('unshare', ['--mount', 'true'], { reject: false });
  afterAll(() => (listens ? silent[Symbol.asyncDispose]() : undefined));

  /** A process with these name servers; others can join it. */
  async function startSeparated(nameServers: string) {
    const file = join(event, '..', 'resolv.conf');
    await writeFile(file, nameServers);
    const script = 'mount --bind "$1" /etc/resolv.conf; echo ready; exec sleep 60';
    const words = ['--mount', 'sh', '-euc', script, 'sh', file];
    const running = execa('unshare', words, { reject: false });
    await once(running.stdout, 'data');
    return {
      command: ['nsenter', '--target', String(running.pid), '--mount'],
      [Symbol.asyncDispose]: async () => {
        running.kill();
        await running;
      },
    };
  }

  it.runIf(listens && separates.exitCode === 0).each([
    ['false', 0],
    ['true', 1],
  ])('ends within the budget (required: %s)', async (required, exitCode) => {
    // A lookup asks both twice for each of three names: 8 seconds that process.exit() waits for.
    const servers = `nameserver ${address}\n`.repeat(2);
    await using separated = await startSeparated(`${servers}search a.example b.example\n`);
    const asked = vi.fn();
    silent.on('message', asked);
    const began = performance.now();
    const inputs = { 'webhook-url': `https://hooks.slack.example${hookPath}`, required };
    const run = await notify(good, { ...inputs, 'time-budget': '3' }, {}, separated.command);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(asked).toHaveBeenCalled();
    expect(run).toMatchObject({ exitCode, outputs: { delivered: 'false', outcome: 'live' } });
    expect(run.log).toContain('Slack did not answer in time');
    expect(run.summary).toContain('Slack did not answer in time');
  });
});

describe('when GitHub has trouble', () => {
  it('sends what it knows, and says what is missing', async () => {
    const run = await notify(
      bad,
      { ...asBot(), mention: 'here', 'record-outcome': 'true' },
      { GITHUB_API_URL: 'http://127.0.0.1:1' },
    );
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
    expect(run.log).toContain('::warning::the message does not name the step that failed');
    expect(run.log).toContain('::warning::whether the state of staging changed is not known');
    expect(run.log).toContain('::warning::the next run will not know how this one ended');
    const [message] = await received();
    expect(message?.body).toContain('• test');
    expect(message?.body).not.toContain('<!here>');
  });

  it('does without it where there is no token', async () => {
    const run = await notify(bad, { ...asBot(), 'github-token': '' });
    expect(run.outputs).toMatchObject({ delivered: 'true' });
    expect(run.log).toContain('::warning::the message says less than it could: input github-token');
  });
});

describe('when the workflow is wrong', () => {
  it('does without an event that is not there, or is none', async () => {
    const broken = join(event, '..', 'broken.json');
    await writeFile(broken, '{ "head_commit": ');
    for (const path of [broken, '/nowhere/event.json', '']) {
      const run = await notify(good, asWebhook(), { GITHUB_EVENT_PATH: path });
      expect(run, run.log).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
      expect(run.log).not.toContain('GITHUB_EVENT_PATH');
    }
  });

  it('fails without a destination: a missing secret is never a green run', async () => {
    const run = await notify(good, {});
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain('give one of the inputs webhook-url and bot-token');
    expect(await received()).toEqual([]);
  });

  it('warns of what another job got wrong, and sends the rest', async () => {
    const run = await notify(good, { ...asBot(), 'smoke-results': 'nonsense' });
    expect(run).toMatchObject({ exitCode: 0, outputs: { delivered: 'true' } });
    expect(run.log).toContain('::warning::input smoke-results cannot be read');
  });
});
