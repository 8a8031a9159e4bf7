import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeSession, openSession } from '../../actions/shared/src/ssh/session.ts';
import { type Answer, type FakeHost, fakeExecutor, startFakeHost } from './fake-host.ts';
import { type BundledActions, bundleActions } from './run-action.ts';

const release = '20260101T000000Z-0a1b2c3';
const before = '20251231T000000Z-9876543';
const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
const digest = `registry.example/shop/api@sha256:${'1'.repeat(64)}`;
const done = `release=${release}\ncommit=${commit}\nprevious=${before}\n`;
const owner = 'example/shop#7';

// Every run of an action is a process and an SSH connection of its own.
vi.setConfig({ testTimeout: 60_000 });

let actions: BundledActions;
let host: FakeHost;
let workspace: string;

beforeAll(async () => {
  actions = await bundleActions('ssh-deploy');
  await actions.replace('ssh-deploy', 'executor.sh', await fakeExecutor());
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
  await mkdir(join(workspace, 'infra/nginx'), { recursive: true });
  await writeFile(join(workspace, 'infra/nginx/nginx.conf'), 'events {}\n');
  await writeFile(join(workspace, 'infra/prometheus.yml'), 'global: {}\n', { mode: 0o600 });
  await writeFile(join(workspace, '.env.staging.example'), '# A\nKEY=1\n#OFF=1\nNONE=\nURL=$KEY\n');
  await writeFile(
    join(workspace, 'docker-compose.staging.yml'),
    [
      'name: shop-staging',
      'services:',
      '  api:',
      '    build: api',
      '    mem_limit: 1g',
      '  nginx:',
      '    image: nginx:alpine',
      '    ports: ["8081:80"]',
      '    volumes: ["./infra/nginx:/etc/nginx/staging:ro"]',
      '  prometheus:',
      '    image: prom/prometheus:v2.45.0',
      '    profiles: [monitoring]',
      '    volumes: ["./infra/prometheus.yml:/etc/prometheus/prometheus.yml:ro"]',
      '',
    ].join('\n'),
  );
}, 60_000);
afterAll(async () => {
  await actions[Symbol.asyncDispose]();
  await rm(workspace, { recursive: true, force: true });
});
beforeEach(async () => {
  host = await startFakeHost();
});
afterEach(async () => {
  // What the post step of a job does.
  for (const name of await readdir(actions.temporaryDirectory)) {
    if (name.startsWith('ssh-') && !name.startsWith('ssh-deploy')) {
      await closeSession(join(actions.temporaryDirectory, name));
    }
  }
  await host[Symbol.asyncDispose]();
  await rm(join(actions.temporaryDirectory, 'ssh-deploy-released'), { force: true });
});

function deploy(command: string, inputs: Record<string, string> = {}) {
  return actions.run(
    'ssh-deploy',
    { command, ...host.inputs, ...inputs },
    { GITHUB_WORKSPACE: workspace },
  );
}

const stageInputs = { release, images: `api=${digest}` };

/** The verbs of the calls, in order. */
async function verbs(of = host): Promise<string[]> {
  return (await of.calls()).map((call) => call.split(' ')[0] ?? '');
}

