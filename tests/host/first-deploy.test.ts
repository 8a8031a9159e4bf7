import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import type { ApplicationImages } from './application.ts';
import { onlyVersion } from './ask.ts';
import { startBed, type TestBed } from './bed.ts';
import { type Answer, ExecutorClient, succeeded } from './executor-client.ts';
import { faults } from './fault.ts';
import { FaultDatabase } from './migrations/fault-database.ts';
import { lastRevision, stackWithDatabase } from './migrations/stack.ts';
import type { Release } from './release-archive.ts';
import { holdAt, untilHeld } from './trip.ts';

const withoutDocker = await whyNoDocker();
// The rest is a part of `npm run test:faults`.
const everything = process.env.FAULTS === 'all';
/** Seconds within which the next push has its release staged, on a machine that is busy with other tests too. */
const atOnce = 60;

describe.skipIf(withoutDocker)(
  `the first deploy is a deploy${withoutDocker ? ` (${withoutDocker})` : ''}`,
  () => {
    let bed: TestBed;
    let run: ExecutorClient;
    let nextRun: ExecutorClient;
    let ines: ExecutorClient;
    let images: ApplicationImages;
    let database: FaultDatabase;

    beforeAll(async () => {
      bed = await startBed({ stack: stackWithDatabase });
      run = new ExecutorClient(bed.server);
      nextRun = new ExecutorClient(bed.server, 'example/shop#8');
      ines = new ExecutorClient(bed.server, 'cli:ines@laptop');
      images = await bed.images();
      database = new FaultDatabase(bed.server);
    });
    // What a test that failed leaves must not stand in the way of the next one.
    afterEach(async () => {
      for (const client of [run, nextRun]) succeeded(await client.call('abort'));
    });
    afterAll(async () => {
      await bed?.[Symbol.asyncDispose]();
    });

    /** Brings a first release as far as its trial. */
    async function tried(options: Readonly<Record<string, number>> = {}): Promise<Release> {
      const first = await bed.releaseOf(images);
      succeeded(await run.stage(first));
      succeeded(await (await database.startMigrating(run, first)).done);
      succeeded(await run.call('release', { release: first.id, ...options }));
      expect(await onlyVersion(bed.server)).toBe(images.version);
      return first;
    }

    async function untilEnded(): Promise<Answer> {
      const deadline = Date.now() + 90_000;
      for (;;) {
        const status = succeeded(await run.call('status'));
        if (status.value('transaction-phase') === '' && status.value('working') === '')
          return status;
        if (Date.now() > deadline) throw new Error(`The host stays as it is:\n${status.stdout}`);
        await sleep(500);
      }
    }

    /** How a first deploy ends, and what the host says of its release then. */
    interface Failure {
      readonly release: Release;
      readonly state: 'failed' | 'rolled-back' | 'gone';
      readonly outcome: RegExp;
    }

    const takenDown = /taken down: release \S+ by example\/shop#7, staging runs nothing$/;
    const didNotGoLive = /failed: release \S+ did not go live, staging runs nothing$/;

    const failures: Readonly<Record<string, () => Promise<Failure>>> = {
      'the host is not fit for it': async () => {
        const release = await bed.releaseOf(images, { variables: ['NOT_SET'] });
        expect((await run.stage(release)).stderr).toContain('NOT_SET is not set');
        return { release, state: 'gone', outcome: /could not be staged$/ };
      },
      'its migration fails': async () => {
        const release = await bed.releaseOf(images);
        succeeded(await run.stage(release));
        const migrating = await (await database.startMigrating(run, release, 'r999')).done;
        expect(migrating.exitCode).toBe(1);
        // What the post step of the job does.
        succeeded(await run.call('abort'));
        return { release, state: 'failed', outcome: /given up: release \S+ was staged/ };
      },
      'its containers are not healthy': async () => {
        const release = await bed.release({ behaviour: 'never-healthy' });
        succeeded(await run.stage(release));
        const refused = await run.call('release', { release: release.id, 'health-timeout': 8 });
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr.split('\n').at(-1)).toMatch(/staging runs nothing$|did not go live/);
        // The job Roll back comes all the same.
        const after = succeeded(await run.call('rollback', { leave: release.id }));
        expect([after.value('release'), after.value('previous')]).toEqual(['', '']);
        return { release, state: 'failed', outcome: didNotGoLive };
      },
      'its smoke test fails': async () => {
        const release = await tried();
        const back = succeeded(await run.call('rollback', { leave: release.id }));
        expect([back.value('release'), back.value('previous')]).toEqual(['', release.id]);
        expect(back.stderr).toContain('is the first one, so there is none to go back to');
        // A second one finds that it is done.
        const again = succeeded(await run.call('rollback', { leave: release.id }));
        expect([again.value('release'), again.value('previous')]).toEqual(['', '']);
        return { release, state: 'rolled-back', outcome: takenDown };
      },
      'somebody rolls it back at a terminal': async () => {
        const release = await tried();
        const plan = succeeded(await ines.call('rollback', { 'dry-run': 'yes' }));
        expect([plan.value('leave'), plan.value('release')]).toEqual([release.id, '']);
        expect(plan.all('would').join('\n')).toContain(
          `take down ${release.id}, the first release`,
        );
        expect(await onlyVersion(bed.server)).toBe(images.version);
        succeeded(await ines.call('rollback'));
        const late = await run.call('confirm', { release: release.id });
        expect(late.stderr).toContain('taken down');
        return { release, state: 'rolled-back', outcome: /taken down: .* by cli:ines@laptop/ };
      },
      'nobody confirms it in time': async () => {
        const release = await tried({ 'confirm-timeout': 5 });
        await untilEnded();
        return {
          release,
          state: 'rolled-back',
          outcome:
            /rolled back by the host: release \S+ was not confirmed before \S+, staging runs nothing$/,
        };
      },
      'the run is cancelled while it is released': async () => {
        const release = await bed.releaseOf(images);
        succeeded(await run.stage(release));
        await holdAt(bed.server, 'health');
        const releasing = await run.start('release', { release: release.id });
        const held = await untilHeld(bed.server, releasing.done);
        releasing.kill('SIGKILL');
        const back = await run.start('rollback', { leave: release.id });
        await sleep(1500);
        await held.letGo();
        expect(succeeded(await back.done).value('previous')).toBe(release.id);
        return { release, state: 'rolled-back', outcome: takenDown };
      },
      'all that worked for it dies before the switch': async () => {
        const release = await bed.releaseOf(images);
        succeeded(await run.stage(release));
        await killedAt('start', 'release', { release: release.id });
        return { release, state: 'failed', outcome: didNotGoLive };
      },
      'all that worked for it dies after the switch': async () => {
        const release = await bed.releaseOf(images);
        succeeded(await run.stage(release));
        await killedAt('drain', 'release', { release: release.id });
        return { release, state: 'failed', outcome: didNotGoLive };
      },
      'all that took it down dies': async () => {
        const release = await tried();
        await killedAt('retire', 'rollback', { leave: release.id });
        return { release, state: 'rolled-back', outcome: takenDown };
      },
    };

    async function killedAt(step: string, verb: string, options: Readonly<Record<string, string>>) {
      await holdAt(bed.server, step);
      const command = await run.start(verb, options);
      const held = await untilHeld(bed.server, command.done);
      await faults['kill -9 of the whole operation']({ server: bed.server, command, held });
      await untilEnded();
    }

    const representative = [
      'its containers are not healthy',
      'its smoke test fails',
      'the run is cancelled while it is released',
      'all that worked for it dies after the switch',
    ];
    const stories = everything ? Object.keys(failures) : representative;

    test.each(stories.map((story) => ({ story, fail: failures[story] })))(
      'where $story, nothing is live, and the next push starts at once',
      async ({ fail }) => {
        if (fail === undefined) throw new Error('there is no such story');
        const { release, state, outcome } = await fail();
        const status = succeeded(await run.call('status'));
        expect([status.value('current'), status.value('commit')]).toEqual(['', '']);
        expect(status.value('transaction-phase')).toBe('');
        expect(status.value('last-outcome')).toMatch(outcome);
        const entry = status.all('entry').find((line) => line.startsWith(release.id));
        expect(entry?.split(' ')[1] ?? 'gone').toBe(state);
        expect(await applicationContainers()).toEqual([]);
        await expect(fetch(bed.server.url)).rejects.toThrow();

        const next = await bed.releaseOf(images);
        const began = Date.now();
        const staged = succeeded(await nextRun.stage(next));
        expect((Date.now() - began) / 1000).toBeLessThan(atOnce);
        expect(staged.stderr).not.toContain('waiting');
        expect(staged.value('previous')).toBe('');
      },
    );

    async function applicationContainers(): Promise<string[]> {
      const names = await bed.server.onHost(`docker ps --all --format '{{.Names}}'`);
      return names.split('\n').filter((name) => /-(api|frontend|nginx)-/.test(name));
    }

    test('the database stays, and the first release that works is live for good', async () => {
      expect(await database.revision()).toBe(lastRevision.id);
      const first = await tried();
      succeeded(await run.call('confirm', { release: first.id }));
      for (const options of [{}, { force: 'yes' }]) {
        const refused = await ines.call('rollback', options);
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr).toContain(
          `error: there is no confirmed release to go back to from ${first.id}`,
        );
      }
      expect(await onlyVersion(bed.server)).toBe(images.version);
      expect(succeeded(await run.call('status')).value('current')).toBe(first.id);
    });
  },
);
