import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { readExecutor } from '../../actions/ssh-deploy/src/executor.ts';
import { type BundledActions, bundleActions } from './run-action.ts';
import { processesNaming } from './ssh-session.ts';
import { type StagingHost, startStagingHost } from './staging-host.ts';

const release = '20260101T000000Z-0a1b2c3';

vi.setConfig({ testTimeout: 60_000 });

let actions: BundledActions;
let host: StagingHost;

beforeAll(async () => {
  actions = await bundleActions('run-migrations');
}, 60_000);
afterAll(() => actions[Symbol.asyncDispose]());
beforeEach(async () => {
  host = await startStagingHost();
  await mkdir(join(host.baseDirectory, 'releases', release), { recursive: true });
  await mkdir(join(host.baseDirectory, 'state'));
  await host.write(`releases/${release}/executor.sh`, await readExecutor());
  await host.write(
    `releases/${release}/docker-compose.staging.yml`,
    'services:\n  api:\n    image: api\n    depends_on: [postgres]\n  postgres:\n    image: postgres\n',
  );
});
afterEach(async () => {
  for (const state of states.splice(0)) await actions.runPost('run-migrations', state);
  await host[Symbol.asyncDispose]();
});

const states: Record<string, string>[] = [];

async function migrate(inputs: Record<string, string> = {}) {
  const run = await actions.run('run-migrations', { ...host.inputs, release, ...inputs });
  states.push(run.state);
  return run;
}

function schema(current: string, heads = 'c3 (head)'): string {
  return `[heads]\n${heads}\n[history]\nb2 -> c3 (head), Add <city>\na1 -> b2, Users\n<base> -> a1, Tenants\n[current]\n${current}`;
}

it('migrates to the head and reports from where to where', async () => {
  await host.answer('schema', schema('a1\n'));
  await host.answer('schema-after', schema('c3 (head)\n'));
  const run = await migrate();
  expect(run).toMatchObject({ exitCode: 0, outputs: { from: 'a1', to: 'c3' } });
  expect(JSON.parse(run.outputs.applied ?? '')).toEqual([
    { revision: 'b2', message: 'Users' },
    { revision: 'c3', message: 'Add <city>' },
  ]);
  expect(run.summary).toContain('Migrations: a1 → c3');
  expect(run.summary).toContain('<td>c3</td><td>Add &lt;city&gt;</td>');
  const calls = (await host.calls()).trim().split('\n');
  expect(calls[0]).toMatch(/up --detach --no-recreate --wait --wait-timeout 120 postgres$/);
  expect(calls.filter((call) => call.includes(' upgrade '))).toHaveLength(1);
  expect(calls.at(2)).toMatch(/run --rm .*--no-deps --entrypoint alembic api upgrade head$/);
  expect(await host.sshd.connections()).toBe(1);
  expect(await host.read('state/schema')).toMatch(
    new RegExp(`^\\S+Z ${release} nothing a1 c3\\n$`),
  );
});

it('does nothing to a database that is there already', async () => {
  await host.answer('schema', schema('c3 (head)\n'));
  expect(await migrate()).toMatchObject({
    exitCode: 0,
    outputs: { from: 'c3', to: 'c3', applied: '[]' },
  });
  expect(await host.calls()).not.toContain('upgrade');
});

it('fails when the database is not where alembic said it is', async () => {
  await host.answer('schema', schema(''));
  await host.answer('schema-after', schema('b2\n'));
  const run = await migrate();
  expect(run.exitCode).toBe(1);
  expect(run.log).toContain('the database is at b2 instead of c3');
});

it('stops before it changes anything where there are several heads', async () => {
  await host.answer('schema', schema('', 'c3 (head)\nz9 (head)'));
  const run = await migrate();
  expect(run.exitCode).toBe(1);
  expect(run.log).toContain('the release has 2 heads (c3 z9)');
  expect(await host.calls()).not.toContain('upgrade');
});

it('stops at a release that was not staged', async () => {
  const run = await migrate({ release: '20260102T000000Z-0a1b2c3' });
  expect(run.exitCode).toBe(1);
  expect(run.log).toContain('release 20260102T000000Z-0a1b2c3 is not on the host');
});

it('keeps its connection for the steps after it, and closes it in its post step', async () => {
  await host.answer('schema', schema('c3 (head)\n'));
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

it('closes it after a failure too', async () => {
  const run = await migrate({ release: '20260102T000000Z-0a1b2c3' });
  expect(run.exitCode).toBe(1);
  const directory = run.state['ssh-directory'] ?? '';
  expect(existsSync(directory)).toBe(true);
  await actions.runPost('run-migrations', run.state);
  expect(existsSync(directory)).toBe(false);
});