describe('what the host is asked for', () => {
  it('is one call each for stage, release, confirm, rollback, status and unlock', async () => {
    for (const verb of ['stage', 'confirm', 'rollback']) await host.answer(verb, { out: done });
    await host.answer('release', { out: `${done}deadline=1767225600\n` });
    expect(await deploy('stage', stageInputs)).toMatchObject({
      exitCode: 0,
      outputs: { release, commit, previous: before },
    });
    const released = await deploy('release', { release, 'confirm-timeout': '600' });
    expect(released).toMatchObject({
      exitCode: 0,
      outputs: { release, previous: before, deadline: '2026-01-01T00:00:00Z' },
    });
    expect(JSON.parse(released.outputs.hosts ?? '')).toEqual([
      { host: '127.0.0.1', release, previous: before, commit },
    ]);
    expect(released.summary).toContain(`<td>${release}</td>`);
    expect(released.summary).toContain('<td>2026-01-01T00:00:00Z</td>');
    expect(released.summary).toContain(`<td>${before}</td>`);
    await deploy('confirm', { release, keep: '3' });
    await deploy('rollback', { force: 'true' });
    await deploy('status');
    await deploy('unlock');
    const calls = await host.calls();
    expect(await verbs()).toEqual(['stage', 'release', 'confirm', 'rollback', 'status', 'unlock']);
    const common = `--owner ${owner} --actor camille --run-url https://github.com/example/shop/actions/runs/7`;
    for (const call of calls.slice(0, 4)) expect(call).toContain(common);
    expect(calls[1]).toContain(`--release ${release}`);
    expect(calls[1]).toContain('--confirm-timeout 600');
    expect(calls[2]).toContain('--keep 3');
    expect(calls[3]).toContain('--force yes');
    expect(calls[4]).toBe(`status --base ${host.baseDirectory} --recent-lines 300`);
    const ids = calls.slice(0, 4).map((call) => /--operation ([0-9a-f]{16})\b/.exec(call)?.[1]);
    expect(new Set(ids).size).toBe(4);
    expect(ids).not.toContain(undefined);
    expect(await host.sshd.connections()).toBe(1);
  });

  it('comes with the release as one archive, and with credentials that nobody else sees', async () => {
    await host.answer('stage', { out: done });
    const password = `p$a"s's\\é`;
    const run = await deploy('stage', {
      ...stageInputs,
      'environment-rules': 'closed\nvariable KEY required\nsecret KEY 32\n',
      'optional-services': 'prometheus',
      registry: 'registry.example',
      'registry-username': 'robot',
      'registry-password': password,
    });
    expect(run).toMatchObject({ exitCode: 0 });
    const payload = await host.payload('stage');
    const end = payload.indexOf('\n');
    const size = Number(payload.subarray(0, end));
    const configuration = payload.subarray(end + 1, end + 1 + size).toString();
    const auth = Buffer.from(`robot:${password}`).toString('base64');
    expect(JSON.parse(configuration)).toEqual({ auths: { 'registry.example': { auth } } });
    const unpacked = await mkdtemp(join(tmpdir(), 'unpacked-'));
    await execa('tar', ['-xz', '-C', unpacked], { input: payload.subarray(end + 1 + size) });
    const { stdout: listed } = await execa('find', ['.', '-type', 'f', '-printf', '%P %m\n'], {
      cwd: unpacked,
    });
    expect(listed.split('\n').sort()).toEqual([
      'docker-compose.staging.yml 644',
      'environment-rules 644',
      'infra/nginx/nginx.conf 644',
      'infra/prometheus.yml 644',
      'manifest.json 644',
      'release.conf 644',
    ]);
    const read = (name: string) => readFile(join(unpacked, name), 'utf8');
    expect(JSON.parse(await read('manifest.json'))).toMatchObject({
      id: release,
      commit,
      images: { api: digest },
      runUrl: 'https://github.com/example/shop/actions/runs/7',
      actor: 'camille',
    });
    expect(await read('environment-rules')).toBe('closed\nvariable KEY required\nsecret KEY 32\n');
    const conf = await read('release.conf');
    const [, hash] = /^mounts=([0-9a-f]{12}):infra\/prometheus\.yml$/m.exec(conf) ?? [];
    expect(conf).toContain(
      `application-services=api\noptional-services=prometheus\nimages=api=${digest}\nproxy=nginx\nproxy-path=infra/nginx\n`,
    );
    expect(conf).toContain(`variables=KEY URL\nmemory=${2 ** 30}\nports=8081\n`);
    const compose = await read('docker-compose.staging.yml');
    const mounts = `${host.baseDirectory}/mounts`;
    expect(compose).toContain(`${mounts}/proxy/infra/nginx:/etc/nginx/staging:ro`);
    expect(compose).toContain(`${mounts}/${hash}/infra/prometheus.yml:/etc/prometheus`);
    expect(compose).toContain(`staging-pipeline.release: api@${release}`);
    await rm(unpacked, { recursive: true });
    expect((await host.calls()).join()).not.toContain(auth);
    const visible = run.log.replaceAll(/::add-mask::.*/g, '');
    expect(visible).not.toContain(password);
    expect(visible).not.toContain(auth);
  });

  it('is nothing but credentials and a name where a release is staged again', async () => {
    await host.answer('restage', { out: done });
    expect(await deploy('stage', { release: '0a1b2c3' })).toMatchObject({ outputs: { release } });
    expect((await host.payload('restage')).toString()).toBe('0\n');
    expect((await host.calls())[0]).toMatch(/^restage .*--release 0a1b2c3 .*--now \d{10}\b/);
  });

  const hostile = ['../x', '; rm -rf /', '$(id)', '`id`', '-rf', 'abcdef', `${release}/..`];

  it.each(hostile)('is nothing where the release is %j', async (name) => {
    for (const command of ['stage', 'release', 'rollback']) {
      const run = await deploy(command, { release: name });
      expect(run).toMatchObject({ exitCode: 1, outputs: {} });
      expect(run.log).toContain(`::error::input release is ${JSON.stringify(name)}: must be`);
    }
    expect(await host.sshd.connections()).toBe(0);
  });

  it('is nothing where the workspace does not fit', async () => {
    const run = await deploy('stage', { ...stageInputs, files: 'infra/nginx' });
    expect(run.log).toContain(
      '::error::service prometheus mounts ./infra/prometheus.yml, which is not among the input files (infra/nginx)',
    );
    expect(await host.sshd.connections()).toBe(0);
  });
});

