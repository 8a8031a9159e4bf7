import type { Expr } from '@actions/expressions';
import { Binary, FunctionCall, Logical } from '@actions/expressions/ast';
import type { PlainJob, PlainStep } from '../plain.ts';
import { simulate } from '../simulate.ts';
import { type Checked, type Fault, jobsOf, type Path } from './fault.ts';
import { expressionsIn, opensAfterFailure, parse, partsOf, referenceOf } from './references.ts';
import { beginningsOf } from './scenarios.ts';

/** Outputs that are empty since the step or job that makes them was skipped, and no choice says what counts then. */
export function skippedOutputFaults(checked: Checked): Fault[] {
  return [
    ...jobsOf(checked).flatMap(({ job, path }) => [
      ...ofSteps(job, path),
      ...matrixOutputs(job, path, checked),
    ]),
    ...ofJobs(checked),
  ];
}

/** Where a value of an expression is taken as it is, the names of that value. */
function takenAsIs(node: Expr): readonly (readonly string[])[] {
  const names = referenceOf(node);
  if (names) return [names];
  // In a choice or a comparison an empty value is one of the cases.
  if (node instanceof Logical || node instanceof Binary) return [];
  if (node instanceof FunctionCall && !/^(?:format|fromjson|join)$/i.test(node.functionName.lexeme))
    return [];
  return partsOf(node).flatMap(takenAsIs);
}

function ofSteps(job: PlainJob, path: Path): Fault[] {
  const skippable = new Map(
    job.steps.flatMap((step) =>
      step.id !== undefined &&
      ((step.if !== undefined && !opensAfterFailure(step.if)) || failsUnseen(step))
        ? [[step.id, step] as const]
        : [],
    ),
  );
  const faults = (part: unknown, at: Path, reader: PlainStep | undefined): Fault[] =>
    expressionsIn(part, at).flatMap(({ path: place, source }) =>
      takenAsIs(parse(source)).flatMap(([context, id = '', field]) => {
        const made = context === 'steps' && field === 'outputs' ? skippable.get(id) : undefined;
        if (!made || covered(made, reader)) return [];
        if (made.if === undefined) {
          const failed = `the step ${id} may fail and the job goes on (continue-on-error), and this is empty then: give this the condition that ${id} succeeded, or a value by firstOf()`;
          return [{ path: place, message: failed }];
        }
        const message = `the step ${id} may be skipped (${made.if}), and this is empty then: say what counts, by when() or firstOf(), or give this the same condition`;
        return [{ path: place, message }];
      }),
    );
  return [
    ...faults(job.outputs, [...path, 'outputs'], undefined),
    ...job.steps.flatMap((step, index) =>
      faults({ with: step.with, env: step.env }, [...path, 'steps', index], step),
    ),
  ];
}

/** Whether an action, which has no outputs where it fails, may fail without its job. */
function failsUnseen(step: PlainStep): boolean {
  return step['continue-on-error'] === true && step.if === undefined && step.uses !== undefined;
}

/** Whether a step only runs where the other has run: by the same condition, or by what it asks of the other. */
function covered(made: PlainStep, reader: PlainStep | undefined): boolean {
  if (reader?.if === undefined) return false;
  const parts = (condition: string) =>
    bare(condition)
      .split(/&&/)
      .map((each) => each.trim());
  const asked = parts(reader.if);
  if (new RegExp(`\\bsteps\\.${(made.id ?? '').replaceAll(/\W/g, '\\$&')}\\.`).test(reader.if))
    return true;
  // What opens after a failure runs where the other was never begun.
  return parts(made.if ?? '').every((each) => asked.includes(each));
}

function bare(condition: string): string {
  return condition
    .trim()
    .replace(/^\$\{\{(.*)\}\}$/s, '$1')
    .trim();
}

/** An output of a matrix is that of whichever run ends last. */
function matrixOutputs(job: PlainJob, path: Path, checked: Checked): Fault[] {
  if (job.strategy?.matrix === undefined) return [];
  const id = String(path.at(-1));
  const text = JSON.stringify(
    Object.entries(checked.workflow.jobs).filter(([other]) => other !== id),
  );
  return Object.entries(job.outputs ?? {}).flatMap(([name, value]) => {
    const alone = Object.entries(job.strategy?.matrix ?? {}).every(
      ([name, axis]) => name === 'exclude' || (Array.isArray(axis) && axis.length < 2),
    );
    const used = text.includes(`needs.${id}.outputs.${name}`) || text.includes(`needs['${id}']`);
    if (alone || !used || /\bmatrix\./.test(name) || !String(value).includes('${{')) return [];
    return [
      {
        path: [...path, 'outputs', name],
        message: `every run of the matrix sets ${name}, and the one that ends last wins: upload an artifact for each instead`,
      },
    ];
  });
}

/** Outputs of jobs that can be skipped where a job reads them that runs nevertheless. */
function ofJobs(checked: Checked): Fault[] {
  const { workflow } = checked;
  const readers = jobsOf(checked).filter(({ job }) => opensAfterFailure(job.if));
  if (readers.length === 0) return [];
  const found = new Map<string, Fault>();
  for (const beginning of beginningsOf(workflow)) {
    const ended = simulate(workflow, beginning);
    for (const { id, job, path } of readers) {
      if (ended[id]?.result !== 'success') continue;
      const skipped = (job.needs ?? []).filter((need) => ended[need]?.result === 'skipped');
      const running = new Set(ended[id]?.steps);
      const parts = [
        { part: job.env as unknown, at: [...path, 'env'] as Path },
        ...job.steps.flatMap((step, index) =>
          running.has(step.name)
            ? [
                {
                  part: { with: step.with, env: step.env } as unknown,
                  at: [...path, 'steps', index] as Path,
                },
              ]
            : [],
        ),
      ];
      for (const { part, at } of parts)
        for (const { path: place, source } of expressionsIn(part, at))
          for (const [context, need = '', field] of takenAsIs(parse(source))) {
            if (context !== 'needs' || field !== 'outputs' || !skipped.includes(need)) continue;
            const key = place.join('.');
            const message = `${need} is skipped in ${beginning.called}, and this is empty then: say what counts, by when() or firstOf()`;
            if (!found.has(key)) found.set(key, { path: place, message, consequence: true });
          }
    }
  }
  return [...found.values()];
}
