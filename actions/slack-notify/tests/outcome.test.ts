import { expect, it } from 'vitest';
import { colourOf, decideOutcome, type Outcome, outcomes } from '../src/decide/outcome.ts';
import { type ReleaseState, releaseStateFrom } from '../src/decide/release-state.ts';
import type { JobResult } from '../src/read/needs.ts';
import { type Operation, operations } from '../src/read/operation.ts';
import { locales, textsIn } from '../src/render/texts/languages.ts';
import { needs } from './run.ts';

type Results = Readonly<Record<string, JobResult>>;

const tested = { test: 'success', build: 'success', scan: 'success' } as const;
const good = { ...tested, deploy: 'success', smoke: 'success', rollback: 'skipped' } as const;
const stopped = { deploy: 'skipped', smoke: 'skipped', rollback: 'skipped' } as const;
const untested = { test: 'skipped', build: 'skipped', scan: 'skipped' } as const;

it.each<[Outcome, ReleaseState, Results, Operation?]>([
  ['live', 'confirmed', good],
  ['live', 'confirmed', { ...good, migrate: 'success' }],
  ['live', 'confirmed', { deploy: 'success', smoke: 'success' }],
  ['redeployed', 'confirmed', { ...good, ...untested, migrate: 'skipped' }, 'redeploy'],
  ['rolled-back-by-hand', 'rolled-back', { rollback: 'success' }, 'rollback'],
  ['rolled-back-by-hand', 'confirmed', { ...untested, deploy: 'success' }, 'rollback'],
  ['unconfirmed', 'provisional', good],
  ['unconfirmed', 'unknown', good],
  ['unconfirmed', 'untouched', good],
  ['unconfirmed', 'unknown', { rollback: 'success' }, 'rollback'],
  ['unverified', 'confirmed', { ...good, smoke: 'skipped' }],
  ['unverified', 'confirmed', { ...good, scan: 'skipped' }],
  ['unverified', 'confirmed', { ...good, migrate: 'skipped' }],
  ['unverified', 'confirmed', { ...tested, deploy: 'success' }],
  ['tests-failed', 'unknown', { settings: 'success', load: 'failure' }, 'test'],
  ['tested-only', 'unknown', { settings: 'success', load: 'success' }, 'test'],
  ['cancelled', 'unknown', { settings: 'success', load: 'cancelled' }, 'test'],
  ['failed-before-deploy', 'unknown', { ...tested, ...stopped, scan: 'failure' }],
  ['failed-before-deploy', 'untouched', { test: 'failure' }],
  ['failed-before-deploy', 'unknown', { settings: 'failure', rollback: 'skipped' }, 'rollback'],
  ['failed-to-migrate', 'untouched', { ...tested, ...stopped, migrate: 'failure' }],
  ['held', 'held', { ...tested, ...stopped, deploy: 'failure' }],
  ['still-on-old', 'untouched', { ...tested, ...stopped, deploy: 'failure' }],
  ['still-on-old', 'untouched', { ...good, smoke: 'failure', rollback: 'failure' }],
  ['nothing-live', 'nothing-live', { ...good, smoke: 'failure', rollback: 'success' }],
  ['nothing-live', 'nothing-live', { ...good, smoke: 'failure', rollback: 'failure' }],
  ['nothing-live', 'nothing-live', { ...tested, ...stopped, deploy: 'failure' }],
  [
    'nothing-live',
    'nothing-live',
    { ...tested, ...stopped, migrate: 'failure', deploy: 'failure' },
  ],
  ['nothing-live', 'nothing-live', good],
  ['cancelled', 'nothing-live', { ...good, smoke: 'cancelled', rollback: 'success' }],
  ['failed-before-deploy', 'nothing-live', { ...tested, ...stopped, scan: 'failure' }],
  ['taken-down', 'nothing-live', { rollback: 'success' }, 'rollback'],
  ['failed', 'nothing-live', { rollback: 'failure' }, 'rollback'],
  ['taken-down-by-host', 'taken-down-by-host', { ...good, smoke: 'cancelled' }],
  ['taken-down-by-host', 'taken-down-by-host', good],
  ['rolled-back', 'rolled-back', { ...good, smoke: 'failure', rollback: 'success' }],
  ['rolled-back', 'unknown', { ...good, smoke: 'cancelled', rollback: 'success' }],
  ['rolled-back-by-host', 'rolled-back-by-host', { ...good, smoke: 'cancelled' }],
  ['rolled-back-by-host', 'rolled-back-by-host', good],
  ['rollback-failed', 'provisional', { ...good, smoke: 'failure', rollback: 'failure' }],
  ['rollback-failed', 'unknown', { ...good, smoke: 'failure', rollback: 'cancelled' }],
  ['rollback-failed', 'confirmed', { ...good, rollback: 'success' }],
  ['rollback-failed', 'unknown', { rollback: 'failure' }, 'rollback'],
  ['rollback-failed', 'unsettled', { rollback: 'failure' }, 'rollback'],
  ['rollback-failed', 'unsettled', { rollback: 'success' }, 'rollback'],
  ['rollback-failed', 'unsettled', { ...good, smoke: 'failure', rollback: 'success' }],
  ['not-rolled-back', 'untouched', { rollback: 'failure' }, 'rollback'],
  ['replaced', 'replaced', good],
  ['replaced', 'replaced', { rollback: 'success' }, 'rollback'],
  ['failed', 'rolled-back', { rollback: 'failure' }, 'rollback'],
  ['failed', 'replaced', { ...good, smoke: 'failure', rollback: 'failure' }],
  ['failed', 'unknown', { ...tested, ...stopped, deploy: 'failure' }],
  ['failed', 'provisional', { ...good, smoke: 'failure' }],
  ['failed', 'confirmed', { ...good, test: 'failure' }],
  ['failed', 'unknown', { ...good, deploy: 'cancelled', test: 'failure' }],
  ['cancelled', 'untouched', { ...good, deploy: 'cancelled', smoke: 'skipped' }],
  [
    'cancelled',
    'untouched',
    { ...good, deploy: 'cancelled', smoke: 'skipped', rollback: 'success' },
  ],
  ['cancelled', 'held', { ...tested, ...stopped, deploy: 'cancelled' }],
  ['cancelled', 'unknown', { ...tested, ...stopped, build: 'cancelled' }],
  ['refused', 'refused', { ...untested, ...stopped, deploy: 'failure' }, 'redeploy'],
  ['nothing-deployed', 'unknown', { ...untested, ...stopped }],
  ['nothing-deployed', 'unknown', { smoke: 'success' }],
  ['nothing-deployed', 'untouched', { rollback: 'skipped' }, 'rollback'],
  ['tested-only', 'unknown', { ...tested, ...stopped }],
])('is %s when the release is %s after %j', (outcome, state, results, operation = 'deploy') => {
  expect(decideOutcome({ needs: needs(results), state, operation })).toBe(outcome);
});