describe('what the host says', () => {
  it('is shown as it comes, and its reason ends the step', async () => {
    await host.answer('release', {
      err: 'starting api\nerror: api did not become healthy; staging runs the release before\n',
      exit: 1,
    });
    const run = await deploy('release', { release });
    expect(run).toMatchObject({ exitCode: 1, outputs: {} });
    expect(run.log).toContain('\nstarting api\n');
    expect(run.log).toContain(
      '::error::release: api did not become healthy; staging runs the release before',
    );
  });

  it('tells who holds the lock, and what to do', async () => {
    await host.answer('stage', {
      err: 'waiting for the lock\nerror: release x is being deployed by ines since 10:00, until 10:20\nhttps://github.com/example/shop/actions/runs/6\n',
      exit: 75,
    });
    const run = await deploy('stage', stageInputs);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(
      '::error::stage: release x is being deployed by ines since 10:00, until 10:20%0Ahttps://github.com/example/shop/actions/runs/6%0AWait until',
    );
  });

  it('becomes the outputs and the table of status', async () => {
    await host.answer('status', {
      out: [
        `current=${release}`,
        `commit=${commit}`,
        `confirmed=${before}`,
        'transaction-phase=provisional',
        `transaction-release=${release}`,
        `transaction-owner=${owner}`,
        'transaction-actor=camille',
        'transaction-run-url=https://github.com/example/shop/actions/runs/7',
        'transaction-since=1767225000',
        'transaction-deadline=1767225600',
        `transaction-previous=${before}`,
        'held=by ines since 2025-12-31T23:33:20Z: a <demo>: until 16:00',
        `last-outcome=confirmed: release ${before}`,
        `journal=42 ${'ab'.repeat(32)}`,
        `journal-recent=41 ${'cd'.repeat(8)} ${'ab'.repeat(8)}`,
        `entry=${before} confirmed ${'9'.repeat(40)}`,
        `entry=${release} provisional ${commit}`,
        `history=3 2026-01-01T00:00:00Z ${before} released - noor - 40`,
        `history=4 2026-01-01T00:10:00Z ${release} released - camille https://ci/7 41`,
        '',
      ].join('\n'),
    });
    const { outputs, summary } = await deploy('status');
    const journal = `42 ${'ab'.repeat(32)}`;
    expect(outputs).toMatchObject({ current: release, commit, confirmed: before, journal });
    expect(JSON.parse(outputs.releases ?? '')).toEqual([
      {
        id: before,
        commit: '9'.repeat(40),
        state: 'confirmed',
        confirmed: true,
        current: false,
        versions: [3],
      },
      {
        ...{ id: release, commit, state: 'provisional', confirmed: false, current: true },
        versions: [4],
      },
    ]);
    expect(JSON.parse(outputs.transaction ?? '')).toMatchObject({
      phase: 'provisional',
      deadline: '2026-01-01T00:00:00Z',
      previous: before,
    });
    expect(JSON.parse(outputs.status ?? '')).toEqual([
      {
        host: '127.0.0.1',
        current: release,
        commit,
        confirmed: before,
        transaction: JSON.parse(outputs.transaction ?? ''),
        working: '',
        hold: { by: 'ines', since: '2025-12-31T23:33:20Z', reason: 'a <demo>: until 16:00' },
        lastOutcome: `confirmed: release ${before}`,
        lastTransaction: { outcome: 'confirmed', release: before, owner: '' },
        journal: {
          line: 42,
          hash: 'ab'.repeat(32),
          recent: { from: 41, hashes: ['cd'.repeat(8), 'ab'.repeat(8)] },
        },
        releases: JSON.parse(outputs.releases ?? ''),
        history: [
          {
            ...{ number: 3, at: '2026-01-01T00:00:00Z', release: before },
            ...{ how: 'released', by: 'noor', runUrl: '' },
          },
          {
            ...{ number: 4, at: '2026-01-01T00:10:00Z', release },
            ...{ how: 'released', by: 'camille', runUrl: 'https://ci/7' },
          },
        ],
      },
    ]);
    expect(summary).toContain(
      `${release} is provisional, held by camille (https://github.com/example/shop/actions/runs/7) since 2025-12-31T23:50:00Z, until 2026-01-01T00:00:00Z`,
    );
    expect(summary).toContain(
      'Locked by ines since 2025-12-31T23:33:20Z: a &lt;demo&gt;: until 16:00',
    );
    expect(summary).toContain(
      `<tr><td>${release}</td><td>0a1b2c3</td><td>provisional</td><td>yes</td></tr>`,
    );
  });
});

