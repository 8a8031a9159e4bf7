import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Octokit } from '@octokit/rest';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchPast, fetchRecords } from '../../actions/slack-notify/src/look-up/past-runs.ts';
import type { Received } from '../../scripts/local/surroundings/stand-ins/slack-page.ts';
import { type StandIn, startStandIn, temporaryFolder } from '../unit/stand-ins-process.ts';
import { type FakeHost, startFakeHost } from './fake-host.ts';

const file = fileURLToPath(new URL('staging-with-fake-executor.ts', import.meta.url));
const release = '20260101T000000Z-0a1b2c3';
const before = '20251231T000000Z-9876543';
const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
const commitBefore = '9'.repeat(40);
const journalEnd = `42 ${'ab'.repeat(32)}`;
const botToken = 'xoxb-0000-stand-in-secret';
const gitHubToken = 'ghp_a_secret_of_somebody';

vi.setConfig({ testTimeout: 60_000 });

let host: FakeHost;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let slack: StandIn;
let github: StandIn;
let directory: string;
let repositories = 0;
let repo: string;
let told: number;

beforeAll(async () => {
  host = await startFakeHost();
  folder = await temporaryFolder();
  slack = await startStandIn('slack', folder.path);
  github = await startStandIn('github', folder.path);
  directory = await mkdtemp(join(tmpdir(), 'cli-'));
  await writeFile(join(directory, 'key'), host.sshd.privateKey);
  await writeFile(join(directory, 'known_hosts'), host.sshd.knownHosts);
});
afterAll(async () => {
  await rm(directory, { recursive: true });
  await slack[Symbol.asyncDispose]();
  await github[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
});
beforeEach(async () => {
  repositories += 1;
  repo = `repository-${repositories}`;
  told = (await messages()).length;
  await answerStatus(before, commitBefore);
});

async function answerStatus(live: string, liveCommit: string) {
  await host.answer('status', {
    out: [
      `current=${live}`,
      `commit=${liveCommit}`,
      `entry=${before} confirmed ${commitBefore}`,
      `entry=${release} rolled-back ${commit}`,
      `journal=${journalEnd}`,
      '',
    ].join('\n'),
  });
}

async function messages(): Promise<Received[]> {
  return (await (await fetch(`${slack.url}/_received`)).json()) as Received[];
}

const newMessages = async () =>
  (await messages()).slice(told).map(({ payload }) => JSON.stringify(payload));

const octokit = () => new Octokit({ auth: gitHubToken, baseUrl: github.url });

async function deployments() {
  const named = { owner: 'azals', repo };
  const { data } = await octokit().rest.repos.listDeployments(named);
  return await Promise.all(
    data.map(async ({ id, sha, task, environment, description }) => {
      const { data: statuses } = await octokit().rest.repos.listDeploymentStatuses({
        ...named,
        deployment_id: id,
      });
      const [status] = statuses;
      return {
        ...{ sha, task, environment, description },
        ...{ state: status?.state, says: status?.description },
      };
    }),
  );
}

type Variables = Readonly<Record<string, string>>;

const both = (): Variables => ({
  SLACK_BOT_TOKEN: botToken,
  SLACK_CHANNEL: '#staging-alerts',
  SLACK_API_URL: `${slack.url}/api/`,
  GITHUB_TOKEN: gitHubToken,
  GITHUB_REPOSITORY: `azals/${repo}`,
  GITHUB_API_URL: github.url,
  STAGING_URL: 'https://staging.example.org',
});

async function run(words: readonly string[], variables: Variables) {
  const target = [
    ...['--host', '127.0.0.1', '--port', String(host.sshd.port), '--user', host.sshd.user],
    ...['--identity', join(directory, 'key'), '--known-hosts', join(directory, 'known_hosts')],
    ...['--base-directory', host.baseDirectory],
  ];
  const ended = await execa(process.execPath, ['--conditions=source', file, ...words, ...target], {
    reject: false,
    extendEnv: false,
    timeout: 60_000,
    env: { PATH: process.env.PATH, HOME: directory, TMPDIR: folder.path, ...variables },
  });
  for (const secret of [botToken, gitHubToken])
    expect(ended.stdout + ended.stderr).not.toContain(secret);
  return ended;
}

/** What is told, in French where nobody says otherwise, and filed. */
const changes = [
  {
    words: ['rollback', '--yes'],
    answers: {
      rollback: `leave=${release}\nrelease=${before}\nprevious=${release}\n`,
    },
    tells: ['↩️ Staging est revenu en arrière, à la demande', before, release],
    files: { sha: commitBefore, state: 'success', says: `rolled-back-by-hand ${before}` },
  },
  {
    words: ['rollback', '--yes', '--pin', 'Demo until 16:00'],
    answers: {
      rollback: `leave=${release}\nrelease=${before}\nprevious=${release}\n`,
    },
    tells: ['🔒 Les déploiements sur staging sont suspendus', 'Demo until 16:00', before, release],
    files: { sha: commitBefore, state: 'success', says: `rolled-back-by-hand ${before}` },
  },
  {
    words: ['lock', 'Demo until 16:00'],
    answers: {},
    tells: ['🔒 Les déploiements sur staging sont suspendus', 'Demo until 16:00'],
    files: { sha: commitBefore, state: 'inactive', says: 'locked' },
  },
  {
    words: ['unlock'],
    answers: { unlock: 'unlocked=hold by ines since 2026-01-01T00:00:00Z: Demo <!here>\n' },
    tells: ['🔓 Les déploiements sur staging reprennent', 'Demo &lt;!here&gt;'],
    files: { sha: commitBefore, state: 'inactive', says: 'unlocked' },
  },
  {
    words: ['migrations', 'restore', 'x-a1.dump'],
    answers: { restore: 'backup=/srv/before.dump\nrestored=x-a1.dump\nto=a1\n' },
    tells: ['🗄️ La base de staging a été restaurée', 'x-a1.dump', 'a1'],
    files: { sha: commitBefore, state: 'inactive', says: 'restored' },
  },
] as const;

describe('what the command line changes', () => {
  it.each(changes)('is told and filed: $words', async ({ words, answers, tells, files }) => {
    for (const [verb, out] of Object.entries(answers)) await host.answer(verb, { out });
    const ended = await run(words, both());
    expect(ended.stderr).not.toContain('warning');
    expect(ended.exitCode).toBe(0);
    const [message = '', ...others] = await newMessages();
    expect(others).toEqual([]);
    for (const text of [...tells, 'à la main, par ', '127.0.0.1', 'https://staging.example.org/'])
      expect(message).toContain(text);
    expect(await deployments()).toEqual([
      {
        ...files,
        ...{ task: 'pipeline-outcome', environment: 'staging' },
        description: expect.stringMatching(/^By hand, \S+@\S+ on 127\.0\.0\.1:\d+$/),
      },
    ]);
  });

  it('is told of a first release that was taken down, whose commit it is about', async () => {
    await host.answer('rollback', { out: `leave=${release}\nrelease=\nprevious=${release}\n` });
    await answerStatus('', '');
    const ended = await run(['rollback', '--yes'], { ...both(), SLACK_LOCALE: 'en' });
    expect(ended.exitCode).toBe(0);
    const [message = ''] = await newMessages();
    expect(message).toContain(
      'The release was taken down, as asked: nothing is live on staging yet',
    );
    expect(message).toContain('nothing: there is no release yet');
    expect(await deployments()).toMatchObject([
      { sha: commit, state: 'inactive', says: 'taken-down' },
    ]);
  });

  it('is what the next run takes for the state before it, of a rollback', async () => {
    await host.answer('rollback', {
      out: `leave=${release}\nrelease=${before}\nprevious=${release}\n`,
    });
    await run(['rollback', '--yes'], both());
    await host.answer('unlock', { out: 'unlocked=hold by ines\n' });
    await run(['unlock'], both());
    const api = { rest: octokit().rest, repository: { owner: 'azals', repo } };
    const { signal } = new AbortController();
    const records = await fetchRecords(api, 'staging', { runId: 7, attempt: 1 }, signal);
    expect(records.own).toBeUndefined();
    const past = await fetchPast(api, records, { environment: 'staging', runId: 7 }, signal);
    expect(past.runs).toMatchObject([{ colour: 'green', release: before }]);
    // The host's journal must go on from here.
    for (const { payload } of records.others)
      expect(payload.journals).toEqual({ [`127.0.0.1:${host.sshd.port}`]: journalEnd });
  });

  it('is told through a webhook, without GitHub', async () => {
    const ended = await run(['lock', 'Demo'], {
      SLACK_WEBHOOK_URL: `${slack.url}/services/T000/B000/abcdefghijklmnop`,
    });
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await newMessages()).toHaveLength(1);
    expect(await deployments()).toEqual([]);
  });
});

