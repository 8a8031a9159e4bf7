import { z } from 'zod';

const conclusions = [
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
] as const;
const whenCompleted = { error: 'a conclusion goes with status "completed", and only with it' };

const step = z
  .strictObject({
    name: z.string().min(1),
    number: z.int().positive(),
    status: z.enum(['queued', 'in_progress', 'completed']),
    conclusion: z.enum(conclusions).nullable(),
  })
  .refine(
    ({ status, conclusion }) => (status === 'completed') === (conclusion !== null),
    whenCompleted,
  );

const job = z
  .strictObject({
    name: z.string().min(1),
    status: z.enum(['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending']),
    conclusion: z.enum(conclusions).nullable(),
    steps: z.array(step).default([]),
    /** The job's log; a job without one answers as GitHub does where a log is gone. */
    log: z.string().optional(),
  })
  .refine(
    ({ status, conclusion }) => (status === 'completed') === (conclusion !== null),
    whenCompleted,
  );

/** What PUT /_state takes: how the jobs of one run stand now. */
export const runState = z.strictObject({
  run_id: z.int().positive(),
  head_sha: z
    .string()
    .regex(/^[0-9a-f]{40}$/, 'a full commit SHA')
    .default('0'.repeat(40)),
  head_branch: z.string().default('develop'),
  /** Where it is not given, that of its id. */
  run_number: z.int().positive().optional(),
  /** Of a run that is over. */
  conclusion: z.enum(conclusions).nullable().default(null),
  actor: z.string().default('somebody'),
  head_commit: z
    .strictObject({
      message: z.string(),
      author: z.strictObject({ name: z.string(), login: z.string().optional() }),
    })
    .optional(),
  jobs: z
    .array(job)
    .refine(
      (jobs) => new Set(jobs.map(({ name }) => name)).size === jobs.length,
      'a job name stands twice',
    ),
});

export type RunState = z.infer<typeof runState>;

export interface Times {
  readonly started_at: string | null;
  readonly completed_at: string | null;
}

type Timed<Part> = Part & Times;

/** A run as it is kept: with the times at which its jobs and steps were first seen to start and to end. */
export interface Run extends Omit<RunState, 'jobs'> {
  readonly created_at: string;
  readonly jobs: readonly (Timed<Omit<RunState['jobs'][number], 'steps'>> & {
    readonly steps: readonly Timed<z.infer<typeof step>>[];
  })[];
}

/** The run with its new state; times that were seen before stay. */
export function advance(before: Run | undefined, state: RunState, now: Date): Run {
  const at = now.toISOString();
  return {
    ...state,
    created_at: before?.created_at ?? at,
    jobs: state.jobs.map((each) => {
      const earlier = before?.jobs.find(({ name }) => name === each.name);
      const steps = each.steps.map((part) =>
        timed(
          part,
          earlier?.steps.find(({ number }) => number === part.number),
          at,
        ),
      );
      return { ...timed(each, earlier, at), steps };
    }),
  };
}

function timed<Part extends { status: string }>(
  part: Part,
  before: Times | undefined,
  at: string,
): Timed<Part> {
  const started = part.status === 'in_progress' || part.status === 'completed';
  return {
    ...part,
    started_at: started ? (before?.started_at ?? at) : null,
    completed_at: part.status === 'completed' ? (before?.completed_at ?? at) : null,
  };
}
