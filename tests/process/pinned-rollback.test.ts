import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

const release = '20260131T235959Z-0a1b2c3';
const left = '20260201T120000Z-9f8e7d6';

let host: ExecutorBase;

beforeEach(async () => {
  host = await startExecutorBase();
  await host.write({ 'state/confirmed': `${release}\n${left}\n` });
});
afterEach(() => host[Symbol.asyncDispose]());

/** Ends a rollback that goes to `release`, as who asked for it does, or whoever finds it unfinished. */
async function finish(...lines: readonly string[]) {
  const transaction = [
    `release=${release}`,
    `previous=${left}`,
    'phase=rolling-back',
    'owner=ines',
  ];
  await host.write({ 'state/transaction': `${[...transaction, ...lines].join('\n')}\n` });
  expect((await host.run('finish_rollback')).stderr).toBe('');
  expect(existsSync(join(host.base, 'state/transaction'))).toBe(false);
}
const isHeld = () => existsSync(join(host.base, 'state/hold'));

it('holds deploys back where it was asked to, whoever ends it', async () => {
  await finish('pin=Demo: until 16:00 = x');
  expect(await host.read('state/hold')).toMatch(/^by ines since \S+Z: Demo: until 16:00 = x\n$/);
  expect(await host.read('state/journal.jsonl')).toContain(
    '"step":"hold","event":"done","detail":"Demo: until 16:00 = x"',
  );
});

it('holds nobody back without', async () => {
  await finish();
  expect(isHeld()).toBe(false);
});

it('leaves the hold of somebody else as it is', async () => {
  await host.write({ 'state/hold': 'by noor since 2026-01-01T00:00:00Z: Audit\n' });
  await finish('pin=Demo');
  expect(await host.read('state/hold')).toContain('noor');
});
