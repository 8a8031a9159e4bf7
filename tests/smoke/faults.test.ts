import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BundledActions } from '../process/run-action.ts';
import type { Fault } from './fault.ts';
import { bundleSmokeTest, smokeTest } from './smoke-run.ts';
import { startStaging } from './staging/staging.ts';

const folder = new URL('faults/', import.meta.url);
const faults: readonly (readonly [string, Fault])[] = await Promise.all(
  readdirSync(folder).map(async (file) => {
    const { default: definition } = await import(new URL(file, folder).href);
    return [`${file.replace('.ts', '')}: ${definition.what}`, definition] as const;
  }),
);

let actions: BundledActions;
beforeAll(async () => {
  actions = await bundleSmokeTest();
});
afterAll(() => actions[Symbol.asyncDispose]());

describe.concurrent('a broken staging', () => {
  it.each(faults)('%s', async (_, fault) => {
    await using staging = await startStaging();
    await fault.break(staging);
    const run = await smokeTest(actions, staging, {
      inBrowser: fault.inBrowser ?? false,
      inputs: fault.inputs?.(staging) ?? {},
    });
    const verdict = fault.verdict ?? 'failed';
    expect({ verdict: run.outputs.verdict, log: run.log }).toMatchObject({ verdict });
    expect(run.exitCode).toBe(verdict === 'passed' ? 0 : 1);
    const shown = run.log.replaceAll(/^::add-mask::.*$/gm, '') + run.summary;
    expect(shown + JSON.stringify(run.outputs)).not.toContain(staging.records.password);

    const wrong = run.results.filter(({ state }) => state !== 'passed');
    if (fault.found) {
      const { check, says } = fault.found;
      const failed = wrong.filter(({ name, passed }) => name.includes(check) && !passed);
      const details = failed.map(({ detail }) => detail).join('\n');
      expect(details, `what ${check} says in:\n${shown}`).toMatch(says);
      expect(run.summary).toContain('❌');
      // The one annotation that everybody sees names the cause.
      if (fault.isFirst ?? true) expect(run.outputs['first-failure']).toContain(check);
      expect(run.log).toContain('::error::smoke test: ');
    } else if (fault.warns) {
      const { check, says } = fault.warns;
      expect(wrong).toMatchObject([{ name: check, passed: true, state: 'degraded' }]);
      expect(wrong[0]?.detail).toMatch(says);
      expect(run.log).toContain(`::warning title=${check}::`);
    } else {
      expect(wrong).toEqual([]);
    }
  });
});

it('is one a file, and each has something to be found or to be left alone', () => {
  expect(faults.length).toBeGreaterThanOrEqual(30);
  for (const [, { found, warns, verdict }] of faults)
    expect(found !== undefined || warns !== undefined || verdict === 'passed').toBe(true);
});
