import { posix } from 'node:path';
import type { PlainJob, PlainStep } from '../plain.ts';
import type { Checked } from './fault.ts';
import { shellOf } from './shells.ts';

/** The folder that a step's script runs in, relative to the repository's top; `undefined` where only the run knows. */
export function folderOf(
  step: PlainStep,
  job: PlainJob,
  { workflow }: Checked,
): string | undefined {
  const folder =
    step['working-directory'] ??
    job.defaults?.run?.['working-directory'] ??
    workflow.defaults?.run?.['working-directory'] ??
    '.';
  return inRepository(folder, '.');
}

/** A path as it is called from the repository's top; `undefined` for one outside, or one that only the run knows. */
export function inRepository(path: string, folder: string): string | undefined {
  if (/[$*?{[~]|^\/|^[\w+]+:\/\//.test(path)) return undefined;
  const joined = posix.normalize(posix.join(folder, path)).replace(/\/$/, '');
  return joined === '.' ? '' : joined.startsWith('..') ? undefined : joined;
}

/** Whether a step's script is for a POSIX shell. */
export function isShell(step: PlainStep, job: PlainJob, checked: Checked): boolean {
  return /^(?:bash|sh)\b/.test(shellOf(step, job, checked));
}
