import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import type { ApplicationImages } from './application.ts';
import { onlyVersion } from './ask.ts';
import { startBed, type TestBed } from './bed.ts';
import { ExecutorClient, succeeded } from './executor-client.ts';
import { type FaultyVerb, faultNames, steps } from './fault.ts';
import { type FaultCase, type FaultOutcome, strike } from './fault-case.ts';
import type { Release } from './release-archive.ts';

// All of them take an hour: `npm run test:faults`. One of each kind, where it hurts most, is a part of `npm test`.
const all: readonly FaultCase[] = (Object.keys(steps) as FaultyVerb[]).flatMap((verb) =>
  steps[verb].flatMap((step) => faultNames.map((fault) => ({ verb, step, fault }))),
);
const representative: readonly FaultCase[] = [
  { verb: 'stage', step: 'pull', fault: 'full disk' },
  { verb: 'release', step: 'start', fault: 'kill -9 of the executor' },
  { verb: 'release', step: 'switch', fault: 'kill -9 of the whole operation' },
  { verb: 'release', step: 'retire', fault: 'kill -9 of the Docker engine' },
  { verb: 'release', step: 'settle', fault: 'reboot' },
  { verb: 'confirm', step: 'confirm', fault: 'kill -9 of sshd' },
];
const cases = process.env.FAULTS === 'all' ? all : representative;
const withoutDocker = await whyNoDocker();

describe.skipIf(withoutDocker)(
  `whatever strikes at whatever step${withoutDocker ? ` (${withoutDocker})` : ''}`,
  () => {
    let bed: TestBed;
    let client: ExecutorClient;
    let live: Release;
    let versions: readonly ApplicationImages[];
    const outcomes: (FaultCase & Partial<FaultOutcome> & { readonly failed?: string })[] = [];

    beforeAll(async () => {
      bed = await startBed({ diskMib: 1500 });
      client = new ExecutorClient(bed.server);
      versions = [await bed.images(), await bed.images(), await bed.images()];
      live = await release(0);
      await client.deploy(live);
    });
    afterAll(async () => {
      if (outcomes.length > 0) console.table(outcomes);
      await bed?.[Symbol.asyncDispose]();
    });

    /** A release with the images of one of the versions. */
    const release = async (number: number) => {
      const images = versions[number % versions.length];
      if (images === undefined) throw new Error('there are no versions');
      return await bed.releaseOf(images);
    };

    test.each(cases)('$fault at the step $step of $verb', async (each) => {
      const at = versions.findIndex(({ version }) => version === live.images.version);
      const subjects = {
        server: bed.server,
        old: live,
        new: await release(at + 1),
        next: await release(at + 2),
      };
      try {
        outcomes.push({ ...each, ...(await strike(subjects, each)) });
        live = subjects.next;
      } catch (error) {
        outcomes.push({ ...each, failed: String(error).split('\n')[0] ?? '' });
        // The cases after this one shall tell about themselves.
        await bed.server.mendNetwork().catch(() => undefined);
        await bed.server.freeDisk();
        await bed.server.ready();
        live = await release(at);
        await client.deploy(live);
        throw error;
      }
    });

    describe('an image that does not work does not stay, and staging answers as before', () => {
      test.each([
        { behaviour: 'never-healthy', says: /api of release \S+ is (unhealthy|not healthy)/ },
        // It depends on the moment which of the checks finds it, and in which of the two services.
        {
          behaviour: 'dies-after-4',
          says: /(api|frontend) of release \S+ (does not (stay up|run)|was healthy|is )/,
        },
        {
          behaviour: 'half-fails',
          says: /(api|frontend) of release \S+ (was healthy \d times and then not|is )/,
        },
      ] as const)('$behaviour', async ({ behaviour, says }) => {
        const broken = await bed.release({ behaviour });
        succeeded(await client.stage(broken));
        const refused = await client.call('release', {
          release: broken.id,
          'health-timeout': 20,
          'healthy-checks': 10,
        });
        expect(refused.exitCode).toBe(1);
        expect(refused.stderr.split('\n').at(-1)).toMatch(says);
        expect(refused.stderr).toContain('last log lines');
        expect(await onlyVersion(bed.server)).toBe(live.images.version);
        const status = succeeded(await client.call('status'));
        expect(status.value('current')).toBe(live.id);
        expect(status.value('transaction-phase')).toBe('');
      });
    });
  },
);
