import {
  NormalJob,
  Step as PlainStep,
  Workflow as PlainWorkflow,
} from '@github-actions-workflow-ts/lib';
import { type CallParts, callOf } from './call.ts';
import { actionOf } from './catalog.ts';
import type { Waivers } from './check/rule-names.ts';
import { type PlacedWaiver, placedWaivers } from './check/waivers.ts';
import { plainCall, plainWorkflowCall } from './compile-call.ts';
import { DefinitionError } from './definition-error.ts';
import { isExpression } from './expression.ts';
import {
  type Job,
  type JobDefinition,
  type JobStep,
  type NamedEnvironment,
  partsOf,
} from './job.ts';
import type { Matrix } from './matrix.ts';
import type { Plain, PlainPromise } from './plain.ts';
import { plainCondition, toPlain } from './plain-values.ts';
import type { Position } from './position.ts';
import { plainPromises } from './promises.ts';
import { type PlacedRaw, type Raw, withRaw } from './raw.ts';
import { positions, type StepDefinition } from './step.ts';
import type { Triggers } from './triggers.ts';
import type { Workflow } from './workflow.ts';
import { writeYaml } from './yaml.ts';
import { headKeys, jobKeys, stepKeys } from './yaml-keys.ts';

/**
 * Where the calls stand that made the parts of a workflow, by their path in the YAML: '' the workflow, 'jobs.deploy' a
 * job, 'jobs.deploy.if' a key of it that was written later, 'jobs.deploy.steps.2' a step, first where it is defined, then
 * where it is added.
 */
export type Origins = ReadonlyMap<string, readonly Position[]>;

/** A workflow as GitHub reads it. */
export interface CompiledWorkflow {
  readonly id: string;
  readonly plain: Plain;
  readonly yaml: string;
  readonly origins: Origins;
  readonly promises: readonly PlainPromise[];
  readonly waivers: readonly PlacedWaiver[];
  readonly raws: readonly PlacedRaw[];
}

/** Compiles a workflow; `source` and `command` are named in the YAML's first comment. */
export function compile(
  { id, definition, defined }: Workflow,
  { source, command }: { readonly source: string; readonly command: string },
): CompiledWorkflow {
  const { on, jobs, promises = [], waive, raw, ...rest } = definition;
  demand(id, definition, defined);
  const { workflow_dispatch, workflow_call, ...events } = on;
  const made = new PlainWorkflow(id, {
    ...(toPlain(rest) as object),
    on: {
      ...(toPlain(events) as object),
      ...(workflow_dispatch && { workflow_dispatch: plainDispatch(workflow_dispatch) }),
      ...(workflow_call && { workflow_call: plainWorkflowCall(workflow_call) }),
    } as never,
  }).addJobs(jobs.map(plainJob)).workflow as unknown as Plain;
  const plain = withRaw(made, raw, headKeys);
  const notice = ` Compiled from ${source} by \`${command}\`: edit that file, not this one.`;
  return {
    ...{ id, plain, promises: plainPromises(promises) },
    yaml: writeYaml(plain, notice, versionsOf(jobs)),
    origins: originsOf(jobs, defined),
    waivers: waiversOf(jobs, waive),
    raws: rawsOf(jobs, raw),
  };
}

/** What types demand, for who runs the build before the compiler. */
function demand(id: string, { on, jobs }: Workflow['definition'], at: Position | undefined): void {
  if (typeof on !== 'object' || Object.keys(on).length === 0)
    throw new DefinitionError(`the workflow ${id} needs an event that starts it: on`, at);
  if (!Array.isArray(jobs) || jobs.length === 0)
    throw new DefinitionError(`the workflow ${id} has no jobs`, at);
}

function waiversOf(jobs: readonly Job[], ofWorkflow: Waivers | undefined): readonly PlacedWaiver[] {
  return [
    ...placedWaivers([], ofWorkflow),
    ...jobs.flatMap((job) => {
      const path = ['jobs', job.id];
      const called = callOf(job);
      if (called) return placedWaivers(path, called.definition.waive);
      const { definition, steps } = partsOf(job);
      return [
        ...placedWaivers(path, definition.waive),
        ...steps.flatMap((each, index) =>
          placedWaivers([...path, 'steps', index], each.definition.waive),
        ),
      ];
    }),
  ];
}

function plainDispatch(dispatch: NonNullable<Triggers['workflow_dispatch']>): object {
  return 'declared' in dispatch && Object.keys(dispatch.declared).length > 0
    ? { inputs: dispatch.declared }
    : {};
}

/** Where the workflow has keys that this layer does not know. */
function rawsOf(jobs: readonly Job[], ofWorkflow: Raw | undefined): readonly PlacedRaw[] {
  const placed = (path: PlacedRaw['path'], raw: Raw | undefined) => (raw ? [{ path, raw }] : []);
  return [
    ...placed([], ofWorkflow),
    ...jobs.flatMap((job) => {
      const path = ['jobs', job.id];
      const called = callOf(job);
      if (called) return placed(path, called.definition.raw);
      const { definition, steps } = partsOf(job);
      return [
        ...placed(path, definition.raw),
        ...steps.flatMap((each, index) => placed([...path, 'steps', index], each.definition.raw)),
      ];
    }),
  ];
}

