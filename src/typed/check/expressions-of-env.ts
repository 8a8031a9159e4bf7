import type { PlainJob, PlainStep } from '../plain.ts';
import { calledOf, callOf } from './called-workflows.ts';
import type { Checked, PlacedStep } from './fault.ts';
import { expressionsIn, parse, referenceOf, valuesTaken } from './references.ts';
import { commandsOf, handedTo, uses } from './shell-commands.ts';

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
  const site = { checked, job };
  return namesWhere(envOf(step, job, checked), (source) =>
    valuesTaken(source).some((names) => isUntrusted(names, site)),
  );
}

/** Those of them that reach the step through an output of another step or job, where no type follows them. */
export function untrustedByOutput({ step, job }: PlacedStep, checked: Checked): readonly string[] {
  const site = { checked, job };
  return namesWhere(envOf(step, job, checked), (source) =>
    valuesTaken(source).some(
      (names) => ['steps', 'needs'].includes(names[0] ?? '') && isUntrusted(names, site),
    ),
  );
}

/** Those of them that may hold several lines: the names of branches and tags cannot. */
export function foreignNames({ step, job }: PlacedStep, checked: Checked): readonly string[] {
  const site = { checked, job };
  return namesWhere(envOf(step, job, checked), (source) =>
    valuesTaken(source).some((names) => isUntrusted(names, site) && !isRef(names)),
  );
}

function isRef(names: readonly string[]): boolean {
  const refs = ['head_ref', 'ref_name', 'ref', 'base_ref', 'label', 'head_branch'];
  return [...refs, 'tag_name', 'target_commitish'].includes(names.at(-1) ?? '');
}

function namesWhere(env: Readonly<Record<string, unknown>>, holds: (source: string) => boolean) {
  return Object.entries(env).flatMap(([name, value]) =>
    expressionsIn(value, [name]).some(({ source }) => holds(source)) ? [name] : [],
  );
}

const written = [
  'title',
  'body',
  'message',
  'label',
  'head_branch',
  'page_name',
  'email',
  'display_title',
  'tag_name',
  'target_commitish',
];
/** What others may call as they like. */
const named = ['author', 'release', 'label', 'milestone', 'category', 'package_version'];

interface Site {
  readonly checked: Checked;
  readonly job: PlainJob;
}

/** Whether a reference is text that others write, also by way of the outputs of steps and jobs. */
export function isUntrusted(
  [context, ...names]: readonly string[],
  site: Site,
  depth = 0,
): boolean {
  const last = names.at(-1) ?? '';
  if (context === 'inputs') return isTextInput(last, site.checked);
  if (depth > 20) return false;
  if (context === 'steps') return isUntrustedOutput(names, site, depth);
  if (context === 'needs') {
    const [id = '', field, output = ''] = names;
    const job = site.checked.workflow.jobs[id];
    if (field !== 'outputs' || !job) return false;
    return (
      usedBy(job.outputs?.[output]).some((each) =>
        isUntrusted(each, { ...site, job }, depth + 1),
      ) || isUntrustedOfCall(job, output, { ...site, depth })
    );
  }
  if (context === 'env') {
    const { workflow } = site.checked;
    return usedBy({ ...workflow.env, ...site.job.env }[last]).some((each) =>
      isUntrusted(each, site, depth + 1),
    );
  }
  if (context !== 'github') return false;
  if (names[1] === 'client_payload') return true;
  if (names[0] !== 'event') return ['head_ref', 'ref_name'].includes(last);
  if (names[1] === 'inputs') return isTextInput(last, site.checked);
  return (
    written.includes(last) ||
    (last === 'ref' && names.at(-2) === 'head') ||
    (last === 'name' && named.includes(names.at(-2) ?? ''))
  );
}

/** An output of a called workflow: that of one of its jobs. */
function isUntrustedOfCall(
  { uses }: PlainJob,
  output: string,
  { checked, job, depth }: Site & { readonly depth: number },
): boolean {
  const workflow = calledOf(uses, checked.others ?? {});
  if (!workflow) return false;
  const site = { checked: { ...checked, workflow }, job };
  return usedBy(callOf(workflow)?.outputs?.[output]?.value).some(([context, ...names]) =>
    isUntrusted([context === 'jobs' ? 'needs' : (context ?? ''), ...names], site, depth + 1),
  );
}

/** An output into which a script writes a variable with text of others. */
function isUntrustedOutput(
  [id, field, output = '']: readonly string[],
  { checked, job }: Site,
  depth: number,
): boolean {
  const step = job.steps.find((each) => each.id === id);
  if (field !== 'outputs' || step?.run === undefined) return false;
  const names = namesWhere(envOf(step, job, checked), (source) =>
    valuesTaken(source).some((each) => isUntrusted(each, { checked, job }, depth + 1)),
  );
  if (names.length === 0) return false;
  const own = new RegExp(`(?:^|[\\s'"{])${output.replaceAll(/\W/g, '\\$&')}(?:=|<<)`);
  const commands = commandsOf(step.run);
  const writing = commands.filter((command) => handedTo(command) === 'GITHUB_OUTPUT');
  const grouped = writing.some(({ name }) => /^(?:\}|\)|done|fi)/.test(name));
  return (grouped ? commands : writing).some(
    (command) => (grouped || own.test(command.text)) && names.some((name) => uses(command, name)),
  );
}

function usedBy(value: unknown): readonly (readonly string[])[] {
  return expressionsIn(value, []).flatMap(({ source }) => valuesTaken(source));
}

function isTextInput(name: string, { workflow }: Checked): boolean {
  const { workflow_dispatch: dispatch, workflow_call: call } = workflow.on as Readonly<
    Record<
      string,
      { inputs?: Readonly<Record<string, { type?: string } | null>> } | null | undefined
    >
  >;
  const input = dispatch?.inputs?.[name] ?? call?.inputs?.[name];
  return input !== undefined && (input?.type ?? 'string') === 'string';
}
