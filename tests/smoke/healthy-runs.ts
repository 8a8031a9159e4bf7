import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundledActions } from '../process/run-action.ts';
import { startSlowly } from './slow-start.ts';
import { bundleSmokeTest, smokeTest } from './smoke-run.ts';
import { startStaging } from './staging/staging.ts';

/** Judges stagings that work, each of which starts slowly in its own way: none may be called broken. */
export function healthyRuns(count: number, inBrowser: (run: number) => boolean): void {
  let actions: BundledActions;
  beforeAll(async () => {
    actions = await bundleSmokeTest();
  });
  afterAll(() => actions[Symbol.asyncDispose]());

  describe.concurrent('a staging that works and starts slowly', () => {
    it.each(Array.from({ length: count }, (_, at) => at + 1))('passes, run %i', async (run) => {
      await using staging = await startStaging();
      const started = startSlowly(staging);
      const { exitCode, results, outputs, log } = await smokeTest(actions, staging, {
        inBrowser: inBrowser(run),
        inputs: { timeout: '40' },
      });
      await started;
      const wrong = results.filter(({ state }) => state !== 'passed');
      expect({ exitCode, wrong, log }).toMatchObject({ exitCode: 0, wrong: [] });
      expect(outputs).toMatchObject({ verdict: 'passed', failed: '0', 'not-asked': '[]' });
      // It leaves nothing of its own behind.
      expect([...staging.records.customers.keys()]).toEqual(['c1', 'c2']);
    });
  });
}
