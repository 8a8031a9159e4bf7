import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readExecutor } from '../../actions/shared/src/executor.ts';

const release = '20260131T235959Z-0a1b2c3';
const before = '20260130T120000Z-9f8e7d6';

let base: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'executor-'));
  await mkdir(join(base, 'state'));
});
afterEach(async () => await rm(base, { recursive: true }));

describe('"recover --dry-run" says what would be done', () => {
  const nothing = 'do nothing: there is nothing to bring back';
  const late = 1;
  const inTime = 4_000_000_000;

  test.each([
    { phase: 'staged', deadline: late, would: nothing },
    { phase: 'prepared', deadline: inTime, would: nothing },
    { phase: 'provisional', deadline: inTime, would: nothing },
    { phase: 'prepared', deadline: late, would: `bring back ${before}` },
    { phase: 'provisional', deadline: late, would: `bring back ${before}` },
    { phase: 'releasing', deadline: inTime, would: `bring back ${before}` },
    { phase: 'switched', deadline: inTime, would: `bring back ${before}` },
    { phase: 'returning', deadline: inTime, would: `bring back ${before}` },
    { phase: 'staging', deadline: inTime, would: `remove what came of ${release}` },
    {
      phase: 'migrating',
      deadline: inTime,
      would: `find out how far the migration of ${release} came, and keep it or undo it as was asked`,
    },
    { phase: 'rolling-back', deadline: inTime, would: `go on with the rollback to ${release}` },
    { phase: 'withdrawing', deadline: inTime, would: `go on with taking down ${release}` },
    { phase: 'confirming', deadline: inTime, would: `go on with confirming ${release}` },
  ])('$phase, with the deadline $deadline', async ({ phase, deadline, would }) => {
    const transaction = { release, previous: before, phase, deadline, owner: 'run' };
    const lines = Object.entries(transaction).map(([key, value]) => `${key}=${value}\n`);
    await writeFile(join(base, 'state/transaction'), lines.join(''));
    const [found, ...rest] = await wouldDo();
    expect(found).toContain(`find that release ${release} of run is ${phase}`);
    expect(rest).toEqual([would]);
    expect(await readdir(join(base, 'state'))).toEqual(['operations', 'transaction']);
  });

  test('of the first release, before which none was live', async () => {
    const transaction = { release, previous: '', phase: 'provisional', deadline: late };
    const lines = Object.entries(transaction).map(([key, value]) => `${key}=${value}\n`);
    await writeFile(join(base, 'state/transaction'), lines.join(''));
    const [, would] = await wouldDo();
    expect(would).toBe(`take down ${release}: no release was live before it`);
  });

  test('of a restore that died, besides', async () => {
    await writeFile(join(base, 'state/stopped'), 'container\n');
    expect(await wouldDo()).toEqual(['start again what was stopped to restore a backup']);
  });

  test('where there is no transaction', async () => {
    expect(await wouldDo()).toEqual([nothing]);
  });
});

async function wouldDo(): Promise<string[]> {
  const words = ['-s', '--', 'recover', '--base', base, '--dry-run', 'yes'];
  const { stdout } = await execa('sh', words, { input: await readExecutor() });
  return stdout.split('\n').map((line) => line.replace(/^would=/, ''));
}
