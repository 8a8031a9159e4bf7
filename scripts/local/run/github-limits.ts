import type { ActEvent, StepKey } from './act-log.ts';

/** How long each job may take, in minutes, by its id. */
export type JobMinutes = Readonly<Record<string, number>>;

/** What GitHub gives a job that does not say. */
export const usualMinutes = 360;

const mostSummaryBytes = 1024 * 1024;
const mostAnnotations = 10;

/**
 * Turns what act says into what GitHub would have made of it: a summary of more than 1 MiB is refused, ten annotations of
 * a kind are shown for a step, and a job that took longer than it may has failed. `now` is milliseconds.
 */
export function gitHubLimits(
  minutes: JobMinutes,
  now: () => number = Date.now,
): (event: ActEvent) => ActEvent[] {
  const began = new Map<string, number>();
  const annotations = new Map<string, number>();
  return (event) => {
    if ('step' in event && !began.has(event.step.job)) began.set(event.step.job, now());
    switch (event.kind) {
      case 'summary':
        return event.bytes > mostSummaryBytes ? [event, refusedSummary(event)] : [event];
      case 'annotation': {
        const key = JSON.stringify([event.step.job, event.step.id, event.level]);
        const count = (annotations.get(key) ?? 0) + 1;
        annotations.set(key, count);
        return count > mostAnnotations ? hidden(event, count === mostAnnotations + 1) : [event];
      }
      case 'job-finished': {
        const most = minutes[event.job] ?? usualMinutes;
        const taken = (now() - (began.get(event.job) ?? now())) / 60_000;
        if (taken <= most) return [event];
        return [
          { kind: 'trouble', text: tooLong(event.job, most, taken) },
          { ...event, result: 'failure' },
        ];
      }
      default:
        return [event];
    }
  };
}

function refusedSummary({ step, bytes }: { step: StepKey; bytes: number }): ActEvent {
  const text = `the summary of the step is ${Math.ceil(bytes / 1024)} KiB: GitHub takes 1024 KiB and drops a longer one`;
  return { kind: 'annotation', step, level: 'error', text };
}

/** Those beyond are in the log alone. */
function hidden(event: Extract<ActEvent, { kind: 'annotation' }>, first: boolean): ActEvent[] {
  const { step, level, text } = event;
  const output = (line: string): ActEvent => ({ kind: 'output', step, text: `${line}\n` });
  const note = `GitHub shows ${mostAnnotations} annotations of a kind for a step; this and the next are in the log only:`;
  return [...(first ? [output(note)] : []), output(`${level}: ${text}`)];
}

function tooLong(job: string, most: number, taken: number): string {
  return `the job ${job} took ${taken.toFixed(1)} minutes; GitHub ends it after ${most} (timeout-minutes)`;
}
