import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSession } from '../../actions/shared/src/ssh.ts';
import { type BundledActions, bundleActions } from './run-action.ts';
import { type StagingHost, startStagingHost } from './staging-host.ts';

const first = '20260101T000000Z-0a1b2c3';
const second = '20260102T000000Z-0a1b2c3';
const reference = `registry.example/azals/api@sha256:${'1'.repeat(64)}`;

// Every run of an action is a process and an SSH connection of its own.
vi.setConfig({ testTimeout: 60_000 });

let actions: BundledActions;
let host: StagingHost;
let workspace: string;

beforeAll(async () => {
  actions = await bundleActions('ssh-deploy');
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
  await mkdir(join(workspace, 'infra'));
  await writeFile(join(workspace, 'infra', 'nginx.conf'), 'events {}\n');
  await writeFile(
    join(workspace, 'docker-compose.staging.yml'),
    'name: azals-staging\nservices:\n  api:\n    build: api\n  postgres:\n    image: postgres:15\n',
  );
}, 60_000);
afterAll(async () => {
  await actions[Symbol.asyncDispose]();
  await rm(workspace, { recursive: true, force: true });
});
beforeEach(async () => {
  host = await startStagingHost();
});
afterEach(() => host[Symbol.asyncDispose]());

function deploy(command: string, inputs: Record<string, string> = {}) {
  return actions.run(
    'ssh-deploy',
    { command, ...host.inputs, ...inputs },
    { GITHUB_WORKSPACE: workspace },
  );
}

function stage(release: string, inputs: Record<string, string> = {}) {
  return deploy('stage', { release, images: `api=${reference}`, ...inputs });
}

describe('a deploy', () => {
  it('stages, releases, confirms and goes back', async () => {
    expect(await stage(first)).toMatchObject({
      exitCode: 0,
      outputs: { release: first, previous: '' },
    });
    expect(await deploy('release', { release: first })).toMatchObject({ exitCode: 0 });
    expect(await deploy('confirm', { release: first })).toMatchObject({ exitCode: 0 });
    await stage(second);
    expect(await deploy('release', { release: second })).toMatchObject({
      exitCode: 0,
      outputs: { release: second, previous: first, 'duration-ms': expect.stringMatching(/^\d+$/) },
    });
    const status = await deploy('status');
    expect(status.outputs).toMatchObject({ current: second, confirmed: first });
    expect(JSON.parse(status.outputs.releases ?? '')).toEqual([
      { id: first, confirmed: true, current: false },
      { id: second, confirmed: false, current: true },
    ]);
    expect(await deploy('rollback')).toMatchObject({
      exitCode: 0,
      outputs: { release: first, previous: second },
    });
    expect(await readlink(join(host.baseDirectory, 'current'))).toBe(`releases/${first}`);
    expect(await host.sshd.connections()).toBe(7);
    const journal = (await host.read('state/journal.jsonl')).trim().split('\n');
    expect(journal.map((line) => JSON.parse(line).status)).toEqual(
      Array(6).fill(['intent', 'finished']).flat(),
    );
  });

  it('brings the release before back when the new one does not come up', async () => {
    await stage(first);
    await deploy('release', { release: first });
    await stage(second);
    await host.answer('up-fails-for', second);
    const run = await deploy('release', { release: second });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(
      `::error::release: release ${second} did not come up; staging runs ${first} again`,
    );
    const ups = (await host.calls()).split('\n').filter((call) => call.includes(' up '));
    expect(ups.at(-1)).toContain(`/releases/${first}/docker-compose.staging.yml`);
    expect(await readlink(join(host.baseDirectory, 'current'))).toBe(`releases/${first}`);
  });

  it('puts a whole release on the host, and keeps nothing but finished ones', async () => {
    await stage(first);
    expect(await readdir(join(host.baseDirectory, 'releases'))).toEqual([first]);
    const read = (name: string) => host.read(`releases/${first}/${name}`);
    expect(await read('docker-compose.staging.yml')).toContain(`image: ${reference}`);
    expect(await read('docker-compose.staging.yml')).not.toContain('build');
    expect(await read('infra/nginx.conf')).toBe('events {}\n');
    expect(await read('.env.staging')).toContain('SECRET_KEY=abc');
    expect(JSON.parse(await read('manifest.json'))).toMatchObject({
      id: first,
      commit: '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567',
      images: { api: reference },
      runUrl: 'https://github.com/azals/azals/actions/runs/7',
      actor: 'camille',
    });
    const again = await stage(first);
    expect(again.log).toContain(`release ${first} is on the host already`);
  });

  it('hands registry credentials to the pull alone', async () => {
    await host.answer('images', `postgres:15\n${reference}\n`);
    await host.answer('present', 'postgres:15\n');
    const password = `p$a"s's\\é`;
    const run = await stage(first, {
      registry: 'registry.example',
      'registry-username': 'robot',
      'registry-password': password,
    });
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.log).toContain('present: postgres:15');
    const auth = Buffer.from(`robot:${password}`).toString('base64');
    expect(JSON.parse(await host.kept('registry-config'))).toEqual({
      auths: { 'registry.example': { auth } },
    });
    const directory = (await host.kept('registry-directory')).trim();
    expect(directory).not.toBe('');
    expect(existsSync(directory)).toBe(false);
    expect(await host.calls()).toContain(`pull --quiet ${reference}`);
    expect(await host.calls()).not.toContain(password);
    expect(run.log.replaceAll(/::add-mask::.*/g, '')).not.toContain(password);
  });
});

