import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSession } from '../../actions/shared/src/ssh.ts';
import { type BundledActions, bundleActions } from './run-action.ts';
import { type StagingHost, startStagingHost } from './staging-host.ts';

const day = (number: number) => `2026010${number}T000000Z-0a1b2c3`;
const first = day(1);
const second = day(2);
const third = day(3);
const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
const digest = (digit: string) => `registry.example/azals/api@sha256:${digit.repeat(64)}`;
const reference = digest('1');

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

function deploy(
  command: string,
  inputs: Record<string, string> = {},
  environment: Record<string, string> = {},
) {
  return actions.run(
    'ssh-deploy',
    { command, ...host.inputs, ...inputs },
    { GITHUB_WORKSPACE: workspace, ...environment },
  );
}

function stage(release: string, inputs: Record<string, string> = {}) {
  return deploy('stage', { release, images: `api=${reference}`, ...inputs });
}

function stageOf(madeFrom: string, release: string) {
  const images = `api=${reference}`;
  return deploy('stage', { release, images }, { GITHUB_SHA: madeFrom });
}

/** Stages a release of the host again, in a run of another commit that has checked out nothing. */
function restage(release: string, inputs: Record<string, string> = {}) {
  const environment = { GITHUB_WORKSPACE: '/nonexistent', GITHUB_SHA: 'e'.repeat(40) };
  return deploy('stage', { release, ...inputs }, environment);
}

/** Releases and confirms what has been staged. */
async function goLive(release: string) {
  expect(await deploy('release', { release })).toMatchObject({ exitCode: 0 });
  expect(await deploy('confirm', { release })).toMatchObject({ exitCode: 0 });
}

/** Puts copies of a release on the host, as if they had been staged then. */
async function copyRelease(from: string, ...ids: readonly string[]) {
  const path = (id: string) => join(host.baseDirectory, 'releases', id);
  for (const id of ids) await cp(path(from), path(id), { recursive: true, verbatimSymlinks: true });
}

function releasesOnHost() {
  return readdir(join(host.baseDirectory, 'releases'));
}

