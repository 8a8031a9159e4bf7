import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Result } from '../../src/typed/contexts.ts';
import type { Plain } from '../../src/typed/plain.ts';
import { type Scenario, simulate } from '../../src/typed/simulate.ts';

const github = { event_name: 'push', ref: 'refs/heads/main' };

/** How the jobs of a workflow end: each is `id: needs, condition`. */
function results(
  jobs: Readonly<Record<string, { needs?: string[]; if?: string }>>,
  scenario: Partial<Scenario> = {},
): Readonly<Record<string, Result>> {
  const workflow = { jobs: Object.fromEntries(jobsOf(jobs)) } as unknown as Plain;
  const simulated = simulate(workflow, { github, ...scenario });
  return Object.fromEntries(Object.entries(simulated).map(([id, { result }]) => [id, result]));
}

function jobsOf(jobs: Readonly<Record<string, object>>) {
  return Object.entries(jobs).map(([id, job]) => [id, { steps: [], ...job }] as const);
}

describe('without a status function', () => {
  it('a job runs after success only', () => {
    const jobs = { a: {}, b: { needs: ['a'], if: "github.ref == 'refs/heads/main'" } };
    expect(results(jobs)).toEqual({ a: 'success', b: 'success' });
    expect(results(jobs, { ends: { a: 'failure' } })).toEqual({ a: 'failure', b: 'skipped' });
    expect(results(jobs, { ends: { a: 'cancelled' } }).b).toBe('skipped');
  });

  it('a job that looks at a failure never runs', () => {
    const jobs = { a: {}, b: { needs: ['a'], if: "needs.a.result == 'failure'" } };
    expect(results(jobs, { ends: { a: 'failure' } }).b).toBe('skipped');
  });

  it('a job is skipped when one far before was, although what it needs ran', () => {
    const jobs = {
      a: { if: 'false' },
      b: { needs: ['a'], if: '!cancelled()' },
      c: { needs: ['b'] },
      d: { needs: ['b'], if: "!cancelled() && needs.b.result == 'success'" },
    };
    expect(results(jobs)).toEqual({ a: 'skipped', b: 'success', c: 'skipped', d: 'success' });
  });
});

describe('with a status function', () => {
  const jobs = {
    a: {},
    b: { needs: ['a'] },
    always: { needs: ['b'], if: 'always()' },
    failure: { needs: ['b'], if: 'failure()' },
    cancelled: { needs: ['b'], if: 'cancelled()' },
    braces: { needs: ['b'], if: '${{ !cancelled() }}' },
  };

  it('a job runs after what it asks for', () => {
    expect(results(jobs)).toMatchObject({
      always: 'success',
      failure: 'skipped',
      cancelled: 'skipped',
      braces: 'success',
    });
  });

  it('failure() sees a job far before', () => {
    expect(results(jobs, { ends: { a: 'failure' } })).toMatchObject({
      b: 'skipped',
      always: 'success',
      failure: 'success',
      cancelled: 'skipped',
      braces: 'success',
    });
  });

  it('a cancelled run starts only what asks for it', () => {
    expect(results(jobs, { cancelledDuring: ['a'] })).toEqual({
      a: 'cancelled',
      b: 'skipped',
      always: 'success',
      failure: 'skipped',
      cancelled: 'success',
      braces: 'skipped',
    });
  });

  it('a job that runs when the run is cancelled goes on if its condition still holds', () => {
    expect(results(jobs, { cancelledDuring: ['always', 'braces'] })).toMatchObject({
      always: 'success',
      braces: 'cancelled',
    });
  });
});

it('compares as GitHub does: an input that the event lacks equals the empty text', () => {
  const jobs = { a: { if: "inputs.release == ''" }, b: { if: "inputs.release != ''" } };
  expect(results(jobs)).toEqual({ a: 'success', b: 'skipped' });
  expect(results(jobs, { inputs: { release: 'x' } })).toEqual({ a: 'skipped', b: 'success' });
});

it('tells the steps that run', () => {
  const yaml = `
    steps:
      - { name: one }
      - { name: two, if: inputs.dry }
      - { name: three, if: failure() }
      - { name: four, if: always() }
  `;
  const workflow = { jobs: { a: parse(yaml) } } as unknown as Plain;
  expect(simulate(workflow, { github }).a?.steps).toEqual(['one', 'four']);
  expect(simulate(workflow, { github, inputs: { dry: true } }).a?.steps).toEqual([
    ...['one', 'two', 'four'],
  ]);
});

it('does not start a job that waits for one that is not there', () => {
  expect(results({ a: { needs: ['b'] }, c: {} })).toEqual({ a: 'skipped', c: 'success' });
});
