import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { instanceIn } from '../../scripts/local/surroundings/instance.ts';
import { resolveTarget } from '../../scripts/staging/target.ts';
import { timeAndDistance } from '../../scripts/staging/times.ts';
import { smallProject } from '../unit/small-project.ts';
import { AdoptingRepository } from './adopting-repository.ts';
import { type FakeHost, startFakeHost } from './fake-host.ts';

const file = fileURLToPath(new URL('staging-with-fake-executor.ts', import.meta.url));
const release = '20260101T000000Z-0a1b2c3';
const before = '20251231T000000Z-9876543';
const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';

vi.setConfig({ testTimeout: 60_000 });

let host: FakeHost;
let repository: AdoptingRepository;
let directory: string;
let target: readonly string[];

beforeAll(async () => {
  host = await startFakeHost();
  repository = await AdoptingRepository.make();
});
afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
  await repository?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'cli-'));
  await writeFile(join(directory, 'key'), host.sshd.privateKey);
  await writeFile(join(directory, 'known_hosts'), host.sshd.knownHosts);
  await mkdir(join(directory, 'tmp'));
  target = [
    ...['--host', '127.0.0.1', '--port', String(host.sshd.port), '--user', host.sshd.user],
    ...['--identity', join(directory, 'key'), '--known-hosts', join(directory, 'known_hosts')],
    ...['--base-directory', host.baseDirectory],
  ];
});
afterEach(async () => {
  // Neither a key nor a socket stays behind.
  expect(await readdir(join(directory, 'tmp'))).toEqual([]);
  await rm(directory, { recursive: true, force: true });
});

const node = [process.execPath, '--conditions=source', file] as const;

/** Runs the command line; the options come after the command, as people write them. */
function start(
  words: readonly string[],
  environment: Record<string, string> = {},
  [program, ...first]: readonly [string, ...string[]] = node,
  input?: string,
) {
  return execa(program, [...first, ...words], {
    cwd: join(repository.path, 'pipeline'),
    ...(input !== undefined && { input }),
    reject: false,
    extendEnv: false,
    timeout: 60_000,
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      XDG_CACHE_HOME: join(directory, 'cache'),
      TMPDIR: join(directory, 'tmp'),
      ...environment,
    },
  });
}

const run = (...words: string[]) => start([...words, ...target]);

async function newCalls(work: () => Promise<unknown>): Promise<string[]> {
  const from = (await host.calls()).length;
  await work();
  return (await host.calls()).slice(from);
}

const status = [
  `current=${release}`,
  `commit=${commit}`,
  `confirmed=${before}`,
  'transaction-phase=provisional',
  `transaction-release=${release}`,
  'transaction-owner=example/shop#7',
  'transaction-actor=camille',
  'transaction-run-url=https://github.com/example/shop/actions/runs/7',
  'transaction-since=1767225600',
  'transaction-deadline=4102444800',
  `transaction-previous=${before}`,
  'held-by=ines',
  'held-since=1767225600',
  'held-reason=Demo',
  'last-outcome=rolled back by the host: not confirmed before 10:00',
  `entry=${before} confirmed ${'9'.repeat(40)}`,
  `entry=${release} provisional ${commit}`,
  '',
].join('\n');