describe('a rollback', () => {
  it('tells which variables come back with other values than the host has now', async () => {
    await host.answer('rollback', {
      out: `release=${release}\ncommit=\nprevious=x\nolder-environment=JWT_KEY SMTP_PASSWORD\njournal=7 ${'0'.repeat(64)}\n`,
    });
    const run = await deploy('rollback');
    const told =
      '127.0.0.1: the release brought its own .env.staging back, with other values than shared/.env.staging has now: JWT_KEY SMTP_PASSWORD';
    expect(run.log).toContain(`::warning::${told}`);
    expect(run.summary).toContain('JWT_KEY SMTP_PASSWORD');
    expect(run.outputs).toMatchObject({ journal: `7 ${'0'.repeat(64)}` });
    expect(run.summary).toContain(`line 7, SHA-256 ${'0'.repeat(64)}`);
  });

  const takenDown = `127.0.0.1: release ${release} was the first one, so it was taken down; nothing is live yet, and the next deploy can start`;

  it('of the first release succeeds, and says that nothing is live', async () => {
    await host.answer('rollback', { out: `release=\ncommit=\nprevious=${release}\n` });
    const run = await deploy('rollback', { leave: release });
    expect(run).toMatchObject({ exitCode: 0, outputs: { release: '', previous: release } });
    expect(run.log).toContain(`::notice::${takenDown}`);
    expect(run.summary).toContain(takenDown);
    expect(run.summary).toContain('<td>(none)</td>');
  });

  it.each([
    ['that went back', `release=${before}\ncommit=\nprevious=${release}\n`],
    ['of what is not live any more', 'release=\ncommit=\nprevious=\n'],
  ])('%s says nothing of the kind', async (_, out) => {
    await host.answer('rollback', { out });
    const run = await deploy('rollback', { leave: release });
    expect(run.exitCode).toBe(0);
    expect(run.log + run.summary).not.toContain('taken down');
  });
});