describe('nothing is told', () => {
  it.each([
    ['a dry run', ['rollback', '--dry-run'], { rollback: `leave=${release}\nrelease=${before}\n` }],
    [
      'a rollback that others had done',
      ['rollback', '--yes'],
      { rollback: `leave=${release}\nrelease=${before}\nprevious=\n` },
    ],
    [
      'an unlock of nothing',
      ['unlock'],
      { unlock: 'unlocked=nothing: there was neither a hold nor a staged release\n' },
    ],
    ['a question', ['status'], {}],
  ] as const)('of %s', async (_, words, answers) => {
    for (const [verb, out] of Object.entries(answers)) await host.answer(verb, { out });
    expect((await run(words, both())).exitCode).toBe(0);
    expect(await newMessages()).toEqual([]);
    expect(await deployments()).toEqual([]);
  });

  it('where nobody is named, and the change is made all the same', async () => {
    const ended = await run(['lock', 'Demo'], { GITHUB_TOKEN: gitHubToken });
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await newMessages()).toEqual([]);
  });
});

it('is a warning where it cannot be told: the change is made', async () => {
  const refusal = [{ kind: 'refuse', error: 'not_in_channel' }];
  await fetch(`${slack.url}/_faults`, { method: 'PUT', body: JSON.stringify(refusal) });
  const ended = await run(['lock', 'Demo'], { ...both(), GITHUB_API_URL: 'http://127.0.0.1:1' });
  expect(ended.exitCode).toBe(0);
  expect(ended.stdout).toContain('No deploy starts until it is unlocked.');
  expect(ended.stderr).toContain('warning: it is done, but Slack was not told: ');
  expect(ended.stderr).toContain('not_in_channel');
  expect(ended.stderr).toContain('warning: it is done, but GitHub has no deployment of it: ');
});

it.each([
  [{ SLACK_BOT_TOKEN: botToken }, 'variable SLACK_CHANNEL is missing'],
  [{ SLACK_LOCALE: 'de' }, 'variable SLACK_LOCALE must be fr or en'],
  [{ GITHUB_REPOSITORY: 'azals' }, 'variable GITHUB_REPOSITORY must be owner/repository'],
  [{ SLACK_WEBHOOK_URL: 'hooks' }, 'variable SLACK_WEBHOOK_URL must be an address'],
])('names what is wrong with %j before anything is changed', async (variables, says) => {
  const calls = (await host.calls()).length;
  const ended = await run(['lock', 'Demo'], variables);
  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain(says);
  expect(await host.calls()).toHaveLength(calls);
});