describe('status and releases', () => {
  beforeEach(() => host.answer('status', { out: status }));

  it('are tables, with times as they are and as they feel', async () => {
    const { exitCode, stdout, stderr } = await run('status');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Live {10}20260101T000000Z-0a1b2c3, made 2026-01-01 00:00:00Z \(\d+ d ago\)$/m,
    );
    expect(stdout).toContain(`Transaction   ${release} is provisional, before it ${before}`);
    expect(stdout).toContain(
      '  held by     camille (https://github.com/example/shop/actions/runs/7)',
    );
    expect(stdout).toMatch(/^ {2}until {7}2100-01-01 00:00:00Z \(in \d+ d\)$/m);
    expect(stdout).toMatch(/^Locked {8}Demo\n {2}by {10}ines$/m);
    expect(stdout).toContain('Last outcome  rolled back by the host');
    expect((await run('releases')).stdout.split('\n')).toEqual([
      expect.stringMatching(/^RELEASE {19}COMMIT {3}STATE {8}LIVE {2}MADE$/),
      expect.stringMatching(
        /^20260101T000000Z-0a1b2c3 {2}0a1b2c3 {2}provisional {2}yes {3}2026-01-01 00/,
      ),
      expect.stringMatching(/^20251231T000000Z-9876543 {2}9999999 {2}confirmed {10}2025-12-31 00/),
    ]);
  });

  it('say of a release that staging went back from when, by whom and why', async () => {
    const left = `left=${before} 2026-01-01T00:00:00Z cli:ines@laptop rolled back to ${release}\n`;
    await host.answer('status', {
      out: status.replace(`${before} confirmed`, `${before} rolled-back`) + left,
    });
    const { stdout } = await run('status');
    expect(stdout).toMatch(/^RELEASE .* MADE +WHY$/m);
    expect(stdout).toMatch(
      new RegExp(
        `^${before}  9999999  rolled-back .*  rolled back to ${release}, by cli:ines@laptop, 2026-01-01 00:00:00Z \\(`,
        'm',
      ),
    );
    expect(JSON.parse((await run('releases', '--json')).stdout)).toMatchObject([
      {
        ...{ id: before, state: 'rolled-back' },
        left: {
          at: '2026-01-01T00:00:00Z',
          by: 'cli:ines@laptop',
          why: `rolled back to ${release}`,
        },
      },
      { id: release },
    ]);
  });

  it('are JSON for programs', async () => {
    const { stdout } = await run('status', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      host: `127.0.0.1:${host.sshd.port}`,
      current: release,
      transaction: { phase: 'provisional', deadline: '2100-01-01T00:00:00Z' },
      hold: { by: 'ines', reason: 'Demo' },
      releases: [
        { id: before, state: 'confirmed' },
        { id: release, current: true },
      ],
    });
    expect(JSON.parse((await run('releases', '--json')).stdout)).toMatchObject([
      { id: before, current: false },
      { id: release, current: true },
    ]);
  });

  it('number what was live, and say which number is', async () => {
    const history = [
      `history=11 2025-12-31T00:00:00Z ${before} released - camille - 10`,
      `history=12 2026-01-01T00:00:00Z ${release} released - camille - 20`,
      `history=13 2026-01-01T01:00:00Z ${before} rolled-back 11 cli:ines@laptop - 30`,
    ].join('\n');
    await host.answer('status', {
      out: `${status.replace(`current=${release}`, `current=${before}`)}${history}\n`,
    });
    expect((await run('status')).stdout).toMatch(
      /^Version {7}v13: rolled back to v11's release, by cli:ines@laptop, 2026-01-01 01:00:00Z \(/m,
    );
    const { stdout } = await run('releases');
    expect(stdout).toMatch(/^VERSION {3}RELEASE .*\nv12 {7}20260101.*\nv13, v11 {2}20251231/m);
    expect(stdout).toMatch(/\n\nVERSION {2}SINCE .*\nv13 .* rolled back to v11's release .*\nv12 /);
  });

  it('know the host from variables too', async () => {
    const { exitCode, stdout } = await start(['status', '--json'], {
      STAGING_HOST: '127.0.0.1',
      STAGING_SSH_PORT: String(host.sshd.port),
      STAGING_SSH_USER: host.sshd.user,
      STAGING_SSH_KEY_FILE: join(directory, 'key'),
      STAGING_KNOWN_HOSTS_FILE: join(directory, 'known_hosts'),
      STAGING_BASE_DIRECTORY: host.baseDirectory,
    });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ current: release });
  });
});

