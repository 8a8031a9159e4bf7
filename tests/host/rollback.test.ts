import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import type { ApplicationImages } from './application.ts';
import { onlyVersion } from './ask.ts';
import { startBed, type TestBed } from './bed.ts';
import { type Answer, ExecutorClient, succeeded } from './executor-client.ts';
import { faults } from './fault.ts';
import type { Release } from './release-archive.ts';
import { holdAt, letGo, untilHeld } from './trip.ts';

const withoutDocker = await whyNoDocker();
// What is not representative is a part of `npm run test:faults`.
const everything = process.env.FAULTS === 'all';
const further = (story: string, tell: () => Promise<void>): void => {
  if (everything) test(story, tell);
};

describe.skipIf(withoutDocker)(
  `rollback has one meaning${withoutDocker ? ` (${withoutDocker})` : ''}`,
  () => {
    let bed: TestBed;
    /** The run that deploys. */
    let run: ExecutorClient;
    /** Somebody at a terminal. */
    let ines: ExecutorClient;
    let images: readonly ApplicationImages[];
    /** Releases of the test at hand, by the letters of the table. */
    let named: Map<string, Release>;

    beforeAll(async () => {
      bed = await startBed();
      run = new ExecutorClient(bed.server);
      ines = new ExecutorClient(bed.server, 'cli:ines@laptop');
      images = [await bed.images(), await bed.images(), await bed.images()];
    });
    afterAll(async () => {
      await bed?.[Symbol.asyncDispose]();
    });
    beforeEach(() => {
      named = new Map();
    });

    async function release(letter: string): Promise<Release> {
      const known = named.get(letter);
      if (known !== undefined) return known;
      // Never those of the release that was named last.
      const last = [...named.values()].at(-1)?.images.version;
      const at = images.findIndex(({ version }) => version === last);
      const built = images[(at + 1) % images.length];
      if (built === undefined) throw new Error('there are no images');
      const one = await bed.releaseOf(built);
      named.set(letter, one);
      made.set(one.id, one);
      return one;
    }

    const idOf = async (letter: string) => (await release(letter)).id;

    /** What people do, in the words of the table. */
    const moves = {
      deploy: async (letter: string) => await run.deploy(await release(letter)),
      stage: async (letter: string) => succeeded(await run.stage(await release(letter))),
      release: async (letter: string) =>
        succeeded(await run.call('release', { release: await idOf(letter) })),
      'try for 8 s': async (letter: string) => {
        const { id } = await release(letter);
        succeeded(await run.stage(await release(letter)));
        succeeded(await run.call('release', { release: id, 'confirm-timeout': 8 }));
      },
      'try again': async (letter: string) => {
        const id = await idOf(letter);
        succeeded(await (await run.start('restage', { release: id }, Buffer.from('0\n'))).done);
        succeeded(await run.call('release', { release: id }));
      },
      confirm: async (letter: string) =>
        succeeded(await run.call('confirm', { release: await idOf(letter) })),
      rollback: async () => succeeded(await ines.call('rollback')),
      'rollback that stays': async () => {
        const reason = 'Demo until 16:00';
        succeeded(await ines.call('rollback', { pin: 'yes', reason }));
        const pushed = await run.stage(await release('C'), { 'lock-timeout': 1 });
        expect(pushed.exitCode).toBe(75);
        expect(pushed.stderr).toMatch(
          /deploys are on hold: by cli:ines@laptop since .*: Demo until/,
        );
        succeeded(await ines.call('unlock'));
      },
      'rollback to': async (letter: string) =>
        succeeded(await ines.call('rollback', { release: await idOf(letter) })),
      'the run leaves': async (letter: string) =>
        succeeded(await run.call('rollback', { leave: await idOf(letter) })),
      'refused rollback': async () => {
        const refused = await ines.call('rollback');
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr).toContain('error: there is no confirmed release to go back to');
      },
      'wait for the deadline': async () =>
        await untilStatus((status) => status.value('transaction-phase') === ''),
    } as const satisfies Record<string, (letter: string) => Promise<unknown>>;

    type Move = readonly [keyof typeof moves, letter?: string];

    interface Order {
      readonly order: readonly Move[];
      readonly live: string;
      readonly left: string;
    }

    // Each begins with X live, which whatever was before is left for.
    const representative: readonly Order[] = [
      {
        order: [['deploy', 'A'], ['deploy', 'B'], ['rollback'], ['rollback that stays']],
        live: 'X',
        left: 'AB',
      },
      {
        order: [
          ['deploy', 'A'],
          ['rollback'],
          ['try for 8 s', 'B'],
          ['wait for the deadline'],
          ['refused rollback'],
        ],
        live: 'X',
        left: 'AB',
      },
    ];

    const others: readonly Order[] = [
      // What the way back passed over is no way back either.
      {
        order: [
          ['deploy', 'A'],
          ['deploy', 'B'],
          ['rollback to', 'X'],
          ['deploy', 'C'],
          ['rollback'],
        ],
        live: 'X',
        left: 'ABC',
      },
      // A release that nobody confirmed ends at once, whoever released it; and staging is where it was before.
      {
        order: [['deploy', 'A'], ['rollback'], ['stage', 'B'], ['release', 'B'], ['rollback']],
        live: 'X',
        left: 'AB',
      },
      { order: [['deploy', 'A'], ['rollback']], live: 'X', left: 'A' },
      { order: [['deploy', 'A'], ['rollback'], ['refused rollback']], live: 'X', left: 'A' },
      {
        order: [['deploy', 'A'], ['rollback'], ['deploy', 'B'], ['rollback']],
        live: 'X',
        left: 'AB',
      },
      // Named, it is gone to all the same, and is like any other then.
      { order: [['deploy', 'A'], ['rollback'], ['rollback to', 'A']], live: 'A', left: 'X' },
      {
        order: [['deploy', 'A'], ['deploy', 'B'], ['rollback to', 'X'], ['refused rollback']],
        live: 'X',
        left: 'AB',
      },
      { order: [['stage', 'A'], ['release', 'A'], ['rollback']], live: 'X', left: 'A' },
      // Whoever comes second finds it done.
      {
        order: [['stage', 'A'], ['release', 'A'], ['rollback'], ['the run leaves', 'A']],
        live: 'X',
        left: 'A',
      },
      {
        order: [['deploy', 'A'], ['rollback'], ['try for 8 s', 'B'], ['wait for the deadline']],
        live: 'X',
        left: 'AB',
      },
      // A release that was confirmed once, and taken back when it was tried again.
      {
        order: [['deploy', 'A'], ['deploy', 'B'], ['try again', 'A'], ['rollback'], ['rollback']],
        live: 'X',
        left: 'AB',
      },
      {
        order: [['deploy', 'A'], ['rollback'], ['try again', 'A'], ['confirm', 'A'], ['rollback']],
        live: 'X',
        left: 'A',
      },
    ];
    const orders = everything ? [...representative, ...others] : representative;

    test.each(orders.map((each) => [wordsOf(each.order), each.live, each] as const))(
      '%s: %s is live',
      async (_, live, { order, left }) => {
        await startOver();
        for (const [move, letter = ''] of order) await moves[move](letter);
        await expectLive(live);
        expect(await leftNow()).toEqual([...left]);
      },
    );

    function wordsOf(order: readonly Move[]): string {
      return order.map((move) => move.join(' ')).join(', ');
    }

    /** Every release that a test made, by its id. */
    const made = new Map<string, Release>();

    /** X is what is live, and all the history that there is. */
    async function startOver(): Promise<void> {
      const status = succeeded(await run.call('status'));
      const live = made.get(status.value('current'));
      if (live === undefined || status.value('transaction-phase') !== '')
        return await run.deploy(await release('X'));
      named.set('X', live);
      const state = '/srv/staging/state';
      await bed.server.onHost(`echo ${live.id} > ${state}/confirmed; rm -f ${state}/left`);
    }

    async function expectLive(letter: string): Promise<void> {
      const status = succeeded(await run.call('status'));
      expect(letterOf(status.value('current'))).toBe(letter);
      expect(status.value('transaction-phase')).toBe('');
      expect(letterOf(status.value('confirmed'))).toBe(letter);
      expect(await onlyVersion(bed.server)).toBe((await release(letter)).images.version);
    }

    function letterOf(id: string): string {
      return [...named].find(([, each]) => each.id === id)?.[0] ?? id;
    }

    /** The releases of the test that are marked, each of which says who left it and why. */
    async function leftNow(): Promise<string[]> {
      const status = succeeded(await run.call('status'));
      const marked = status.all('left').map((line) => line.split(' '));
      for (const [id = '', at, by, ...why] of marked) {
        expect(at).toMatch(/^\d{4}-\d\d-\d\dT/);
        expect(by).toMatch(/^(cli:ines@laptop|example\/shop#7|host)$/);
        expect(why.join(' ')).toMatch(/^(rolled back to|passed over on|rolled back by the host)/);
        expect(status.all('entry').find((entry) => entry.startsWith(id))).toContain(
          ' rolled-back ',
        );
      }
      return marked.map(([id = '']) => letterOf(id)).sort();
    }

    async function untilStatus(wanted: (status: Answer) => boolean): Promise<Answer> {
      const deadline = Date.now() + 90_000;
      for (;;) {
        const status = succeeded(await run.call('status'));
        if (wanted(status)) return status;
        if (Date.now() > deadline) throw new Error(`The host stays as it is:\n${status.stdout}`);
        await sleep(500);
      }
    }

    describe('its target is fixed before it waits, and looked at again afterwards', () => {
      test('for a provisional release whose deadline passes meanwhile: it goes back once', async () => {
        await startOver();
        await moves.deploy('A');
        await moves.rollback();
        await moves.deploy('B');
        await moves['try for 8 s']('P');
        // The host is at work on it when the rollback is asked for.
        await holdAt(bed.server, 'recover');
        await bed.server.onHost('while [ ! -e /host-test/tripped ]; do sleep 0.2; done');
        const asked = await ines.start('rollback');
        await sleep(2000);
        await letGo(bed.server);
        const answer = succeeded(await asked.done);
        expect(answer.value('release')).toBe(await idOf('B'));
        expect(answer.stderr).toContain('so there is nothing to roll back');
        await expectLive('B');
        expect(await leftNow()).toEqual(['A', 'P']);
      });

      further('while another rollback is under way: it asks for the same', async () => {
        await startOver();
        await moves.deploy('A');
        // Before requests go to A again, and after that.
        for (const step of ['start', 'drain']) {
          await moves.deploy(`left at ${step}`);
          await holdAt(bed.server, step);
          const first = await run.start('rollback');
          const held = await untilHeld(bed.server, first.done);
          const second = await ines.start('rollback');
          await sleep(1500);
          await held.letGo();
          succeeded(await first.done);
          expect(succeeded(await second.done).stderr).toContain('there is nothing to roll back');
          await expectLive('A');
        }
      });

      test('while another release goes live: that one was not meant', async () => {
        await startOver();
        await moves.deploy('A');
        await moves.stage('B');
        await holdAt(bed.server, 'start');
        const releasing = await run.start('release', { release: await idOf('B') });
        const held = await untilHeld(bed.server, releasing.done);
        const asked = await ines.start('rollback');
        await sleep(1500);
        await held.letGo();
        succeeded(await releasing.done);
        const refused = await asked.done;
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr).toContain(
          `error: release ${await idOf('A')}, which was to be left, is not live any more: staging runs ${await idOf('B')}`,
        );
        succeeded(await run.call('confirm', { release: await idOf('B') }));
        await expectLive('B');
      });

      further(
        'for a release that another run has only staged: it waits, and force takes over',
        async () => {
          await startOver();
          await moves.deploy('A');
          await moves.stage('B');
          const refused = await ines.call('rollback', { 'lock-timeout': 1 });
          expect(refused.exitCode).toBe(75);
          expect(refused.stderr).toContain(`${await idOf('B')} of example/shop#7`);
          expect(refused.stderr).toContain('"unlock" gives it up');
          await expectStaged('B');
          const asked = await ines.start('rollback');
          await sleep(1500);
          succeeded(await run.call('abort'));
          expect(succeeded(await asked.done).value('release')).toBe(await idOf('X'));
          await expectLive('X');
          await moves.deploy('C');
          await moves.stage('D');
          succeeded(await ines.call('rollback', { force: 'yes' }));
          await expectLive('X');
          expect((await run.call('release', { release: await idOf('D') })).exitCode).toBe(1);
        },
      );

      async function expectStaged(letter: string): Promise<void> {
        const status = succeeded(await run.call('status'));
        expect(status.value('transaction-release')).toBe(await idOf(letter));
        expect(status.value('transaction-phase')).toBe('staged');
      }

      further('in vain: what another rollback is in the middle of is left alone', async () => {
        await startOver();
        await moves.deploy('A');
        await holdAt(bed.server, 'health');
        const first = await run.start('rollback');
        const held = await untilHeld(bed.server, first.done);
        const impatient = await ines.call('rollback', { 'lock-timeout': 1 });
        expect(impatient.exitCode).toBe(75);
        expect(succeeded(await run.call('status')).value('transaction-phase')).toBe('rolling-back');
        await held.letGo();
        succeeded(await first.done);
        await expectLive('X');
      });
    });

    test('a rollback that dies is brought to its end by the host, with its mark and its name', async () => {
      await startOver();
      await moves.deploy('A');
      await holdAt(bed.server, 'retire');
      const command = await ines.start('rollback');
      const held = await untilHeld(bed.server, command.done);
      await faults['kill -9 of the whole operation']({ server: bed.server, command, held });
      const status = await untilStatus((each) => each.value('transaction-phase') === '');
      expect(status.value('last-outcome')).toContain(
        `rolled back: from ${await idOf('A')} to ${await idOf('X')} by cli:ines@laptop`,
      );
      await expectLive('X');
      expect(await leftNow()).toEqual(['A']);
    });

    test('what was never confirmed is gone to with force only', async () => {
      await startOver();
      await moves.stage('A');
      succeeded(await run.call('abort'));
      const refused = await ines.call('rollback', { release: await idOf('A') });
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain(`release ${await idOf('A')} was never confirmed`);
      await expectLive('X');
      succeeded(await ines.call('rollback', { release: await idOf('A'), force: 'yes' }));
      expect(await onlyVersion(bed.server)).toBe((await release('A')).images.version);
      await moves['refused rollback']();
      expect(await leftNow()).toEqual(['X']);
    });

    further('retention keeps one to go back to, however many were left since', async () => {
      await startOver();
      for (const letter of ['A', 'B']) {
        succeeded(await run.stage(await release(letter)));
        succeeded(await run.call('release', { release: await idOf(letter) }));
        succeeded(await run.call('confirm', { release: await idOf(letter), keep: 2 }));
        await moves.rollback();
      }
      await run.deploy(await release('C'), { keep: 2 });
      const { value } = succeeded(await ines.call('rollback', { 'dry-run': 'yes' }));
      expect(value('release')).toBe(await idOf('X'));
      await moves.rollback();
      await expectLive('X');
    });
  },
);
