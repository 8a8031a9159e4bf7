import { factsOf } from '../catalog.ts';
import type { PlainJob, PlainStep } from '../plain.ts';
import { calledOf, callOf } from './called-workflows.ts';
import { type Checked, type Fault, jobsOf, type Path } from './fault.ts';
import { expressionsIn, usesOf } from './references.ts';
import { writes } from './written-outputs.ts';

/** Where an expression stands. */
interface Site {
  readonly checked: Checked;
  readonly job: PlainJob | undefined;
  /** The step that it stands in. */
  readonly step?: PlainStep;
  /** The steps that have ended when the expression is evaluated. */
  readonly before: readonly PlainStep[];
}

/** References to what is not there: a step, a job, an output, a secret, a variable, an input. */
export function nameFaults(checked: Checked): Fault[] {
  const { jobs, ...head } = checked.workflow;
  return [
    ...faultsIn(head, [], { checked, job: undefined, before: [] }),
    ...jobsOf(checked).flatMap(({ path, job }) => {
      const { steps, outputs, environment, ...rest } = job;
      const ended = { checked, job, before: steps };
      return [
        ...faultsIn(rest, path, { checked, job, before: [] }),
        ...faultsIn(outputs, [...path, 'outputs'], ended),
        ...faultsIn(environment, [...path, 'environment'], ended),
        ...steps.flatMap((step, index) =>
          faultsIn(step, [...path, 'steps', index], {
            checked,
            job,
            step,
            before: steps.slice(0, index),
          }),
        ),
      ];
    }),
  ];
}

function faultsIn(part: unknown, path: Path, site: Site): Fault[] {
  return expressionsIn(part, path).flatMap((place) =>
    usesOf(place.source).references.flatMap((names) => {
      const message = missing(names, site);
      return message ? [{ path: place.path, message }] : [];
    }),
  );
}

function missing(names: readonly string[], site: Site): string | undefined {
  const [context, ...rest] = names;
  switch (context) {
    case 'steps':
      return missingStep(rest, site);
    case 'needs':
      return missingJob(rest, site);
    case 'jobs':
      return missingJobOfCall(rest, site);
    case 'env':
      return missingVariable(rest, site);
    case 'job':
      return missingService(rest, site);
    case 'inputs':
      return missingInput(rest, site);
    case 'vars':
    case 'secrets':
      return missingSetting(context, rest, site);
    default:
      return undefined;
  }
}

function missingStep([id, field, output]: readonly string[], { job, before }: Site) {
  if (id === undefined) return undefined;
  const found = before.find((step) => step.id === id);
  if (!found)
    return job?.steps.some((step) => step.id === id)
      ? `the step ${id} comes later, or is this step itself`
      : `this job has no step with the id ${id}`;
  if (field !== undefined && !['outputs', 'outcome', 'conclusion'].includes(field))
    return `a step has outputs, outcome and conclusion, but no ${field}`;
  if (field !== 'outputs' || output === undefined) return undefined;
  if (found.run !== undefined)
    return writes(found.run, output)
      ? undefined
      : `the script of step ${id} never writes the output ${output} to $GITHUB_OUTPUT`;
  const outputs = factsOf(found.uses)?.outputs;
  return !outputs || outputs.includes(output)
    ? undefined
    : `${found.uses?.split('@')[0]} has no output ${output}`;
}

function missingJob([id, field, output]: readonly string[], { checked, job }: Site) {
  if (id === undefined) return undefined;
  if (!job?.needs?.includes(id))
    return `needs.${id} is used, so the job ${id} has to be in this job's needs`;
  if (field !== undefined && !['outputs', 'result'].includes(field))
    return `a job has outputs and a result, but no ${field}`;
  if (field !== 'outputs' || output === undefined) return undefined;
  return outputsOf(checked.workflow.jobs[id], checked)?.has(output) === false
    ? `the job ${id} has no output ${output}`
    : undefined;
}

/** The outputs of a job by name; nothing where it calls a workflow of which nothing is known here. */
function outputsOf(job: PlainJob | undefined, { others = {} }: Checked): Set<string> | undefined {
  if (job?.uses === undefined) return new Set(Object.keys(job?.outputs ?? {}));
  const called = calledOf(job.uses, others);
  return called && new Set(Object.keys(callOf(called)?.outputs ?? {}));
}

/** What calls of this workflow read of its jobs. */
function missingJobOfCall([id, field, output]: readonly string[], { checked }: Site) {
  if (id === undefined) return undefined;
  const job = checked.workflow.jobs[id];
  if (!job) return `the workflow has no job ${id}`;
  if (field !== 'outputs' || output === undefined) return undefined;
  return outputsOf(job, checked)?.has(output) === false
    ? `the job ${id} has no output ${output}`
    : undefined;
}

function missingVariable([name]: readonly string[], { checked, job, step, before }: Site) {
  if (name === undefined || !job) return undefined;
  const set = [checked.workflow.env, job.env, step?.env].flatMap((env) =>
    typeof env === 'object' ? Object.keys(env) : [],
  );
  // An action may export what it likes.
  const exported = before.some(
    ({ run, uses }) => uses !== undefined || run?.includes('GITHUB_ENV'),
  );
  return exported || set.some((each) => each.toLowerCase() === name.toLowerCase())
    ? undefined
    : `neither an env nor a step before sets env.${name}`;
}

function missingService([field, name]: readonly string[], { job }: Site) {
  if (field !== 'services' || name === undefined || !job) return undefined;
  return name in (job.services ?? {}) ? undefined : `the job has no service ${name}`;
}

function missingInput([name]: readonly string[], { checked }: Site) {
  if (name === undefined) return undefined;
  const { workflow_dispatch: dispatch } = checked.workflow.on as {
    workflow_dispatch?: { inputs?: object };
  };
  if (name in (dispatch?.inputs ?? {})) return undefined;
  const call = callOf(checked.workflow);
  if (name in (call?.inputs ?? {})) return undefined;
  return `${call && !dispatch ? 'workflow_call' : 'workflow_dispatch'} has no input ${name}`;
}

function missingSetting(
  context: 'vars' | 'secrets',
  [name]: readonly string[],
  { checked, job }: Site,
) {
  if (name === undefined || name === 'GITHUB_TOKEN') return undefined;
  if (context === 'secrets' && name in (callOf(checked.workflow)?.secrets ?? {})) return undefined;
  const having = checked.settings.filter(({ declared }) =>
    Object.hasOwn(context === 'vars' ? declared.variables : declared.secrets, name),
  );
  if (having.length === 0) return `${context}.${name} is not declared`;
  const { environment = '' } = job ?? {};
  const current = typeof environment === 'string' ? environment : environment.name;
  return having.some((each) => each.name === '' || each.name === current)
    ? undefined
    : `the environment ${having[0]?.name} has ${context}.${name}, so the job has to name it`;
}
