import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { type FakeHost, fakeExecutor, startFakeHost } from './fake-host.ts';
import { type BundledActions, bundleActions } from './run-action.ts';
import { processesNaming } from './ssh-session.ts';

const release = '20260101T000000Z-0a1b2c3';

// Every run of an action is a process and an SSH connection of its own.
vi.setConfig({ testTimeout: 60_000 });

let actions: BundledActions;
let host: FakeHost;

beforeAll(async () => {
  actions = await bundleActions('run-migrations');
  await actions.replace('run-migrations', 'executor.sh', await fakeExecutor());
}, 60_000);
afterAll(() => actions[Symbol.asyncDispose]());
beforeEach(async () => {
  host = await startFakeHost();
});
afterEach(async () => {
  for (const state of states.splice(0)) await actions.runPost('run-migrations', state);
  await host[Symbol.asyncDispose]();
});

const states: Record<string, string>[] = [];

async function migrate(inputs: Record<string, string> = {}) {
  const all = { ...host.inputs, release, lint: 'off', ...inputs };
  const run = await actions.run('run-migrations', all);
  states.push(run.state);
  return run;
}

function revision(id: string, message: string) {
  const nothing = { parents: [], breaking: '', allowed: {}, autocommit: false, withoutSql: '' };
  return { revision: id, message, sql: `CREATE TABLE ${id} (a text DEFAULT '<x>');`, ...nothing };
}

async function answerPlan(current: string[], ...revisions: ReturnType<typeof revision>[]) {
  const plan = {
    current,
    target: ['c3'],
    heads: ['c3'],
    revisions,
    history: [],
    databaseBytes: 1,
    serverVersion: 150_000,
    database: { name: 'azals', server: '1' },
  };
  await host.answer('migrate-plan', { out: `release=${release}\nplan=${JSON.stringify(plan)}\n` });
}

it('asks for the plan, then has the host migrate, and reports from where to where', async () => {
  await answerPlan(['a1'], revision('b2', 'Users'), revision('c3', 'Add <city>'));
  await host.answer('migrate', {
    out: 'backup=/srv/b.dump\nbackup-bytes=2048\nbackup-ms=12\nfrom=a1\nran={"revision": "b2", "ms": 7}\ndrift=["add column t.x"]\nto=c3\n',
  });
  const run = await migrate({ 'on-failure': 'keep', 'statement-timeout': '60' });
  expect(run).toMatchObject({
    exitCode: 0,
    outputs: { from: 'a1', to: 'c3', backup: '/srv/b.dump' },
  });
  expect(JSON.parse(run.outputs.applied ?? '')).toEqual([
    { revision: 'b2', message: 'Users' },
    { revision: 'c3', message: 'Add <city>' },
  ]);
  expect(run.summary).toContain('<h3>Migrations: a1 → c3</h3>');
  expect(run.summary).toContain('<td>b2</td><td>Users</td><td></td><td>7 ms</td>');
  expect(run.summary).toContain("CREATE TABLE c3 (a text DEFAULT '&lt;x&gt;');");
  expect(run.summary).toContain('Backup: /srv/b.dump (2 KiB, 12 ms)');
  const [plan, call] = await host.calls();
  expect(plan).toMatch(/^migrate-plan .*--release 20260101T000000Z-0a1b2c3 .*--target head/);
  expect(call).toMatch(/^migrate .*--from a1 --on-failure keep .*--statement-timeout 60 /);
  const [, bytes = '', driver = ''] =
    /^(\d+)\n([\s\S]*)$/.exec((await host.payload('migrate')).toString()) ?? [];
  expect(Buffer.byteLength(driver)).toBe(Number(bytes));
  expect(driver).toContain('def main(words');
  expect(await host.sshd.connections()).toBe(1);
});