describe('a host that is not fit', () => {
  it.each([
    ['engine-version', '20.10.24\n', 'Docker Engine on this host is 20.10.24, but at least 24.0'],
    ['compose-version', '1.29.2\n', 'Docker Compose on this host is 1.29.2, but at least 2.20'],
    ['compose-version', 'v2.19.0\n', 'Docker Compose on this host is 2.19.0'],
    ['engine-version', 'dev\n', 'cannot read the version of Docker Engine: "dev"'],
  ])('stops at %s %j', async (name, text, message) => {
    await host.answer(name, text);
    const run = await stage(first);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(`::error::stage: ${message}`);
    expect(await readdir(join(host.baseDirectory, 'releases'))).toEqual([]);
  });

  it('names the variables of .env.staging that are wrong, and never their values', async () => {
    await host.write('shared/.env.staging', 'A=CHANGE_ME_x\nB=2\nSECRET_KEY="CHANGE_ME"');
    expect((await stage(first)).log).toContain('placeholder CHANGE_ME in: A SECRET_KEY');
    await host.write('shared/.env.staging', 'STRIPE_SECRET_KEY=sk_live_abc\n');
    const run = await stage(first);
    expect(run.log).toContain('has a live Stripe key in: STRIPE_SECRET_KEY');
    expect(run.log).not.toContain('sk_live_abc');
    await rm(join(host.baseDirectory, 'shared/.env.staging'));
    expect((await stage(first)).log).toContain('.env.staging is missing or not readable');
  });

  it('stops at a release that is not there, and lists those that are', async () => {
    await stage(first);
    const run = await deploy('release', { release: second });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(`there is no release ${second} on this host; there are: ${first}`);
    expect((await deploy('confirm', { release: first })).log).toContain('is not live (nothing is)');
    expect((await deploy('rollback')).log).toContain('no confirmed release to go back to');
  });
});

it('wipes in its post step what a killed run left', async () => {
  let directory = '';
  const { port, user, privateKey, knownHosts } = host.sshd;
  await openSession(
    { host: '127.0.0.1', port, user, privateKey, knownHosts },
    {
      temporaryDirectory: actions.temporaryDirectory,
      onDirectory: (path) => {
        directory = path;
      },
    },
  );
  expect(existsSync(join(directory, 'key'))).toBe(true);
  const run = await actions.runPost('ssh-deploy', { 'ssh-directory': directory });
  expect(run).toMatchObject({ exitCode: 0 });
  expect(existsSync(directory)).toBe(false);
  expect(await actions.runPost('ssh-deploy', {})).toMatchObject({ exitCode: 0 });
});

it('saves for the post step which directory to wipe', async () => {
  const run = await deploy('status');
  expect(run.state['ssh-directory']).toMatch(/\/ssh-\w{6}$/);
  expect(await readdir(actions.temporaryDirectory)).toEqual([]);
});

it('has an executor that shellcheck finds nothing wrong with', async () => {
  const script = new URL('../../actions/ssh-deploy/src/executor.sh', import.meta.url);
  const { stdout } = await execa('shellcheck', ['--format=gcc', script.pathname], {
    reject: false,
  });
  expect(stdout).toBe('');
});
