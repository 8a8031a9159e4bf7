import type { Condition } from '../typed/expression.ts';
import type { Job } from '../typed/job.ts';

/** The machine that every stage runs on; `configure` changes that of a job. */
export const runner = 'ubuntu-24.04';

/** What a job's token needs to check the repository out. */
export const readOnly = { contents: 'read' } as const;

/** What every stage can be told. */
export interface StageOptions {
  /** The jobs that have to succeed before; all whose results or outputs the stage uses are among them. */
  readonly needs: readonly Job[];
  /** When it runs; where it is not given, after success of all it needs. */
  readonly if?: Condition;
}

/** The keys of a job that come from a stage's options; a job that is needed twice is named once. */
export function basics({ needs, if: condition }: StageOptions) {
  return {
    needs: [...new Set(needs)],
    ...(condition && { if: condition }),
    'runs-on': runner,
  } as const;
}

/** The key of a job whose scripts run in a folder of the repository; nothing for its top. */
export function scriptsIn(directory: string) {
  return directory === '.' ? {} : { defaults: { run: { 'working-directory': directory } } };
}