describe('a deploy', () => {
  it('stages, releases, confirms and goes back', async () => {
    expect(await stage(first)).toMatchObject({
      exitCode: 0,
      outputs: { release: first, commit, previous: '' },
    });
    expect(await deploy('release', { release: first })).toMatchObject({ exitCode: 0 });
    expect(await deploy('confirm', { release: first })).toMatchObject({ exitCode: 0 });
    await stage(second);
    expect(await deploy('release', { release: second })).toMatchObject({
      exitCode: 0,
      outputs: {
        release: second,
        commit,
        previous: first,
        'duration-ms': expect.stringMatching(/^\d+$/),
      },
    });
    const status = await deploy('status');
    expect(status.outputs).toMatchObject({ current: second, commit, confirmed: first });
    expect(JSON.parse(status.outputs.releases ?? '')).toEqual([
      { id: first, commit, confirmed: true, current: false },
      { id: second, commit, confirmed: false, current: true },
    ]);
    expect(await deploy('rollback')).toMatchObject({
      exitCode: 0,
      outputs: { release: first, commit, previous: second },
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
    expect(await releasesOnHost()).toEqual([first]);
    const read = (name: string) => host.read(`releases/${first}/${name}`);
    expect(await read('docker-compose.staging.yml')).toContain(`image: ${reference}`);
    expect(await read('docker-compose.staging.yml')).not.toContain('build');
    expect(await read('infra/nginx.conf')).toBe('events {}\n');
    expect(await read('.env.staging')).toContain('SECRET_KEY=abc');
    expect(JSON.parse(await read('manifest.json'))).toMatchObject({
      id: first,
      commit,
      images: { api: reference },
      runUrl: 'https://github.com/azals/azals/actions/runs/7',
      actor: 'camille',
    });
    const again = await stage(first);
    expect(again.log).toContain(`release ${first} is on the host already`);
  });

  it('hands registry credentials to the pull alone', async () => {
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

describe('a redeploy', () => {
  const other = '9876543210'.repeat(4);
  const sibling = `${commit.slice(0, 9)}${'f'.repeat(31)}`;

  it('finds a recorded release by its id, its commit, or the first digits of it', async () => {
    await stageOf(commit, first);
    await stageOf(commit, second);
    await stageOf(other, third);
    const files = async () =>
      (
        await execa('find', [
          join(host.baseDirectory, 'releases'),
          '-printf',
          String.raw`%p %i %s %C@\n`,
        ])
      ).stdout;
    const before = await files();
    expect(before.split('\n').length).toBeGreaterThan(15);
    await host.answer('calls', '');
    const asked = {
      [first]: { release: first, commit },
      [commit]: { release: second, commit },
      [commit.slice(0, 7)]: { release: second, commit },
      [other.slice(0, 12)]: { release: third, commit: other },
    };
    for (const [name, outputs] of Object.entries(asked)) {
      const run = await restage(name);
      expect(run).toMatchObject({ exitCode: 0, outputs: { ...outputs, previous: '' } });
      expect(run.log).toContain(`staging release ${outputs.release} of commit ${outputs.commit}`);
    }
    expect(await files()).toBe(before);
    expect(await host.sshd.connections()).toBe(3 + 4);
    expect(await host.calls()).toContain(`/releases/${third}/docker-compose.staging.yml`);
    expect(await host.calls()).not.toContain('pull');
    const journal = (await host.read('state/journal.jsonl')).trim().split('\n');
    expect(journal.slice(-2).map((line) => JSON.parse(line))).toMatchObject([
      { verb: 'restage', release: other.slice(0, 12), status: 'intent' },
      { verb: 'restage', release: third, status: 'finished' },
    ]);
  });

  it('pulls the recorded digest where the host has lost it, with the credentials', async () => {
    await stageOf(commit, first);
    await host.answer('present', 'postgres:15\n');
    await host.answer('calls', '');
    const run = await restage(commit, {
      registry: 'registry.example',
      'registry-username': 'robot',
      'registry-password': `p$a"s's\\é`,
    });
    expect(run).toMatchObject({ exitCode: 0, outputs: { release: first } });
    const pulls = (await host.calls()).split('\n').filter((call) => call.includes('pull '));
    const directory = (await host.kept('registry-directory')).trim();
    expect(pulls).toEqual([`--config ${directory} pull --quiet ${reference}`]);
    const auth = Buffer.from(`robot:p$a"s's\\é`).toString('base64');
    expect(JSON.parse(await host.kept('registry-config'))).toEqual({
      auths: { 'registry.example': { auth } },
    });
    expect(existsSync(directory)).toBe(false);
    expect(run.log.replaceAll(/::add-mask::.*/g, '')).not.toContain(`p$a"s`);
  });

  it('says what there is where the commit is ambiguous or the release is not there', async () => {
    expect((await restage(first)).log).toContain(
      `::error::restage: there is no release ${first} on this host; there are: none`,
    );
    await stageOf(commit, first);
    await stageOf(sibling, second);
    const list = `${first} (${commit}), ${second} (${sibling})`;
    const asked = {
      [third]: `there is no release ${third} on this host; there are: ${list}`,
      [other]: `there is no release of commit ${other} on this host; there are: ${list}`,
      [commit.slice(1, 9)]: `there is no release of commit ${commit.slice(1, 9)} on this host`,
      [commit.slice(0, 9)]:
        `commit ${commit.slice(0, 9)} is ambiguous on this host, give more digits of one of: ${commit} ${sibling}`,
    };
    for (const [name, message] of Object.entries(asked)) {
      const run = await restage(name);
      expect(run).toMatchObject({ exitCode: 1, outputs: {} });
      expect(run.log).toContain(`::error::restage: ${message}`);
    }
    expect(await restage(sibling.slice(0, 10))).toMatchObject({ outputs: { release: second } });
    await host.write(`releases/${first}/manifest.json`, '{}\n');
    expect((await restage(first)).log).toContain(
      `the manifest of release ${first} does not say which commit it is of`,
    );
  });

  it('checks the host and the compose file before it pulls anything', async () => {
    await stageOf(commit, first);
    await host.answer('present', '');
    await host.answer('calls', '');
    await host.answer('engine-version', '20.10.24\n');
    expect((await restage(first)).log).toContain('Docker Engine on this host is 20.10.24');
    await host.answer('engine-version', '26.1.5\n');
    await host.answer('compose-refused-for', first);
    expect((await restage(first)).log).toContain('does not accept the compose file');
    await host.answer('compose-refused-for', 'no release');
    const file = `releases/${first}/docker-compose.staging.yml`;
    await host.write(file, (await host.read(file)).replace(reference, digest('2')));
    const run = await restage(first);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(`the compose file of release ${first} does not name ${reference}`);
    expect(await host.calls()).not.toContain('pull');
  });

  it('goes back to an older release and forward again', async () => {
    await stageOf(commit, first);
    await goLive(first);
    await stageOf(other, second);
    await goLive(second);
    expect(await restage(commit)).toMatchObject({
      outputs: { release: first, commit, previous: second },
    });
    expect(await deploy('release', { release: first })).toMatchObject({
      exitCode: 0,
      outputs: { release: first, commit, previous: second },
    });
    expect(await host.read('state/confirmed')).toBe(`${first}\n${second}\n`);
    expect(await deploy('confirm', { release: first })).toMatchObject({
      outputs: { release: first, commit },
    });
    expect(await host.read('state/confirmed')).toBe(`${first}\n${second}\n${first}\n`);
    expect(await releasesOnHost()).toEqual([first, second]);
    expect((await deploy('status')).outputs).toMatchObject({
      current: first,
      commit,
      confirmed: first,
    });
    expect(await deploy('rollback')).toMatchObject({
      outputs: { release: second, commit: other, previous: first },
    });
  });

  it('takes the release that is live already', async () => {
    await stageOf(commit, first);
    await goLive(first);
    expect(await restage(first)).toMatchObject({ outputs: { release: first, previous: first } });
    expect(await deploy('release', { release: first })).toMatchObject({
      exitCode: 0,
      outputs: { release: first, previous: first },
    });
    expect(await deploy('confirm', { release: first })).toMatchObject({ exitCode: 0 });
    expect(await host.read('state/confirmed')).toBe(`${first}\n`);
    expect(await readlink(join(host.baseDirectory, 'current'))).toBe(`releases/${first}`);
    expect(await releasesOnHost()).toEqual([first]);
    await host.answer('up-fails-for', first);
    expect((await deploy('release', { release: first })).log).toContain(
      `release ${first} did not come up, and there is no other release to bring back`,
    );
  });

  it('keeps the releases that were confirmed last, however old their ids', async () => {
    await stageOf(commit, day(2));
    await goLive(day(2));
    await copyRelease(day(2), ...[3, 4, 5, 6].map(day));
    await host.write('state/confirmed', [2, 3, 4, 5, 6].map((n) => `${day(n)}\n`).join(''));
    await goLive(day(6));
    expect(await releasesOnHost()).toEqual([2, 3, 4, 5, 6].map(day));
    await restage(day(2));
    await goLive(day(2));
    expect(await releasesOnHost()).toEqual([2, 3, 4, 5, 6].map(day));
    await stageOf(other, day(7));
    await goLive(day(7));
    expect(await releasesOnHost()).toEqual([2, 4, 5, 6, 7].map(day));
    expect(await deploy('rollback')).toMatchObject({
      outputs: { release: day(2), previous: day(7) },
    });
  });

  it('keeps an old release that was staged again until another one is staged', async () => {
    await stage(first, { images: `api=${digest('2')}` });
    await stage(second);
    await deploy('release', { release: second });
    await restage(first);
    await deploy('confirm', { release: second });
    expect(await releasesOnHost()).toEqual([first, second]);
    await stage(third);
    await deploy('confirm', { release: second });
    expect(await releasesOnHost()).toEqual([second, third]);
    expect(await host.calls()).toContain(`image rm ${digest('2')}`);
    expect(await host.calls()).not.toContain(`image rm ${reference}`);
  });

  const hostile = [
    '../x',
    '; rm -rf /',
    '$(id)',
    '`id`',
    '-rf',
    'abcdef',
    `${first}/..`,
    'A1B2C3D',
  ];

  it('sends nothing to the host where the input is no release id and no commit', async () => {
    for (const release of [...hostile, `${commit}0`, `${first}\n${second}`]) {
      const run = await restage(release);
      expect(run).toMatchObject({ exitCode: 1, outputs: {} });
      expect(run.log).toContain(`::error::input release is ${JSON.stringify(release)}: must be`);
    }
    expect(await host.sshd.connections()).toBe(0);
    expect((await restage('')).log).toContain(
      '::error::inputs images and release are both missing',
    );
    expect(await host.sshd.connections()).toBe(0);
  });

  it('has an executor that refuses the same by itself', async () => {
    await stageOf(commit, first);
    const script = join(host.baseDirectory, 'releases', first, 'executor.sh');
    const run = (release: string) =>
      execa('sh', [script, 'restage', '--base', host.baseDirectory, '--release', release], {
        reject: false,
      });
    for (const release of [...hostile, '']) {
      const { exitCode, stdout, stderr } = await run(release);
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
      expect(stderr).toMatch(/error: (".*" is (not|neither) a release id|there is no release )/);
    }
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
    expect(await releasesOnHost()).toEqual([]);
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
