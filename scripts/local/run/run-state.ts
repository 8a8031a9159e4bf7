import type { ActEvent, Result, StepKey } from './act-log.ts';
import { outputsStep } from './job-outputs.ts';

export interface StepState {
  readonly key: StepKey;
  result: Result | undefined;
  output: string;
  /** How much of the output, in characters, has been shown to people. */
  shown: number;
  /** When it started and ended; milliseconds since the epoch. */
  readonly startedAt: number;
  endedAt: number | undefined;
}

export interface JobState {
  readonly id: string;
  readonly name: string;
  result: Result | undefined;
  startedAt: number | undefined;
  endedAt: number | undefined;
  readonly steps: StepState[];
}

/** Whether a step is one that the workflow names, rather than work around it: set-up, pre and post steps. */
export function isOwnStep({ id, name }: StepKey): boolean {
  const around = name === 'Set up job' || name === 'Complete job' || id === `Main ${outputsStep}`;
  return id.startsWith('Main ') && !around;
}

/** The state of a run, built from act's events. */
export class RunState {
  readonly jobs: readonly JobState[];
  readonly warnings: string[] = [];

  constructor(jobs: ReadonlyArray<{ readonly id: string; readonly name: string }>) {
    this.jobs = jobs.map(({ id, name }) => ({
      id,
      name,
      result: undefined,
      startedAt: undefined,
      endedAt: undefined,
      steps: [],
    }));
  }

  /** Applies an event; returns the step or the job it is about. */
  apply(event: ActEvent): { job?: JobState; step?: StepState } {
    if (event.kind === 'trouble' || event.kind === 'secret' || event.kind === 'summary') return {};
    if (event.kind === 'job-finished') {
      const job = this.#job(event.job);
      job.result = event.result;
      job.endedAt = Date.now();
      return { job };
    }
    const job = this.#job(event.step.job);
    job.startedAt ??= Date.now();
    const step = this.#step(job, event.step);
    if (event.kind === 'output') step.output += event.text;
    if (event.kind === 'annotation') {
      step.output += `${event.level}: ${event.text}\n`;
      if (event.level === 'warning') this.warnings.push(`${job.name}: ${event.text}`);
    }
    if (event.kind === 'step-finished') {
      step.result = event.result;
      step.endedAt = Date.now();
    }
    return { job, step };
  }

  /** Ends the run: jobs that never ran are skipped, jobs cut short are cancelled. */
  finish(): void {
    for (const job of this.jobs)
      job.result ??= job.startedAt === undefined ? 'skipped' : 'cancelled';
  }

  #job(id: string): JobState {
    const job = this.jobs.find((each) => each.id === id);
    if (!job) throw new Error(`act reports the job "${id}", which the workflow does not have`);
    return job;
  }

  #step(job: JobState, key: StepKey): StepState {
    const known = job.steps.find((step) => step.key.id === key.id);
    if (known) return known;
    const step = {
      key,
      result: undefined,
      output: '',
      shown: 0,
      startedAt: Date.now(),
      endedAt: undefined,
    };
    job.steps.push(step);
    return step;
  }
}