describe('a rollback after a failure', () => {
  const status = (confirmed: string, transaction = '') =>
    `current=${release}\ncommit=${commit}\nconfirmed=${confirmed}\n${transaction}`;

  it('leaves what every host has confirmed: what failed afterwards says nothing against it', async () => {
    await host.answer('status', { out: status(release) });
    const run = await deploy('rollback', { leave: release });
    expect(run).toMatchObject({ exitCode: 0, outputs: { release, commit, previous: '' } });
    expect(run.log).toContain(`release ${release} is confirmed, and stays: nothing is rolled back`);
    expect(await verbs()).toEqual(['status']);
  });

  it.each([
    ['it is provisional', { out: status(before, 'transaction-phase=provisional\n') }, {}],
    [
      'it is confirmed from before, and released again',
      { out: status(release, 'transaction-phase=provisional\n') },
      {},
    ],
    ['the host does not say how it stands', { out: '', exit: 1, err: 'error: no\n' }, {}],
    ['somebody names where to', { out: status(release) }, { release: before }],
    ['somebody forces it', { out: status(release) }, { force: 'true' }],
  ])('goes back where %s', async (_, answer, others) => {
    await host.answer('status', answer);
    await host.answer('rollback', { out: `release=${before}\ncommit=\nprevious=${release}\n` });
    const run = await deploy('rollback', { leave: release, ...others });
    expect(run).toMatchObject({ exitCode: 0, outputs: { release: before } });
    expect((await verbs()).at(-1)).toBe('rollback');
  });
});

describe('a connection that ends', () => {
  it('is opened again, and the same operation followed to its end', async () => {
    await host.answer('release', { out: done, err: 'switched\n' });
    await host.hold('release');
    await host.cut('release', 'during');
    const started = actions.start('ssh-deploy', { command: 'release', ...host.inputs, release });
    await expect.poll(() => host.calls(), { timeout: 20_000 }).toHaveLength(2);
    await host.letGo('release');
    const run = await started.ended;
    expect(run).toMatchObject({ exitCode: 0, outputs: { release, previous: before } });
    const calls = await host.calls();
    expect(await verbs()).toEqual(['release', 'follow']);
    const [id] = /--operation \S+/.exec(calls[0] ?? '') ?? [];
    expect(calls[1]).toContain(id);
    const [, offset] = /--log-offset (\d+)$/.exec(calls[1] ?? '') ?? [];
    expect([0, 'begun: release\n'.length]).toContain(Number(offset));
    expect(run.log.match(/begun: release/g)).toHaveLength(1);
    expect(run.log).toContain('switched');
  });

  it('before the host has begun means the same call again, whole', async () => {
    await host.answer('stage', { out: done });
    await host.cut('stage', 'before');
    expect(await deploy('stage', stageInputs)).toMatchObject({ exitCode: 0, outputs: { release } });
    const calls = await host.calls();
    expect(await verbs()).toEqual(['stage', 'follow', 'stage']);
    expect(new Set(calls.map((call) => /--operation \S+/.exec(call)?.[0])).size).toBe(1);
    expect((await host.payload('stage')).subarray(0, 2).toString()).toBe('0\n');
    expect((await host.payload('stage')).length).toBeGreaterThan(300);
  });

  it('is not the same as work that died on the host, which is put right', async () => {
    await host.answer('release', { err: 'error: the operation died in step switch\n', exit: 70 });
    await host.answer('recover', { out: `release=${before}\ncommit=\nprevious=\n` });
    const run = await deploy('release', { release });
    expect(await verbs()).toEqual(['release', 'recover']);
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(
      `::error::release: the operation died in step switch. Staging has been put right and runs release ${before}. Deploy again.`,
    );
    await host.answer('recover', { err: 'error: no engine\n', exit: 1 });
    expect((await deploy('release', { release })).log).toContain(
      '::error::release: the operation died in step switch, and staging could not be put right: recover: no engine',
    );
  });
});

