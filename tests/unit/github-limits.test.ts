import { expect, it } from 'vitest';
import type { ActEvent, StepKey } from '../../scripts/local/run/act-log.ts';
import { parseActLine } from '../../scripts/local/run/act-log.ts';
import { gitHubLimits } from '../../scripts/local/run/github-limits.ts';
import { demandSizes } from '../../scripts/local/run/local-settings.ts';

const step: StepKey = { job: 'build', id: 'Main push', name: 'Push' };
const mebibyte = 1024 * 1024;

/** As act says it. */
const summary = (content: string) =>
  parseActLine(
    JSON.stringify({
      command: 'summary',
      content,
      jobID: 'build',
      stage: 'Main',
      step: 'Push',
      stepID: ['push'],
    }),
  ) as ActEvent;

it('refuses a summary of more than 1 MiB, in bytes, as an error that fails nothing', () => {
  const judge = gitHubLimits({});
  expect(judge(summary('é'.repeat(mebibyte / 2)))).toHaveLength(1);
  const [, refusal] = judge(summary(`é${'é'.repeat(mebibyte / 2)}`));
  expect(refusal).toEqual({
    kind: 'annotation',
    step,
    level: 'error',
    text: 'the summary of the step is 1025 KiB: GitHub takes 1024 KiB and drops a longer one',
  });
});

it('shows ten annotations of a kind for a step, and leaves the rest in its log', () => {
  const judge = gitHubLimits({});
  const annotation = (level: 'warning' | 'error', of = step): ActEvent => ({
    kind: 'annotation',
    step: of,
    level,
    text: 'look',
  });
  const warnings = Array.from({ length: 12 }, () => judge(annotation('warning')));
  expect(warnings.slice(0, 10).flat()).toEqual(Array(10).fill(annotation('warning')));
  expect(warnings.slice(10).flat()).toEqual([
    { kind: 'output', step, text: expect.stringMatching(/^GitHub shows 10 annotations .*:\n$/) },
    { kind: 'output', step, text: 'warning: look\n' },
    { kind: 'output', step, text: 'warning: look\n' },
  ]);
  const others = [annotation('error'), annotation('warning', { ...step, id: 'Main pull' })];
  expect(others.flatMap(judge)).toEqual(others);
});

it('fails a job that took longer than it may, and says so', () => {
  let now = 0;
  const judge = gitHubLimits({ build: 10 }, () => now);
  const ended: ActEvent = { kind: 'job-finished', job: 'build', result: 'success' };
  judge({ kind: 'step-started', step });
  now = 10 * 60_000;
  expect(judge(ended)).toEqual([ended]);
  now += 30_000;
  expect(judge(ended)).toEqual([
    {
      kind: 'trouble',
      text: 'the job build took 10.5 minutes; GitHub ends it after 10 (timeout-minutes)',
    },
    { ...ended, result: 'failure' },
  ]);
  expect(judge({ ...ended, job: 'other' })).toEqual([{ ...ended, job: 'other' }]);
});

it('refuses settings that GitHub does not keep', () => {
  const settings = (secret: number, variables: readonly number[]) => ({
    secrets: { KEY: 's'.repeat(secret) },
    variables: Object.fromEntries(variables.map((size, each) => [`V${each}`, 'v'.repeat(size)])),
  });
  const most = 48 * 1024;
  const fine = settings(most, [most, most, most, most, most, 16 * 1024]);
  expect(demandSizes(fine)).toBe(fine);
  expect(() => demandSizes(settings(most + 1, []))).toThrow(/^The secret KEY has 49153 bytes/);
  expect(() => demandSizes(settings(1, [1, most + 1]))).toThrow(/^The variable V1 has 49153 bytes/);
  expect(() => demandSizes(settings(1, Array(6).fill(most)))).toThrow(/^All variables have 294912/);
});