it('says success for nothing but success, whatever the jobs and the release say', () => {
  const results = ['success', 'failure', 'cancelled', 'skipped', undefined] as const;
  const states = [
    ...['confirmed', 'provisional', 'rolled-back', 'rolled-back-by-host'],
    ...['replaced', 'untouched', 'held', 'unsettled', 'refused', 'unknown'],
    ...['nothing-live', 'taken-down-by-host'],
  ] as readonly ReleaseState[];
  const jobs = ['test', 'scan', 'deploy', 'migrate', 'smoke', 'rollback'] as const;
  const combinations = results.length ** jobs.length;
  const seen = new Set<Outcome>();
  const wrong: unknown[] = [];
  for (let number = 0; number < combinations; number += 1) {
    const given = jobs.flatMap((job, index) => {
      const result = results[Math.floor(number / results.length ** index) % results.length];
      return result === undefined ? [] : [[job, result] as const];
    });
    const run: Partial<Record<(typeof jobs)[number], JobResult>> = Object.fromEntries(given);
    const all = needs(run);
    const passed = (job: (typeof jobs)[number], ...others: (JobResult | undefined)[]) =>
      run[job] === 'success' || others.includes(run[job]);
    for (const state of states)
      for (const operation of operations) {
        const outcome = decideOutcome({ needs: all, state, operation });
        seen.add(outcome);
        const skippable =
          operation === 'redeploy' ? (['skipped', undefined] as const) : [undefined];
        const succeeded =
          operation !== 'rollback' &&
          operation !== 'test' &&
          state === 'confirmed' &&
          run.deploy === 'success' &&
          run.smoke === 'success' &&
          passed('migrate', ...skippable) &&
          passed('test', ...skippable) &&
          passed('scan', ...skippable) &&
          (run.rollback === undefined || run.rollback === 'skipped');
        if ((outcome === 'live' || outcome === 'redeployed') !== succeeded)
          wrong.push({ outcome, state, operation, run });
      }
  }
  expect(wrong).toEqual([]);
  expect([...seen].sort()).toEqual([...outcomes].sort());
});

it('has words of success in the headlines of success only', () => {
  for (const locale of locales)
    for (const outcome of outcomes) {
      const { headline } = textsIn(locale);
      const success = /✅|up to date|is redeployed|à jour|est redéployé|success|succès/i;
      expect([outcome, success.test(headline[outcome])]).toEqual([
        outcome,
        outcome === 'live' || outcome === 'redeployed',
      ]);
      if (colourOf(outcome) === 'red') expect(headline[outcome]).toMatch(/^(❌|🚨|⚠️)/u);
    }
});

it.each([
  ['live', 'confirmed'],
  ['staged', 'untouched'],
  ['', 'unknown'],
  ['CONFIRMED', 'unknown'],
  ['confirmed?', 'unknown'],
  ['replaced', 'unknown'],
  ['constructor', 'unknown'],
])('reads the state %j as %s', (word, state) => {
  expect(releaseStateFrom(word)).toBe(state);
});

it('speaks of a version before only where there was one', () => {
  const before = /version précédente|ancienne version|release before|old release/i;
  for (const locale of locales) {
    const { headline, now } = textsIn(locale);
    for (const outcome of ['nothing-live', 'taken-down', 'taken-down-by-host'] as const)
      expect(headline[outcome]).toMatch(/rien n’est encore en ligne|nothing is live/);
    expect(now.old(undefined)).not.toMatch(before);
    expect(now.nothing).not.toMatch(before);
    const claims = outcomes.filter((outcome) => before.test(headline[outcome]));
    // Each of these is decided only where the host, or the jobs, named something that is live.
    expect(claims).toEqual([
      'failed-to-migrate',
      'still-on-old',
      'rolled-back',
      'rolled-back-by-host',
    ]);
  }
});

it('does not miss a job that need not run, but hears of it when it has failed', () => {
  const outcome = (load: JobResult, ...optional: string[]) =>
    decideOutcome({
      needs: needs({ ...good, load }),
      state: 'confirmed',
      operation: 'deploy',
      optionalJobs: new Set(optional),
    });
  expect(outcome('skipped')).toBe('unverified');
  expect(outcome('skipped', 'load')).toBe('live');
  expect(outcome('failure', 'load')).toBe('failed');
});