// One machine plays them all: each has an sshd, a port and a fake of its own.
describe('several hosts', () => {
  let other: FakeHost;
  beforeEach(async () => {
    other = await startFakeHost(host);
  });
  afterEach(() => other[Symbol.asyncDispose]());

  const inputs = () => ({
    host: `127.0.0.1\n127.0.0.1:${other.sshd.port}`,
    'known-hosts': `${host.sshd.knownHosts}\n${other.sshd.knownHosts}`,
    'base-directory': host.baseDirectory,
  });
  const name = () => `127.0.0.1:${other.sshd.port}`;
  const answerBoth = async (verb: string, answer: Answer) => {
    await host.answer(verb, answer);
    await other.answer(verb, answer);
  };

  it('stage the same release and switch only when all are ready', async () => {
    for (const verb of ['stage', 'prepare', 'switch']) {
      await answerBoth(verb, { out: done, err: `${verb} on a host\n` });
    }
    const run = await deploy('stage', { ...stageInputs, release: '', ...inputs() });
    expect(run).toMatchObject({ exitCode: 0, outputs: { release } });
    const ids = [host, other].map(
      async (each) => /--release (\S+)/.exec((await each.calls())[0] ?? '')?.[1],
    );
    const [first, second] = await Promise.all(ids);
    expect(first).toMatch(/^\d{8}T\d{6}Z-0a1b2c3$/);
    expect(second).toBe(first);
    const released = await deploy('release', { release, ...inputs() });
    expect(JSON.parse(released.outputs.hosts ?? '')).toEqual([
      { host: '127.0.0.1', release, previous: before, commit },
      { host: name(), release, previous: before, commit },
    ]);
    expect(released.log).toContain(`[127.0.0.1] prepare on a host`);
    expect(released.log).toContain(`[${name()}] switch on a host`);
    for (const each of [host, other])
      expect(await verbs(each)).toEqual(['stage', 'prepare', 'switch']);
  });

  it('give up where one cannot stage or prepare', async () => {
    await host.answer('stage', { out: done });
    await other.answer('stage', { err: 'error: the disk is full\n', exit: 1 });
    const run = await deploy('stage', { ...stageInputs, ...inputs() });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(
      `::error::stage: failed on ${name()}.%0A  ${name()}: stage: the disk is full%0ANothing was switched; the release was given up on 127.0.0.1 too.`,
    );
    expect(await verbs(host)).toEqual(['stage', 'abort']);
    expect(await verbs(other)).toEqual(['stage']);
    await host.answer('prepare', { err: 'error: api is not healthy\n', exit: 1 });
    const prepared = await deploy('release', { release, ...inputs() });
    expect(prepared.log).toContain('::error::prepare: failed on 127.0.0.1.%0A');
    expect((await verbs(host)).slice(2)).toEqual(['prepare']);
    expect((await verbs(other)).slice(1)).toEqual(['prepare', 'abort']);
  });

  it('go back together where one cannot switch', async () => {
    await answerBoth('switch', { out: done });
    await host.answer('switch', { err: 'error: nginx did not reload\n', exit: 1 });
    const run = await deploy('release', { release, ...inputs() });
    expect(run.exitCode).toBe(1);
    expect(run.log).toContain(
      `::error::switch: failed on 127.0.0.1.%0A  127.0.0.1: switch: nginx did not reload%0A${name()} went back to what was live before.`,
    );
    expect(await verbs(host)).toEqual(['prepare', 'switch']);
    expect(await verbs(other)).toEqual(['prepare', 'switch', 'rollback']);
    expect((await other.calls()).at(-1)).toContain(`--leave ${release}`);
  });

  it('give up a commit that means another release on each', async () => {
    await host.answer('restage', { out: done });
    await other.answer('restage', { out: `release=${before}\n` });
    const run = await deploy('stage', { release: '0a1b2c3', ...inputs() });
    expect(run.log).toContain(
      `::error::restage: the hosts found different releases: 127.0.0.1 has ${release}, ${name()} has ${before}. Name the release by its id.`,
    );
    for (const each of [host, other]) expect(await verbs(each)).toEqual(['restage', 'abort']);
  });

  it('are not asked for anything where one cannot be reached', async () => {
    const run = await deploy('rollback', { ...inputs(), 'known-hosts': host.sshd.knownHosts });
    expect(run.log).toContain('::error::connecting: not every host can be reached');
    expect(run.log).toContain(`  ${name()}: SSH connection to`);
    expect([...(await host.calls()), ...(await other.calls())]).toEqual([]);
  });
});

