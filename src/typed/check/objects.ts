import type { Expr } from '@actions/expressions';
import { FunctionCall, Grouping } from '@actions/expressions/ast';
import { type Checked, type Fault, jobsOf, type Path, stepsOf } from './fault.ts';
import { expressionsIn, parse, partsOf, referenceOf } from './references.ts';

/** Whole contexts where a value is wanted: the text `Object`; and all results of jobs, in a job that needs none. */
export function objectFaults(checked: Checked): Fault[] {
  return [
    ...stepsOf(checked).flatMap(({ step, path, job }) => [
      ...printed(step.env, [...path, 'env']),
      ...printed(step.with, [...path, 'with']),
      ...empty(step, path, job.needs),
    ]),
    ...jobsOf(checked).flatMap(({ job, path }) => [
      ...printed(job.env, [...path, 'env']),
      ...printed(job.outputs, [...path, 'outputs']),
    ]),
  ];
}

function printed(part: unknown, path: Path): Fault[] {
  return expressionsIn(part, path).flatMap(({ path: at, source }) => {
    const names = objectOf(parse(source));
    return names
      ? [
          {
            path: at,
            message: `${names.join('.')} is an object, which a value shows as Object: take toJson(), or one of its fields`,
          },
        ]
      : [];
  });
}

function objectOf(node: Expr): readonly string[] | undefined {
  if (node instanceof Grouping) return objectOf(node.group);
  const names = referenceOf(node);
  if (!names) return undefined;
  const [context = '', , field] = names;
  const whole =
    names.length === 1 &&
    [
      'github',
      'needs',
      'steps',
      'job',
      'runner',
      'matrix',
      'strategy',
      'inputs',
      'env',
      'vars',
      'secrets',
    ].includes(context);
  const part =
    (['needs', 'steps'].includes(context) &&
      (names.length === 2 || (names.length === 3 && field === 'outputs'))) ||
    names.join('.') === 'github.event';
  return whole || part ? names : undefined;
}

/** toJSON(needs) in a job without needs is {}. */
function empty(step: unknown, path: Path, needs: readonly string[] = []): Fault[] {
  if (needs.length > 0) return [];
  return expressionsIn(step, path).flatMap(({ path: at, source }) =>
    asksForAll(parse(source))
      ? [{ path: at, message: 'needs is empty here: the job needs no other' }]
      : [],
  );
}

function asksForAll(node: Expr): boolean {
  const names = referenceOf(node);
  if (names) return names.length === 1 && names[0] === 'needs';
  if (node instanceof FunctionCall) return node.args.some(asksForAll);
  return partsOf(node).some(asksForAll);
}