describe('rollback', () => {
  const plan = `leave=${release}\nrelease=${before}\nwould=start api of ${before}\nwould=switch nginx\n`;

  beforeEach(async () => {
    await host.answer('status', { out: status });
    // Of the dry run the first lines count, of the rollback itself the others.
    await host.answer('rollback', { out: `${plan}previous=${release}\n`, err: 'at work\n' });
  });

  /** The calls of the executor besides the questions. */
  const rollbacks = (calls: readonly string[]) =>
    calls.filter((call) => call.startsWith('rollback '));

  it('says where it goes, goes there and nowhere else, and says the same afterwards', async () => {
    const calls = await newCalls(async () => {
      const { exitCode, stdout, stderr } = await run('rollback', '--force', '--yes');
      expect(stdout.split('\n')).toEqual([
        `would start api of ${before}`,
        'would switch nginx',
        `Staging runs ${before} again; before it ran ${release}.`,
      ]);
      expect(stderr).toContain('at work');
      expect(exitCode).toBe(0);
    });
    const [dry = '', done = '', ...others] = rollbacks(calls);
    expect(others).toEqual([]);
    expect(dry).toContain('--dry-run yes');
    expect(dry).not.toMatch(/--(release|leave)/);
    expect(done).toContain(
      `--base ${host.baseDirectory} --release ${before} --leave ${release} --owner cli:`,
    );
    expect(done).not.toContain('--dry-run');
    for (const call of [dry, done]) expect(call).toContain('--force yes');
  });

  it('names a release that is asked for', async () => {
    const calls = await newCalls(() => run('rollback', before, '--yes'));
    for (const call of rollbacks(calls)) expect(call).toContain(`--release ${before}`);
  });

  it('says that the first release is taken down', async () => {
    await host.answer('rollback', {
      out: `leave=${release}\nrelease=\nwould=take down ${release}\nprevious=${release}\n`,
    });
    const calls = await newCalls(async () => {
      const { exitCode, stdout } = await run('rollback', '--yes');
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`Nothing is live: ${release}, the first release, was taken down.`);
    });
    expect(rollbacks(calls)[1]).toContain(`--leave ${release} `);
    expect(rollbacks(calls)[1]).not.toContain('--release');
  });

  it('says so where others had gone there already', async () => {
    await host.answer('rollback', { out: `${plan}previous=\n` });
    const { exitCode, stdout } = await run('rollback', '--yes');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`Staging runs ${before}: somebody had left ${release} already.`);
  });

  it('refuses without a terminal, before it asks the host for anything', async () => {
    const calls = await newCalls(async () => {
      const { exitCode, stdout, stderr } = await run('rollback');
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain('there is no terminal to ask at: give --yes');
    });
    expect(calls).toEqual([]);
  });

  describe('at a terminal', () => {
    /** Answers the question with the text, as somebody who types it. */
    async function answering(text: string) {
      const quoted = [...node, 'rollback', ...target].map((word) => `'${word}'`);
      const terminal = start([], {}, ['script', '-qec', quoted.join(' '), '/dev/null'], text);
      return await terminal;
    }

    it.each([
      ['y\n', 0, 'again; before it ran'],
      ['yes\n', 0, 'again; before it ran'],
      ['n\n', 1, 'the answer was not yes: nothing was changed'],
      ['\n', 1, 'the answer was not yes: nothing was changed'],
      ['sure\n', 1, 'the answer was not yes: nothing was changed'],
      // The end of the input, as Ctrl-D gives it.
      ['\u0004', 1, 'the answer was not yes: nothing was changed'],
    ] as const)(
      'asks with the names of both, and takes %j for what it is',
      async (text, code, says) => {
        const calls = await newCalls(async () => {
          const { exitCode, stdout } = await answering(text);
          expect(stdout).toContain(`runs ${release} (commit 0a1b2c3, made 2026-01-01 00:00:00Z`);
          expect(stdout).toMatch(
            new RegExp(`Go back to ${before} \\(commit 9999999, made 2025-12-31 .*\\? \\[y/N\\]`),
          );
          expect(stdout).toContain(says);
          expect(exitCode).toBe(code);
        });
        expect(rollbacks(calls)).toHaveLength(code === 0 ? 2 : 1);
      },
    );
  });

  it('does nothing but say it in a dry run, and stops where the host refuses', async () => {
    const dry = await newCalls(async () => {
      expect((await run('rollback', '--dry-run')).stdout).not.toContain('again');
    });
    expect(dry).toEqual([expect.stringContaining('--dry-run yes')]);
    expect(dry[0]).not.toContain('--release');
    await host.answer('rollback', { err: 'error: the schema has moved on\n', exit: 1 });
    const refused = await newCalls(async () => {
      const { exitCode, stderr } = await run('rollback', '--yes');
      expect(exitCode).toBe(1);
      expect(stderr).toContain('Error: rollback: the schema has moved on');
    });
    expect(refused).toHaveLength(1);
  });

  it('goes on at the host after Ctrl-C', async () => {
    await host.hold('rollback');
    const from = (await host.calls()).length;
    const running = start(['rollback', '--yes', ...target]);
    await expect.poll(() => host.calls(), { timeout: 20_000 }).toHaveLength(from + 1);
    running.kill('SIGINT');
    const { exitCode, stderr } = await running;
    await host.letGo('rollback');
    expect(exitCode).toBe(130);
    expect(stderr).toContain('What has begun on the host goes on there');
  });
});

