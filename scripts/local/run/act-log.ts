import { z } from 'zod';

/** One line of `act --json`; fields that the local run does not need are left out. */
const record = z.object({
  msg: z.string().default(''),
  level: z.string().optional(),
  jobID: z.string().optional(),
  step: z.string().optional(),
  // Steps of a composite action carry the ids of all steps around them as well.
  stepID: z.array(z.string()).optional(),
  stepid: z.array(z.string()).optional(),
  stage: z.string().default('Main'),
  stepResult: z.enum(['success', 'failure', 'skipped']).optional(),
  /** Nanoseconds. */
  executionTime: z.number().default(0),
  jobResult: z.enum(['success', 'failure', 'cancelled', 'skipped']).optional(),
  raw_output: z.boolean().optional(),
  command: z.string().optional(),
  kvPairs: z.record(z.string(), z.string()).nullish(),
  arg: z.string().default(''),
  /** Of a summary. */
  content: z.string().default(''),
});

export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

/** Names one step of one job; the post step of an action is a step of its own. */
export interface StepKey {
  readonly job: string;
  readonly id: string;
  readonly name: string;
}

/** What act says that people want to know. */
export type ActEvent =
  | { readonly kind: 'step-started'; readonly step: StepKey }
  | {
      readonly kind: 'step-finished';
      readonly step: StepKey;
      readonly result: Result;
      readonly duration: number;
    }
  | { readonly kind: 'output'; readonly step: StepKey; readonly text: string }
  | {
      readonly kind: 'annotation';
      readonly step: StepKey;
      readonly level: 'warning' | 'error';
      readonly text: string;
    }
  /** What a step wrote for the page of its job. */
  | { readonly kind: 'summary'; readonly step: StepKey; readonly bytes: number }
  | { readonly kind: 'job-finished'; readonly job: string; readonly result: Result }
  | { readonly kind: 'secret'; readonly value: string }
  | { readonly kind: 'trouble'; readonly text: string };

/** Reads one line of act's log; a line without news gives nothing. Durations are in milliseconds. */
export function parseActLine(line: string): ActEvent | undefined {
  const parsed = record.safeParse(json(line));
  if (!parsed.success) return line.trim() ? { kind: 'trouble', text: line } : undefined;
  const entry = parsed.data;
  if (entry.command === 'add-mask') return { kind: 'secret', value: entry.arg };
  const ids = entry.stepID ?? entry.stepid ?? [];
  if (entry.jobID && entry.jobResult)
    return { kind: 'job-finished', job: entry.jobID, result: entry.jobResult };
  if (!entry.jobID || !entry.step || !ids[0])
    return entry.level === 'error' ? { kind: 'trouble', text: entry.msg } : undefined;
  const step = {
    job: entry.jobID,
    id: `${entry.stage} ${ids[0]}`,
    name: title(entry.step, entry.stage),
  };
  if (entry.raw_output) return { kind: 'output', step, text: entry.msg };
  if (entry.command === 'summary')
    return { kind: 'summary', step, bytes: Buffer.byteLength(entry.content) };
  if (entry.command === 'warning' || entry.command === 'error') {
    const text = [entry.kvPairs?.title, entry.arg].filter(Boolean).join(': ');
    return { kind: 'annotation', step, level: entry.command, text };
  }
  if (ids.length === 1 && entry.msg.startsWith('⭐ Run ')) return { kind: 'step-started', step };
  if (ids.length === 1 && entry.stepResult)
    return {
      kind: 'step-finished',
      step,
      result: entry.stepResult,
      duration: entry.executionTime / 1e6,
    };
  return entry.level === 'error' ? { kind: 'output', step, text: `${entry.msg}\n` } : undefined;
}

function title(step: string, stage: string): string {
  return stage === 'Main' ? step : `${stage}: ${step}`;
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
