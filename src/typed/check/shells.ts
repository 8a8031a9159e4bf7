import type { PlainJob, PlainStep } from '../plain.ts';
import type { Checked } from './fault.ts';

/** The shell that a definition names for a step's script, such as `bash` or `python {0}`. */
export function namedShell(
  step: PlainStep,
  job: PlainJob,
  { workflow }: Checked,
): string | undefined {
  return step.shell ?? job.defaults?.run?.shell ?? workflow.defaults?.run?.shell;
}

/** The shell that runs a step's script. */
export function shellOf(step: PlainStep, job: PlainJob, checked: Checked): string {
  const onWindows = /\bwindows/i.test(JSON.stringify([job['runs-on'], job.strategy]));
  return namedShell(step, job, checked) ?? (onWindows ? 'pwsh' : 'bash');
}
