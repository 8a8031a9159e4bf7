import { styleText } from 'node:util';
import { firstError } from '../../../actions/shared/src/first-error.ts';
import { duration } from '../../terminal/progress.ts';
import type { ActEvent, Result } from './act-log.ts';
import { isOwnStep, type JobState, type RunState, type StepState } from './run-state.ts';

type Style = Parameters<typeof styleText>[0];

const marks: Readonly<Record<Result, { mark: string; style: Style }>> = {
  success: { mark: '✓', style: 'green' },
  failure: { mark: '✗', style: 'red' },
  cancelled: { mark: '⊘', style: 'yellow' },
  skipped: { mark: '○', style: 'dim' },
};

/** The lines to show for an event: jobs and steps as they happen, and what a failing step printed. */
export function progressLines(
  event: ActEvent,
  { job, step }: { job?: JobState; step?: StepState },
): readonly string[] {
  if (event.kind === 'step-started' && job && job.steps.length === 1)
    return ['', styleText('bold', job.name)];
  if (
    event.kind === 'step-finished' &&
    step &&
    (isOwnStep(step.key) || event.result === 'failure')
  ) {
    const { mark, style } = marks[event.result];
    const took = styleText('dim', duration((step.endedAt ?? step.startedAt) - step.startedAt));
    const line = `  ${styleText(style, mark)} ${step.key.name}  ${took}`;
    return event.result === 'failure' ? [line, ...newOutput(step)] : [line];
  }
  // act gives some reasons only after it has called the step finished.
  if (event.kind === 'job-finished' && job)
    return job.steps.filter(({ result }) => result === 'failure').flatMap(newOutput);
  if (event.kind === 'annotation' && event.level === 'warning')
    return [`  ${styleText('yellow', '!')} ${event.text}`];
  if (event.kind === 'trouble') return [`${styleText('red', 'act:')} ${event.text}`];
  return [];
}

/** What a failed step printed since it was last shown, at most its last 200 lines. */
function newOutput(step: StepState): string[] {
  const lines = step.output.slice(step.shown).trim().split('\n').slice(-200);
  step.shown = step.output.length;
  return lines.filter(Boolean).map((text) => `    ${styleText('red', '│')} ${text}`);
}

/** The table of a finished run: every job with its result and duration. */
export function jobTable(state: RunState): readonly string[] {
  const width = Math.max(...state.jobs.map((job) => job.name.length));
  return state.jobs.map(({ name, result = 'skipped', startedAt, endedAt }) => {
    const { mark, style } = marks[result];
    const took =
      startedAt === undefined || endedAt === undefined ? '' : duration(endedAt - startedAt);
    return `  ${styleText(style, `${mark} ${result.padEnd(9)}`)}  ${name.padEnd(width)}  ${took}`;
  });
}

const longestReason = 300;

/** Why a run is red: of every job that failed, the first real error of its failing step. */
export function reasonLines(state: RunState): readonly string[] {
  return state.jobs
    .filter(({ result }) => result === 'failure')
    .map(({ name, steps }) => {
      const step = steps.find(({ result }) => result === 'failure');
      const reason = step && (firstError(step.output) ?? `${step.key.name} said nothing`);
      const shown = (reason ?? 'none of its steps failed; see the log').slice(0, longestReason);
      return `  ${styleText('red', `✗ ${name}:`)} ${shown}`;
    });
}