describe('a cancelled run', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s, and the host goes on', async (signal) => {
    await host.answer('release', { out: done });
    await host.hold('release');
    const started = actions.start('ssh-deploy', { command: 'release', ...host.inputs, release });
    await expect.poll(() => host.calls(), { timeout: 20_000 }).toHaveLength(1);
    started.kill(signal);
    const run = await started.ended;
    expect(run.exitCode).toBe(signal === 'SIGINT' ? 130 : 143);
    expect(run.log).toContain(
      `::error::release was cancelled (${signal}). The host finishes by itself, whole: with the new release, which it takes back unless somebody confirms it within 900 s`,
    );
    await host.letGo('release');
    await expect.poll(() => host.hasEnded(), { timeout: 20_000 }).toBe(true);
    await actions.runPost('ssh-deploy', run.state, { command: 'release', ...host.inputs, release });
    const directory = run.state['ssh-directory'] ?? '';
    expect(directory).toContain(actions.temporaryDirectory);
    expect(existsSync(directory)).toBe(false);
  });
});

describe('the post step', () => {
  const staged = (phase: string, by = owner) =>
    `current=${before}\ncommit=\nconfirmed=${before}\ntransaction-phase=${phase}\ntransaction-release=${release}\ntransaction-owner=${by}\n`;
  const inputs = () => ({ command: 'stage', ...host.inputs, ...stageInputs });

  it('gives up what was staged and not released, and only that', async () => {
    await host.answer('stage', { out: done });
    const { state } = await deploy('stage', stageInputs);
    const asked = [
      [staged('staged'), ['status', 'abort']],
      [`${staged('staging')}working=stage x by ${owner}\n`, ['status', 'abort']],
      [staged('prepared'), ['status', 'abort']],
      [`${staged('releasing')}working=release x by ${owner}\n`, ['status']],
      [`${staged('prepared')}working=switch x by ${owner}\n`, ['status']],
      [staged('provisional'), ['status']],
      [staged('staged', 'example/shop#8'), ['status']],
      [`current=${before}\ncommit=\nconfirmed=\n`, ['status']],
    ] as const;
    for (const [out, expected] of asked) {
      await host.answer('status', { out });
      const from = (await host.calls()).length;
      const run = await actions.runPost('ssh-deploy', state, inputs());
      expect(run).toMatchObject({ exitCode: 0 });
      expect(run.log.includes('was staged and not released')).toBe(expected.length === 2);
      expect((await verbs()).slice(from)).toEqual(expected);
    }
  });

  it('asks nothing after a job that released', async () => {
    await host.answer('stage', { out: done });
    await host.answer('release', { out: done });
    const { state } = await deploy('stage', stageInputs);
    const { state: later } = await deploy('release', { release });
    const connections = await host.sshd.connections();
    expect(await actions.runPost('ssh-deploy', later, inputs())).toMatchObject({ exitCode: 0 });
    expect(await actions.runPost('ssh-deploy', state, inputs())).toMatchObject({ exitCode: 0 });
    expect(await host.sshd.connections()).toBe(connections);
    expect(await verbs()).toEqual(['stage', 'release']);
  });

  it('turns no job red where the host cannot be asked', async () => {
    const state = { 'staged-release': release };
    const run = await actions.runPost('ssh-deploy', state, { ...inputs(), port: '1' });
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('::warning::the release that this job staged could not be given up');
    expect(await actions.runPost('ssh-deploy', {})).toMatchObject({ exitCode: 0, log: '' });
  });

  it('wipes what a killed run left', async () => {
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
  });
});
