import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ActEvent, StepKey } from '../../scripts/local/run/act-log.ts';
import { progressLines, reasonLines } from '../../scripts/local/run/report.ts';
import { isOwnStep, RunState } from '../../scripts/local/run/run-state.ts';

const jobs = [
  { id: 'build', name: 'Build images' },
  { id: 'deploy', name: 'Deploy' },
  { id: 'notify', name: 'Notify' },
];
const push: StepKey = { job: 'build', id: 'Main push', name: 'Push' };
const setUp: StepKey = { job: 'build', id: 'Main --setup-job', name: 'Set up job' };

function stateAfter(...events: ActEvent[]): RunState {
  const state = new RunState(jobs);
  for (const event of events) state.apply(event);
  return state;
}

it('begins with every job of the workflow, none of them judged', () => {
  expect(stateAfter().jobs.map(({ name, result }) => [name, result])).toEqual([
    ['Build images', undefined],
    ['Deploy', undefined],
    ['Notify', undefined],
  ]);
});

it('collects what a step prints, its annotations among it, and its result', () => {
  const state = stateAfter(
    { kind: 'step-started', step: push },
    { kind: 'output', step: push, text: 'one\n' },
    { kind: 'annotation', step: push, level: 'error', text: 'refused' },
    { kind: 'output', step: push, text: 'two\n' },
    { kind: 'step-finished', step: push, result: 'failure', duration: 30 },
  );
  const [build] = state.jobs;
  expect(build?.steps).toMatchObject([
    { key: push, result: 'failure', output: 'one\nerror: refused\ntwo\n' },
  ]);
  expect(build?.steps[0]?.endedAt).toBeGreaterThanOrEqual(build?.startedAt ?? Infinity);
});

it('keeps an action and its post step apart', () => {
  const post = { ...push, id: 'Post push', name: 'Post: Push' };
  const state = stateAfter(
    { kind: 'step-started', step: push },
    { kind: 'step-started', step: post },
  );
  expect(state.jobs[0]?.steps.map(({ key }) => key)).toEqual([push, post]);
});

it('repeats warnings at the end with the name of their job', () => {
  const warning = { kind: 'annotation', step: push, level: 'warning' } as const;
  const state = stateAfter(
    { ...warning, text: 'slow' },
    { ...warning, level: 'error', text: 'broken' },
  );
  expect(state.warnings).toEqual(['Build images: slow']);
});

describe('at the end of a run', () => {
  it('calls a job that never began skipped, and one that was cut short cancelled', () => {
    const state = stateAfter(
      { kind: 'step-started', step: push },
      { kind: 'job-finished', job: 'build', result: 'success' },
      { kind: 'step-started', step: { job: 'deploy', id: 'Main 0', name: 'Stage' } },
    );
    state.finish();
    expect(state.jobs.map(({ id, result }) => [id, result])).toEqual([
      ['build', 'success'],
      ['deploy', 'cancelled'],
      ['notify', 'skipped'],
    ]);
  });
});

it('refuses a job that the workflow does not have', () => {
  const unknown = { kind: 'job-finished', job: 'release', result: 'success' } as const;
  expect(() => stateAfter(unknown)).toThrow('"release"');
});

it.each<[boolean, StepKey]>([
  [true, push],
  [false, setUp],
  [false, { ...setUp, id: 'Main --complete-job', name: 'Complete job' }],
  [false, { ...push, id: 'Pre push', name: 'Pre: Push' }],
  [false, { ...push, id: 'Post push', name: 'Post: Push' }],
])('knows whether the workflow names a step: %s for %o', (own, key) => {
  expect(isOwnStep(key)).toBe(own);
});

describe('while it runs', () => {
  it('shows what a failing step printed, and nothing of one that succeeds', () => {
    const state = stateAfter({ kind: 'output', step: push, text: 'one\ntwo\n' });
    const lines = (result: 'success' | 'failure') => {
      const event = { kind: 'step-finished', step: push, result, duration: 1 } as const;
      return progressLines(event, state.apply(event)).join('\n');
    };
    expect(lines('success')).toMatch(/✓.* Push/);
    expect(lines('success')).not.toContain('one');
    expect(lines('failure')).toMatch(/✗.* Push.*\n.*one\n.*two$/);
  });

  it('shows a failing step even where the workflow does not name it', () => {
    const event = { kind: 'step-finished', step: setUp, duration: 1 } as const;
    const state = stateAfter({ kind: 'output', step: setUp, text: 'no such image\n' });
    const success = { ...event, result: 'success' } as const;
    const failure = { ...event, result: 'failure' } as const;
    expect(progressLines(success, state.apply(success))).toEqual([]);
    expect(progressLines(failure, state.apply(failure)).join('\n')).toContain('no such image');
  });
});

it('says of every job that failed why, in the words of its first error', () => {
  const tests: StepKey = { job: 'deploy', id: 'Main 1', name: 'Tests' };
  const state = stateAfter(
    { kind: 'output', step: push, text: 'ERROR: failed to push\nERROR: giving up\n' },
    { kind: 'step-finished', step: push, result: 'failure', duration: 30 },
    { kind: 'job-finished', job: 'build', result: 'failure' },
    { kind: 'output', step: tests, text: 'FAILED t/test_list.py::test_list - assert 500 == 200\n' },
    { kind: 'step-finished', step: tests, result: 'failure', duration: 30 },
    { kind: 'job-finished', job: 'deploy', result: 'failure' },
    { kind: 'job-finished', job: 'notify', result: 'success' },
  );
  expect(reasonLines(state).map((line) => stripVTControlCharacters(line))).toEqual([
    '  ✗ Build images: ERROR: failed to push',
    '  ✗ Deploy: test_list.py::test_list – expected 200, got 500',
  ]);
});