describe('lock, unlock, logs and journal', () => {
  it('lock with a reason and unlock, with the name of who did it', async () => {
    await host.answer('lock', {});
    await host.answer('unlock', {
      out: 'would=remove the hold of ines\nunlocked=the hold of ines\n',
    });
    const calls = await newCalls(async () => {
      expect(await run('lock', "Demo for QA, it's today")).toMatchObject({
        exitCode: 0,
        stdout: 'No deploy starts until it is unlocked.',
      });
      expect((await run('unlock')).stdout).toBe('Unlocked: the hold of ines');
      expect((await run('unlock', '--force', '--dry-run')).stdout).toBe(
        'would remove the hold of ines',
      );
    });
    expect(calls[0]).toMatch(
      /^lock --base \S+ --owner cli:\S+@\S+ --actor \S+ --reason Demo for QA, it's today$/,
    );
    expect(calls[1]).toMatch(/^unlock --base \S+ --owner \S+ --actor \S+$/);
    expect(calls[2]).toMatch(/--force yes --dry-run yes$/);
  });

  it('logs as the service wrote them', async () => {
    await host.answer('logs', { out: 'api | a=1\napi | é\n' });
    const calls = await newCalls(async () => {
      expect((await run('logs', 'api', '--tail', '20')).stdout).toBe('api | a=1\napi | é');
      await run('logs');
    });
    expect(calls[0]).toBe(`logs --base ${host.baseDirectory} --tail 20 --services api`);
    expect(calls[1]).toBe(`logs --base ${host.baseDirectory} --tail 200`);
  });

  const entry = {
    seq: 12,
    at: '2026-01-01T00:00:00Z',
    operation: '00',
    owner: 'example/shop#7',
    verb: 'release',
    release,
    step: 'switch',
    event: 'done',
    detail: 'a=b',
    previous: '0'.repeat(64),
  };

  it('journal as a table and as JSON', async () => {
    await host.answer('journal', { out: `line=${JSON.stringify(entry)}\nverified=12\n` });
    const { stdout } = await run('journal', '--lines', '1');
    expect(stdout).toMatch(
      /^12 {6}2026-01-01 00:00:00Z \(\d+ d ago\) {2}example\/shop#7 {2}release {2}20260101T000000Z-0a1b2c3 {2}switch {2}done {3}a=b$/m,
    );
    expect(stdout).toContain('Verified: 12 lines');
    expect(JSON.parse((await run('journal', '--json')).stdout)).toEqual([entry]);
    expect((await host.calls()).at(-1)).toBe(`journal --base ${host.baseDirectory} --lines 40`);
  });

  it('audit by what was done, verified or not', async () => {
    const line = { ...entry, actor: 'camille', run: 'https://ci/7', step: 'outcome' };
    const out = `line=${JSON.stringify({ ...line, detail: `confirmed: release ${release}` })}\n`;
    await host.answer('journal', { out: `${out}verified=12\n` });
    const { stdout } = await run('audit', '--lines', '5');
    expect(stdout).toMatch(/^Verified: 12 lines.*\n\nNUMBER /);
    expect(stdout).toMatch(
      /\n12 .* camille {2}deploy 20260101\S+ {2}confirmed {2}https:\/\/ci\/7$/,
    );
    expect(JSON.parse((await run('audit', '--json')).stdout)).toMatchObject({
      ...{ verified: 12, deeds: [{ number: 12, who: 'camille', outcome: 'confirmed' }] },
    });
    await host.answer('journal', { out, err: 'error: line 7 was changed\n', exit: 1 });
    const changed = await run('audit');
    expect(changed.exitCode).toBe(1);
    expect(changed.stdout).toMatch(/^NOT VERIFIED: [^\n]+\n\nNUMBER .*\n12 .* camille/);
    expect(changed.stderr).toContain('Error: journal: line 7 was changed');
    const json = await run('audit', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ verified: false, deeds: [{ number: 12 }] });
    expect(json.exitCode).toBe(1);
  });

  it('journal with a line that a crash cut off', async () => {
    const out = `line={"seq":11,"at":"2026\nline=${JSON.stringify(entry)}\nverified=11\ntorn=1\n`;
    await host.answer('journal', { out });
    const { exitCode, stdout } = await run('journal');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('cut off: {"seq":11,"at":"2026');
    expect(stdout).toContain('Verified: 11 lines');
    expect(JSON.parse((await run('journal', '--json')).stdout)).toEqual([
      { cutOff: '{"seq":11,"at":"2026' },
      entry,
    ]);
  });

  it('journal that somebody changed', async () => {
    await host.answer('journal', { err: 'error: line 7 does not fit\n', exit: 1 });
    const { exitCode, stderr } = await run('journal');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Error: journal: line 7 does not fit');
  });
});