it('migrates nothing that is there already, and nothing in a dry run', async () => {
  await answerPlan(['c3']);
  expect(await migrate()).toMatchObject({
    exitCode: 0,
    outputs: { from: 'c3', to: 'c3', applied: '[]', backup: '' },
  });
  await answerPlan(['a1'], revision('c3', 'City'));
  expect(await migrate({ 'dry-run': 'true' })).toMatchObject({
    exitCode: 0,
    outputs: { from: 'a1', to: 'a1', applied: '[]' },
  });
  expect((await host.calls()).filter((call) => call.startsWith('migrate '))).toEqual([]);
});

it('tells what became of the database when the migration failed', async () => {
  await answerPlan(['a1'], revision('c3', 'City'));
  await host.answer('migrate', {
    out: 'from=a1\nto=a1\nbackup=/srv/b.dump\nbackup-bytes=6000\noutcome=nothing changed: the database is at a1 as before\n',
    err: 'error: c3 failed: out of luck; nothing changed: the database is at a1 as before\n',
    exit: 1,
  });
  const run = await migrate();
  expect(run).toMatchObject({
    exitCode: 1,
    outputs: { from: 'a1', to: 'a1', applied: '[]', backup: '/srv/b.dump' },
  });
  expect(run.log).toContain('::error::migrate: c3 failed: out of luck; nothing changed');
  expect(run.summary).toContain('Failed: nothing changed: the database is at a1 as before');
  expect(run.summary).toContain('Cause: migrate: c3 failed: out of luck;');
  expect(run.summary).toContain('Backup: /srv/b.dump (6 KiB)');
});

it('goes on with the same migration when the connection ends', async () => {
  await answerPlan(['a1'], revision('c3', 'City'));
  await host.answer('migrate', { out: 'from=a1\nto=c3\n' });
  await host.cut('migrate', 'during');
  expect(await migrate()).toMatchObject({ exitCode: 0, outputs: { to: 'c3' } });
  const calls = await host.calls();
  expect(calls.filter((call) => call.startsWith('migrate '))).toHaveLength(1);
  expect(calls.at(-1)).toMatch(/^follow /);
});

it('refuses a release that the host does not have, with its reason', async () => {
  await host.answer('migrate-plan', { err: 'error: there is no release on this host\n', exit: 1 });
  const run = await migrate();
  expect(run.exitCode).toBe(1);
  expect(run.log).toContain('::error::migrate-plan: there is no release on this host');
});

it('keeps its connection for the steps after it, and closes it in its post step', async () => {
  await answerPlan(['c3']);
  const first = await migrate();
  const second = await migrate();
  expect(await host.sshd.connections()).toBe(1);
  const directory = first.state['ssh-directory'] ?? '';
  expect(existsSync(join(directory, 'key'))).toBe(true);
  expect(second.state).toEqual({});
  // The runner runs post steps in reverse order.
  for (const { state } of [second, first, first]) {
    expect(await actions.runPost('run-migrations', state)).toMatchObject({ exitCode: 0, log: '' });
    expect(existsSync(directory)).toBe(state === second.state);
  }
  await expect.poll(() => processesNaming(directory)).toEqual([]);
  expect(await readdir(actions.temporaryDirectory)).toEqual([]);
});

it('names each wrong input, and never a secret one', async () => {
  const run = await actions.run('run-migrations', {
    transport: 'direct',
    'database-url': 'mysql://shop:geheim@db/shop',
    'on-failure': 'restore',
    target: 'a;b',
  });
  expect(run.exitCode).toBe(1);
  expect(run.log).toContain('input database-url is (secret): must begin with postgresql://');
  expect(run.log).toContain('input on-failure is "restore": must be downgrade or keep');
  expect(run.log).toContain('input target is "a;b": must be head, heads or a revision');
  expect(run.log.replaceAll(/::add-mask::.*/g, '')).not.toContain('geheim');
  const nothing = await migrate({ backup: 'false', 'on-failure': 'restore' });
  expect(nothing.log).toContain('there would be nothing to restore');
  const rules = await migrate({ 'lint-rules': 'ban-drop-column: maybe' });
  expect(rules.log).toContain('input lint-rules has the line "ban-drop-column: maybe"');
});
