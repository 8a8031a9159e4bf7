import { expect, it } from 'vitest';
import { decideOutcome, type JobResult, type Needs, type Outcome } from '../src/outcome.ts';

const good = { test: 'success', scan: 'success', deploy: 'success', smoke: 'success' } as const;

function needs(results: Record<string, JobResult>): Needs {
  return Object.fromEntries(Object.entries(results).map(([job, result]) => [job, { result }]));
}

it.each<[Outcome, Record<string, JobResult>]>([
  ['live', { ...good }],
  ['live', { ...good, rollback: 'skipped' }],
  ['unverified', { ...good, scan: 'skipped' }],
  ['unverified', { ...good, smoke: 'skipped' }],
  ['unverified', { test: 'success', deploy: 'success' }],
  ['failed', { ...good, scan: 'failure' }],
  ['failed', { ...good, test: 'failure', deploy: 'skipped', smoke: 'skipped' }],
  ['failed', { ...good, smoke: 'failure' }],
  ['failed', { ...good, smoke: 'failure', rollback: 'failure' }],
  ['failed', { ...good, deploy: 'cancelled', test: 'failure' }],
  ['rolled-back', { ...good, smoke: 'failure', rollback: 'success' }],
  ['rolled-back', { ...good, smoke: 'cancelled', rollback: 'success' }],
  ['cancelled', { ...good, deploy: 'cancelled', smoke: 'skipped' }],
  ['nothing-deployed', { ...good, deploy: 'skipped', smoke: 'skipped' }],
  ['nothing-deployed', { test: 'success', smoke: 'success' }],
])('is %s for %j', (outcome, results) => {
  expect(decideOutcome(needs(results))).toBe(outcome);
});