describe('wrong use', () => {
  it.each([
    [['frob'], "unknown command 'frob'"],
    [['status', '--frob'], "unknown option '--frob'"],
    [['rollback', 'latest; id'], 'It must be a release id, such as'],
    [['logs', '$(id)'], 'It must be the name of a service'],
    [['logs', '--tail', '0'], 'It must be a number from 1 to 999999'],
    [['logs', '--grep', 'a\nb'], 'It must be text on one line'],
    [['exec', 'api'], "missing required argument 'command'"],
    [['exec', 'api', '-e', 'A=b', '--', 'id'], 'It must be the name of a variable'],
    [['lock', 'a\nb'], 'It must have 1 to 200 letters'],
    [['lock'], "missing required argument 'reason'"],
    [['status'], 'no staging host is named, and none runs on this machine. Name it with --host'],
    [['status', '--host', 'x'], '--identity is missing'],
    [['status', '--host', 'x', '--identity', '/nonexistent'], '--identity: /nonexistent cannot be'],
  ])('%j has the exit code 2', async (words, message) => {
    const connections = await host.sshd.connections();
    const { exitCode, stdout, stderr } = await start(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(await host.sshd.connections()).toBe(connections);
  });

  it('of options is told in the words of the command line', async () => {
    const { exitCode, stderr } = await start(['status', ...target, '--port', '0']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Error: --port is "0": must be a number from 1 to 65535');
    await writeFile(join(directory, 'key'), 'no key');
    expect((await run('status')).stderr).toContain('Error: --identity is malformed');
  });

  it('is none where somebody asks for help', async () => {
    const { exitCode, stdout } = await start(['--help']);
    expect(exitCode).toBe(0);
    for (const text of ['npm run staging -- rollback --dry-run', 'STAGING_HOST', 'Exit codes']) {
      expect(stdout).toContain(text);
    }
  });
});

it('means the host of npm start where nobody names one', async () => {
  const local = { ...instanceIn(0, smallProject(), 'example/shop', 'local'), directory };
  await writeFile(join(directory, 'ssh-key'), 'a key');
  expect(await resolveTarget({}, async () => local)).toEqual({
    name: `127.0.0.1:${local.ports.ssh}`,
    connection: expect.objectContaining({
      host: '127.0.0.1',
      port: local.ports.ssh,
      user: 'deploy',
      privateKey: 'a key',
      knownHosts: host.sshd.knownHosts,
    }),
    baseDirectory: '/srv/shop',
  });
});

it('tells times from both sides', () => {
  const now = new Date('2026-01-31T12:00:00Z');
  const told = (text: string) => timeAndDistance(text, now);
  expect(told('2026-01-31T11:59:50Z')).toBe('2026-01-31 11:59:50Z (10 s ago)');
  expect(told('2026-01-31T12:14:59Z')).toBe('2026-01-31 12:14:59Z (in 14 min)');
  expect(told('2026-01-31T09:00:00Z')).toBe('2026-01-31 09:00:00Z (3 h ago)');
  expect(told('2026-01-29T00:00:00Z')).toBe('2026-01-29 00:00:00Z (2 d ago)');
  expect(told('soon')).toBe('soon');
});

describe('migrations', () => {
  const plan = {
    current: ['a1'],
    target: ['b2'],
    heads: ['b2'],
    revisions: [
      {
        revision: 'b2',
        parents: ['a1'],
        message: 'City',
        breaking: '',
        allowed: {},
        autocommit: false,
        sql: 'ALTER TABLE customers ADD COLUMN city text;',
        withoutSql: '',
      },
    ],
    history: [
      { revision: 'b2', parents: ['a1'], message: 'City', applied: false },
      { revision: 'a1', parents: [], message: 'Customers', applied: true },
    ],
    databaseBytes: 1,
    serverVersion: 150_000,
    database: { name: 'azals', server: '1' },
  };
  beforeAll(() =>
    host.answer('migrate-plan', { out: `release=${release}\nplan=${JSON.stringify(plan)}\n` }),
  );

  it('are planned and shown without changing anything', async () => {
    const calls = await newCalls(async () => {
      const planned = await run('migrations', 'plan', '--lint', 'off');
      expect(planned.stdout).toContain('from a1 to b2:\n  b2 City\n');
      expect(planned.stdout).toContain('ALTER TABLE customers ADD COLUMN city text;');
      const shown = await run('migrations', 'history');
      expect(shown.stdout.split('\n')).toEqual([
        'REVISION  STATE    MESSAGE',
        'b2        to come  City',
        'a1        applied  Customers',
      ]);
    });
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['migrate-plan', 'migrate-plan']);
  });

  it('are applied with the live release, or a named one', async () => {
    await host.answer('migrate', { out: 'from=a1\nto=b2\nbackup=/srv/b.dump\n' });
    const calls = await newCalls(async () => {
      const done = await run('migrations', 'apply', '--lint', 'off', '--on-failure', 'keep');
      expect(done.stdout).toBe('The database is at b2; it was at a1. Backup: /srv/b.dump');
    });
    expect(calls.at(-1)).toMatch(
      new RegExp(`^migrate .*--release ${release} .*--owner cli:.*--from a1 --on-failure keep`),
    );
  });

  it('are undone by a backup, which is named or listed', async () => {
    await host.answer('backups', { out: 'backup=x-a1.dump 2048 2026-01-01T00:00:00Z\n' });
    expect((await run('migrations', 'restore')).stdout.split('\n')).toEqual([
      'BACKUP     BYTES  TIME',
      'x-a1.dump  2048   2026-01-01T00:00:00Z',
    ]);
    await host.answer('restore', { out: 'backup=/srv/before.dump\nrestored=x-a1.dump\nto=a1\n' });
    const calls = await newCalls(async () => {
      const restored = await run('migrations', 'restore', 'x-a1.dump');
      expect(restored.stdout).toContain('The database is that of x-a1.dump, at a1.');
      expect(restored.stdout).toContain('What was there before is in /srv/before.dump.');
    });
    expect(calls.at(-1)).toMatch(/^restore .*--backup x-a1\.dump/);
    expect((await run('migrations', 'restore', '../x.dump')).exitCode).toBe(2);
  });
});
