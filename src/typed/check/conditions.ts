import type { PlainStep } from '../plain.ts';
import { type Checked, type Fault, jobsOf, type Path } from './fault.ts';
import { expressionsIn, opensAfterFailure, usesOf } from './references.ts';

/**
 * Conditions that can never be true: without a status function GitHub adds success(), and then nothing before has
 * failed. And conditions that always are, because text stands beside the expression.
 */
export function conditionFaults(checked: Checked): Fault[] {
  return jobsOf(checked).flatMap(({ path, job }) => {
    const afterFailure = opensAfterFailure(job.if);
    const steps = job.steps.flatMap((step, index) =>
      conditionFault(step.if, [...path, 'steps', index, 'if'], { steps: job.steps, afterFailure }),
    );
    return [...conditionFault(job.if, [...path, 'if'], {}), ...steps];
  });
}

/** What is around the condition of a step; nothing is around that of a job. */
interface Around {
  readonly steps?: readonly PlainStep[];
  /** Whether the job runs after a failure too: the success() of its steps is about its own steps alone. */
  readonly afterFailure?: boolean;
}

function conditionFault(condition: string | undefined, path: Path, around: Around): Fault[] {
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
    const looked = references.find((names) => looksAtResult(names, around));
    const atFailure =
      ['failure', 'cancelled', 'skipped'].some((result) => literals.has(result)) ||
      (literals.has('success') && source.includes('!='));
    if (!looked || !atFailure || opensAfterFailure(condition)) return [];
    const message = `${looked.join('.')} can only be success here: add always(), failure() or cancelled() to the condition`;
    return [{ path, message }];
  });
}

function looksAtResult(
  names: readonly string[],
  { steps = [], afterFailure = false }: Around,
): boolean {
  const [context, id, field = ''] = names;
  if (context === 'job') return id === 'status';
  if (context === 'needs') return field === 'result' && !afterFailure;
  if (context !== 'steps' || !['outcome', 'conclusion'].includes(field)) return false;
  return !steps.find((step) => step.id === id)?.['continue-on-error'];
}
