import { data, Evaluator } from '@actions/expressions';
import { parse, usesOf } from './check/references.ts';
import type { Result } from './contexts.ts';
import { jobsBefore } from './jobs-before.ts';
import type { Plain, PlainJob } from './plain.ts';

/** What happens to a run. */
export interface Scenario {
  /** The `github` context: event_name, ref, event and whatever else conditions look at. */
  readonly github: Readonly<Record<string, unknown>>;
  /** The inputs of a run by hand. */
  readonly inputs?: Readonly<Record<string, string | number | boolean>>;
  /** How jobs end that run; the others succeed. */
  readonly ends?: Readonly<Record<string, Exclude<Result, 'skipped'>>>;
  /** The jobs that run when somebody cancels the run; what needs one of them comes after that. */
  readonly cancelledDuring?: readonly string[];
  /** Outputs by job and name; a job that runs sets the others to some text. */
  readonly outputs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Outputs of steps, by job, step and name; the others have none. */
  readonly stepOutputs?: Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>
  >;
}

/** How a job ended, and the names of the steps that ran if none of them failed. */
export interface SimulatedJob {
  readonly result: Result;
  readonly steps: readonly string[];
}

/**
 * How the jobs of a run end, by id. Conditions are evaluated as GitHub does: where a condition calls no status
 * function, success() is added; for a job success() means that every job before it, near and far, succeeded, so that a
 * skipped one counts; a cancelled run still starts what always() or cancelled() asks for.
 * https://docs.github.com/actions/reference/evaluate-expressions-in-workflows-and-actions#status-check-functions
 */
export function simulate(
  workflow: Plain,
  scenario: Scenario,
): Readonly<Record<string, SimulatedJob>> {
  const ended = new Map<string, SimulatedJob>();
  const end = (id: string, job: PlainJob): SimulatedJob => {
    const known = ended.get(id);
    if (known) return known;
    for (const need of job.needs ?? []) {
      const needed = workflow.jobs[need];
      // Of one that the workflow lacks, a rule tells.
      if (needed) end(need, needed);
    }
    const simulated = simulateJob({ workflow, scenario, ended }, id, job);
    ended.set(id, simulated);
    return simulated;
  };
  return Object.fromEntries(Object.entries(workflow.jobs).map(([id, job]) => [id, end(id, job)]));
}

interface Run {
  readonly workflow: Plain;
  readonly scenario: Scenario;
  /** The jobs that have ended, at least all that the current one waits for. */
  readonly ended: ReadonlyMap<string, SimulatedJob>;
}

function simulateJob(run: Run, id: string, job: PlainJob): SimulatedJob {
  const { cancelledDuring = [], ends = {}, github, inputs = {} } = run.scenario;
  const before = [...jobsBefore(run.workflow.jobs, id)];
  const results = before.map((each) => run.ended.get(each)?.result);
  const running = cancelledDuring.includes(id);
  const cancelled = before.some((each) => cancelledDuring.includes(each));
  const known = { github, inputs, needs: needsContext(run, job) };
  const context = dictionaryOf(known);
  const holds = (runCancelled: boolean) =>
    evaluate(job.if, context, {
      success: !runCancelled && results.every((result) => result === 'success'),
      failure: !runCancelled && results.includes('failure'),
      cancelled: runCancelled,
    });
  if (!holds(cancelled)) return { result: 'skipped', steps: [] };
  // A running job goes on after the cancellation if its condition still holds.
  const result = running && !holds(true) ? 'cancelled' : (ends[id] ?? 'success');
  return {
    result,
    // Most ask for the result alone.
    get steps() {
      return stepsOf(job, dictionaryOf({ ...known, steps: stepsContext(run, id, job) }));
    },
  };
}

/** The names of the steps that run as long as all succeed. */
function stepsOf(job: PlainJob, context: data.Dictionary): readonly string[] {
  const outcome = { success: true, failure: false, cancelled: false };
  return job.steps.filter((step) => evaluate(step.if, context, outcome)).map(({ name }) => name);
}

/** The steps of a job that have an id, as they end where all succeed. */
function stepsContext({ scenario }: Run, id: string, job: PlainJob): object {
  const succeeded = { outcome: 'success', conclusion: 'success' };
  const named = job.steps.flatMap((step) => step.id ?? []);
  return Object.fromEntries(
    named.map((step) => [
      step,
      { ...succeeded, outputs: scenario.stepOutputs?.[id]?.[step] ?? {} },
    ]),
  );
}

function needsContext(run: Run, { needs = [] }: PlainJob): object {
  return Object.fromEntries(
    needs.map((id) => {
      const result = run.ended.get(id)?.result;
      return [id, { result, outputs: result === 'skipped' ? {} : outputsOf(run, id) }];
    }),
  );
}

function outputsOf({ workflow, scenario }: Run, id: string): object {
  const names = Object.keys(workflow.jobs[id]?.outputs ?? {});
  return { ...Object.fromEntries(names.map((name) => [name, name])), ...scenario.outputs?.[id] };
}

interface Statuses {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

/** Contexts as expressions read them. */
function dictionaryOf(contexts: object): data.Dictionary {
  return JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
}

/** What an expression in braces evaluates to before any job has run; `undefined` for what cannot be read. */
export function evaluateText(text: string, { github, inputs = {} }: Scenario): unknown {
  const source = text.trim().replace(/^\$\{\{(.*)\}\}$/s, '$1');
  const values = dictionaryOf({ github, inputs });
  try {
    const result = new Evaluator(parse(source), values).evaluate();
    return 'value' in result ? result.value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a condition holds; without one, whether all before succeeded. */
function evaluate(
  condition: string | undefined,
  values: data.Dictionary,
  statuses: Statuses,
): boolean {
  const source = (condition ?? 'success()').replace(/^\$\{\{(.*)\}\}$/s, '$1');
  if (usesOf(source).statuses.size === 0 && !statuses.success) return false;
  const functions = Object.entries({ ...statuses, always: true }).map(([name, value]) => [
    name,
    { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) },
  ]);
  try {
    return truthy(
      new Evaluator(parse(source), values, new Map(functions as [string, never][])).evaluate(),
    );
  } catch {
    // What only the run knows, such as the JSON of an output, may hold.
    return true;
  }
}

/** False, 0, the empty text and null are false, as for GitHub. */
function truthy(value: data.ExpressionData): boolean {
  switch (value.kind) {
    case data.Kind.Null:
      return false;
    case data.Kind.Boolean:
    case data.Kind.Number:
    case data.Kind.String:
      return Boolean(value.value);
    default:
      return true;
  }
}