/** The tags of the workflows that jobs call, for the comments beside them. */
function versionsOf(jobs: readonly Job[]): ReadonlyMap<string, string> {
  return new Map(
    jobs.flatMap((job): [string, string][] => {
      const uses = callOf(job)?.definition.uses;
      if (!uses || !('signature' in uses) || uses.signature.version === undefined) return [];
      return [[uses.signature.uses, uses.signature.version]];
    }),
  );
}

function plainJob(job: Job): NormalJob {
  const called = callOf(job);
  if (called) return plainCallingJob(job.id, called);
  const { definition, steps, outputs } = partsOf(job);
  const { needs = [], if: condition, environment, strategy, waive: _, raw, ...rest } = definition;
  const keys = {
    ...(toPlain(rest) as JobDefinition),
    ...(condition && { if: plainCondition(condition) }),
    ...(strategy && { strategy: plainStrategy(strategy) }),
    ...(environment && { environment: plainEnvironment(environment) }),
    ...(Object.keys(outputs).length > 0 && { outputs: toPlain(outputs) }),
  };
  const plain = new NormalJob(job.id, withRaw(keys, raw, jobKeys) as never).addSteps(
    steps.map((each) => new PlainStep(plainStep(each) as never)),
  );
  return waitingFor(plain, needs);
}

function plainCallingJob(id: string, { definition, defined }: CallParts): NormalJob {
  const { name, needs = [], if: condition, strategy, permissions, concurrency, raw } = definition;
  const keys = {
    ...(toPlain({ name, permissions }) as object),
    ...(condition && { if: plainCondition(condition) }),
    ...(strategy && { strategy: plainStrategy(strategy) }),
    ...(concurrency && { concurrency: toPlain(concurrency) }),
    ...plainCall(definition, defined),
  };
  return waitingFor(new NormalJob(id, withRaw(keys, raw, jobKeys) as never), needs);
}

function waitingFor(job: NormalJob, needs: readonly Job[]): NormalJob {
  return needs.length > 0 ? job.needs(needs.map(({ id }) => new NormalJob(id, {} as never))) : job;
}

function plainStrategy(strategy: NonNullable<JobDefinition['strategy']>): object {
  return { ...strategy, matrix: plainMatrix(strategy.matrix) };
}

function plainMatrix({ axes, include, exclude }: Matrix): unknown {
  return toPlain({ ...axes, ...(include && { include }), ...(exclude && { exclude }) });
}

function plainEnvironment(environment: NonNullable<JobDefinition['environment']>): unknown {
  if (typeof environment !== 'object')
    throw new DefinitionError(
      `${JSON.stringify(environment)} is no environment: declare it by environment(), and name the constant`,
    );
  if (typeof environment.name === 'string') return environment.name;
  const { name, url, deployment } = environment as NamedEnvironment;
  return {
    name: isExpression(name) ? toPlain(name) : name.name,
    ...(url !== undefined && { url: toPlain(url) }),
    ...(deployment !== undefined && { deployment }),
  };
}

function plainStep({ definition, added }: JobStep) {
  const { writes: _, waive: _waive, raw, ...kept } = definition;
  const { if: condition, uses, with: inputs, run, ...rest } = kept;
  const plain = {
    ...(toPlain(rest) as object),
    ...(condition && { if: plainCondition(condition) }),
    ...(uses && { uses: pinned(uses, positions.get(definition) ?? added) }),
    ...(uses && inputs && { with: plainInputs(uses, inputs) }),
    ...(run !== undefined && { run: script(run) }),
  };
  return withRaw(plain, raw, stepKeys);
}

/** The action with its commit; throws for one that is not in the catalog. */
function pinned(uses: string, at: Position | undefined): string {
  const facts = actionOf(uses);
  if (!facts)
    throw new DefinitionError(
      `${uses} is not in the lock: npx staging-pipeline actions add ${uses}`,
      at,
    );
  return facts.uses;
}

function plainInputs(uses: string, inputs: NonNullable<StepDefinition['with']>): unknown {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => {
      const plain = toPlain(value);
      const separator = actionOf(uses)?.inputs[name]?.separator ?? '\n';
      return [name, Array.isArray(plain) ? plain.join(separator) : plain];
    }),
  );
}

/** The text of a script without the indentation that its place in the source gives it. */
function script(text: string): string {
  if (typeof text !== 'string')
    throw new DefinitionError('run is a script, written out: values reach it through env');
  const lines = text.replace(/^\n/, '').trimEnd().split('\n');
  const filled = lines.filter((line) => line.trim() !== '');
  const indent = Math.min(...filled.map((line) => line.search(/\S/)));
  const dedented = lines.map((line) => line.slice(indent).trimEnd());
  return dedented.length === 1 ? (dedented[0] ?? '') : `${dedented.join('\n')}\n`;
}

function originsOf(jobs: readonly Job[], defined: Position | undefined): Origins {
  const origins = new Map<string, readonly Position[]>();
  const add = (path: string, ...found: readonly (Position | undefined)[]) =>
    origins.set(
      path,
      found.filter((position) => position !== undefined),
    );
  add('', defined);
  for (const job of jobs) {
    const called = callOf(job);
    if (called) add(`jobs.${job.id}`, called.defined);
    if (called) continue;
    const parts = partsOf(job);
    add(`jobs.${job.id}`, parts.defined);
    for (const [key, at] of parts.configured) add(`jobs.${job.id}.${key}`, at);
    add(`jobs.${job.id}.outputs`, parts.outputsAt);
    for (const [index, { definition, added }] of parts.steps.entries())
      add(`jobs.${job.id}.steps.${index}`, positions.get(definition), added);
  }
  return origins;
}
