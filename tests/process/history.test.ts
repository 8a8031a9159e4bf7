import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseResult } from '../../actions/shared/src/executor.ts';
import { statusFrom } from '../../actions/ssh-deploy/src/report/status.ts';
import { whatHappened } from '../../scripts/staging/history.ts';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

let host: ExecutorBase;

beforeEach(async () => {
  host = await startExecutorBase();
});
afterEach(async () => await host[Symbol.asyncDispose]());

const [a, b, c] = ['1111111', '2222222', '3333333'].map(
  (commit, at) => `2026010${at + 1}T000000Z-${commit}`,
) as [string, string, string];

/** Lines of shell in which a release goes live, in a transaction of its own, and is confirmed. */
const goesLive = (release: string, before: string) => `
  op='' owner=example/shop#7 actor=camille run_url=https://github.com/example/shop/actions/runs/7 release=${release}
  journal stage intent
  open_transaction '${before}' releasing
  enter_history released ${release}
  finish_confirming`;

/** Lines of shell of a rollback by hand, where the containers have been switched. */
const goesBack = (left: string, release: string) => `
  op='' owner=cli:ines@laptop actor=ines run_url='' release=${release}
  journal rollback intent
  open_transaction '${left}' rolling-back
  finish_rollback`;

async function history() {
  const ids = [a, b, c];
  await host.write(
    Object.fromEntries(ids.map((id) => [`releases/${id}/release.conf`, 'project=shop\n'])),
  );
  return statusFrom(parseResult((await host.call(['status'])).stdout)).history;
}

const told = async () =>
  (await history()).map((entry) => `v${entry.number} ${entry.release}: ${whatHappened(entry)}`);

describe('the history of a host', () => {
  it('goes on after a rollback: what is gone back to is the next number', async () => {
    const ran = await host.run(
      [goesLive(a, ''), goesLive(b, a), goesBack(b, a), goesLive(c, a)].join('\n'),
    );
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await told()).toEqual([
      `v1 ${a}: released`,
      `v2 ${b}: released`,
      `v3 ${a}: rolled back to v1's release`,
      `v4 ${c}: released`,
    ]);
    expect(await history()).toMatchObject([
      { by: 'camille', runUrl: 'https://github.com/example/shop/actions/runs/7' },
      {},
      { by: 'ines', runUrl: '', as: 1 },
      {},
    ]);
    expect(await host.read('state/journal.jsonl')).toContain(
      `"step":"live","event":"done","detail":"v3: rolled back to v1's release"`,
    );
  });

  it('has what the host itself takes back, and what was never live not at all', async () => {
    const taken = (from: string, to: string, by: string) => `
      op='' owner=example/shop#8 actor=camille release=${from}
      journal stage intent
      open_transaction ${to} releasing
      ${by === '' ? '' : `enter_history released ${from}`}
      enter_history returned ${to} ${by || 'host'}
      close_transaction 'failed: it did not work'`;
    await host.run([goesLive(a, ''), taken(b, a, ''), taken(c, a, 'host')].join('\n'));
    expect(await told()).toEqual([
      `v1 ${a}: released`,
      `v2 ${c}: released`,
      `v3 ${a}: back to v1's release`,
    ]);
    expect((await history()).at(-1)).toMatchObject({ by: 'host', runUrl: '' });
  });

  it('has an entry once, however often a crash has it written', async () => {
    const twice = goesBack(b, a).replace(
      'finish_rollback',
      `enter_history rolled-back ${a}\nfinish_rollback`,
    );
    await host.run([goesLive(a, ''), goesLive(b, a), twice].join('\n'));
    expect(await told()).toHaveLength(3);
    // The same release in another transaction is another time.
    await host.run(goesLive(a, a));
    expect((await told()).at(-1)).toBe(`v4 ${a}: released again, as v3`);
  });

  it('begins on an older host with what was confirmed there, and with what was live', async () => {
    await host.write({ 'state/confirmed': `${a}\n${b}\n${a}\n` });
    expect(await history()).toEqual([]);
    await host.run(goesLive(c, b));
    expect(await told()).toEqual([
      `v1 ${a}: from before this list`,
      `v2 ${b}: from before this list`,
      `v3 ${a}: from before this list`,
      `v4 ${b}: from before this list`,
      `v5 ${c}: released`,
    ]);
    expect((await history())[0]).toMatchObject({ at: '2026-01-01T00:00:00Z', by: '', runUrl: '' });
    await host.run(goesBack(c, a));
    expect((await told()).at(-1)).toBe(`v6 ${a}: rolled back to v3's release`);
  });

  it('costs as much at the thousandth deploy as at the fifth', async () => {
    const line = (number: number) =>
      `${number} 2026-01-01T00:00:00Z ${number % 2 ? a : b} released - camille - ${number}\n`;
    const lines = (count: number) =>
      host.write({
        'state/history': Array.from({ length: count }, (_, at) => line(at + 1)).join(''),
      });
    const time = async (count: number) => {
      await lines(count);
      const began = performance.now();
      await host.run(`${goesLive(c, a)}\n${goesBack(c, a)}`);
      return performance.now() - began;
    };
    await time(5);
    const [few, many] = [await time(5), await time(5000)];
    expect(many).toBeLessThan(few * 3 + 200);
    const kept = (await host.read('state/history')).trim().split('\n');
    expect(kept).toHaveLength(1000);
    expect(kept.at(-1)).toMatch(/^5002 /);
  });
});
