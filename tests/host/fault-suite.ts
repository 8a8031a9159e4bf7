import { afterAll, beforeAll, describe, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { type ApplicationImages, withService } from './application.ts';
import { startBed, type TestBed } from './bed.ts';
import { ExecutorClient } from './executor-client.ts';
import { type FaultyVerb, faultNames, replacing, steps } from './fault.ts';
import { type FaultCase, type FaultOutcome, strike } from './fault-case.ts';
import { FaultDatabase } from './migrations/fault-database.ts';
import { stackWithDatabase } from './migrations/stack.ts';
import type { Release } from './release-archive.ts';
import { letGo } from './trip.ts';

/** What further tests of a suite work with, after its faults. */
export interface FaultBed {
  readonly bed: TestBed;
  readonly client: ExecutorClient;
  /** The release that is live. */
  readonly live: Release;
}

/** Each fault at each step of a command: all of them, or those before or after requests go to another release. */
export function everyFaultOf(verb: FaultyVerb, half?: 'until switch' | 'from switch'): FaultCase[] {
  const all: readonly string[] = steps[verb];
  const at = half === undefined ? all.length : all.indexOf('switch');
  const taken = half === 'from switch' ? all.slice(at) : all.slice(0, at);
  return taken.flatMap((step) => faultNames.map((fault) => ({ verb, step, fault })));
}

/** Each fault while a release replaces a service that no release brings along. */
export function everyFaultWhileReplacing(): FaultCase[] {
  return Object.keys(replacing).flatMap((step) =>
    faultNames.map((fault) => ({ verb: 'release' as const, step, fault })),
  );
}

/** A test for each case, on a staging server of their own; at the end a table of what each came to. */
export async function describeFaults(
  cases: readonly FaultCase[],
  furtherTests: (given: () => FaultBed) => void = () => undefined,
): Promise<void> {
  const withoutDocker = await whyNoDocker();
  describe.skipIf(withoutDocker)(
    `whatever strikes at whatever step${withoutDocker ? ` (${withoutDocker})` : ''}`,
    () => {
      let bed: TestBed;
      let client: ExecutorClient;
      let live: Release;
      let database: FaultDatabase | undefined;
      let versions: readonly ApplicationImages[];
      const outcomes: (FaultCase & Partial<FaultOutcome> & { readonly failed?: string })[] = [];

      beforeAll(async () => {
        const withDatabase = cases.some(({ verb }) => verb === 'migrate' || verb === 'restore');
        bed = await startBed(
          withDatabase ? { diskMib: 2500, stack: stackWithDatabase } : { diskMib: 1500 },
        );
        client = new ExecutorClient(bed.server);
        versions = [await bed.images(), await bed.images(), await bed.images()];
        live = await release(0);
        await client.deploy(live);
        if (withDatabase) {
          database = new FaultDatabase(bed.server);
          await database.learnMigrated(client, live);
        }
      });
      afterAll(async () => {
        if (outcomes.length > 0) console.table(outcomes);
        await bed?.[Symbol.asyncDispose]();
      });

      /** A release with the images of one of the versions, and another definition of the service, where one is named. */
      const release = async (number: number, replaced?: string) => {
        const images = versions[number % versions.length];
        if (images === undefined) throw new Error('there are no versions');
        if (replaced === undefined) return await bed.releaseOf(images);
        return await bed.releaseOf(images, { change: withService(replaced, { mem_limit: '90m' }) });
      };

      test.each(cases)('$fault at the step $step of $verb', async (each) => {
        const at = versions.findIndex(({ version }) => version === live.images.version);
        const subjects = {
          server: bed.server,
          old: live,
          new: await release(at + 1, replacing[each.step]),
          next: await release(at + 2),
          ...(database && { database }),
        };
        try {
          outcomes.push({ ...each, ...(await strike(subjects, each)) });
          live = subjects.next;
        } catch (error) {
          outcomes.push({ ...each, failed: String(error).split('\n')[0] ?? '' });
          // The cases after this one shall tell about themselves.
          await letGo(bed.server);
          await bed.server.mendNetwork().catch(() => undefined);
          await bed.server.freeDisk();
          await bed.server.ready();
          live = await release(at);
          await client.deploy(live);
          throw error;
        }
      });

      furtherTests(() => ({ bed, client, live }));
    },
  );
}
