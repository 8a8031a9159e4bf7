import type { PlainJob, PlainStep } from '../plain.ts';
import type { Checked } from './fault.ts';
import { expressionsIn, parse, referenceOf, usesOf } from './references.ts';

/** The names of a step's environment: of its own, of its job's and of the workflow's `env`, the nearest one first. */
function envOf(
  step: PlainStep,
  job: PlainJob,
  { workflow }: Checked,
): Readonly<Record<string, unknown>> {
  return { ...workflow.env, ...job.env, ...step.env };
}

/** The names of a step's environment that hold a secret. */
export function secretNames(step: PlainStep, job: PlainJob, checked: Checked): readonly string[] {
  return namesWhere(envOf(step, job, checked), (source) => {
    const [context, name] = referenceOf(parse(source)) ?? [];
    return context === 'secrets' || (context === 'github' && name === 'token');
  });
}

/** The names of a step's environment that hold what others write. */
export function untrustedNames(
  step: PlainStep,
  job: PlainJob,
  checked: Checked,
): readonly string[] {
  return namesWhere(envOf(step, job, checked), (source) =>
    usesOf(source).references.some((names) => isUntrusted(names, checked)),
  );
}

function namesWhere(env: Readonly<Record<string, unknown>>, holds: (source: string) => boolean) {
  return Object.entries(env).flatMap(([name, value]) =>
    expressionsIn(value, [name]).some(({ source }) => holds(source)) ? [name] : [],
  );
}

const written = ['title', 'body', 'message', 'label', 'head_branch', 'page_name'];

function isUntrusted([context, ...names]: readonly string[], checked: Checked): boolean {
  const last = names.at(-1) ?? '';
  if (context === 'inputs') return isTextInput(last, checked);
  if (context !== 'github') return false;
  if (names[0] !== 'event') return ['head_ref', 'ref_name'].includes(last);
  if (names[1] === 'inputs') return isTextInput(last, checked);
  return written.includes(last) || (last === 'ref' && names.at(-2) === 'head');
}

function isTextInput(name: string, { workflow }: Checked): boolean {
  const { workflow_dispatch: dispatch } = workflow.on as {
    workflow_dispatch?: { inputs?: Readonly<Record<string, { type?: string } | null>> } | null;
  };
  const input = dispatch?.inputs?.[name];
  return input !== undefined && (input?.type ?? 'string') === 'string';
}
