import type { PlainStep } from '../yaml.ts';
import { type Checked, type Fault, jobsOf, type Path } from './fault.ts';
import { expressionsIn, opensAfterFailure, usesOf } from './references.ts';

/**
 * Conditions that can never be true: without a status function GitHub adds success(), and then nothing before has
 * failed. And conditions that always are, because text stands beside the expression.
 */
export function conditionFaults(checked: Checked): Fault[] {
  return jobsOf(checked).flatMap(({ path, job }) => {
    const steps = job.steps.flatMap((step, index) =>
      conditionFault(step.if, [...path, 'steps', index, 'if'], job.steps),
    );
    return [...conditionFault(job.if, [...path, 'if'], []), ...steps];
  });
}

function conditionFault(
  condition: string | undefined,
  path: Path,
  steps: readonly PlainStep[],
): Fault[] {
  if (condition === undefined) return [];
  if (condition.includes('${{') && !/^\$\{\{(?:(?!\$\{\{).)*\}\}$/s.test(condition.trim()))
    return [
      {
        path,
        message: 'text beside an expression makes the condition true: it is text, not a value',
      },
    ];
  return expressionsIn(condition, path).flatMap(({ source }) => {
    const { references, literals } = usesOf(source);
    const looked = references.find((names) => looksAtResult(names, steps));
    const atFailure =
      ['failure', 'cancelled', 'skipped'].some((result) => literals.has(result)) ||
      (literals.has('success') && source.includes('!='));
    if (!looked || !atFailure || opensAfterFailure(condition)) return [];
    const message = `${looked.join('.')} can only be success here: add always(), failure() or cancelled() to the condition`;
    return [{ path, message }];
  });
}

function looksAtResult(names: readonly string[], steps: readonly PlainStep[]): boolean {
  const [context, id, field = ''] = names;
  if (context === 'job') return id === 'status';
  if (context === 'needs') return field === 'result';
  if (context !== 'steps' || !['outcome', 'conclusion'].includes(field)) return false;
  return !steps.find((step) => step.id === id)?.['continue-on-error'];
}
