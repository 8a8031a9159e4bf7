import type { PlainJob, PlainPromise } from '../plain.ts';
import { type SimulatedJob, simulate } from '../simulate.ts';
import { type Checked, type Fault, jobsOf } from './fault.ts';
import { opensAfterFailure } from './references.ts';
import { type Beginning, beginningsOf } from './scenarios.ts';

type Order = Extract<PlainPromise, { readonly after: unknown }>;
type Ended = Readonly<Record<string, SimulatedJob>>;

/**
 * What a workflow promises of its jobs (`promises: [{ jobs, after }]`), tried in every way that a run can begin, with
 * each of the gates failing or cancelled.
 */
export function promiseFaults(checked: Checked): Fault[] {
  const orders = (checked.promises ?? []).filter((each): each is Order => 'after' in each);
  const promised = new Set(orders.flatMap(({ jobs }) => jobs));
  const unsaid = jobsOf(checked).filter(({ id, job }) => !promised.has(id) && publishes(id, job));
  return [
    ...unsaid.flatMap((each) => regardless(each, checked)),
    ...orders.flatMap((order) => {
      const missing = [...order.jobs, ...order.after].filter((id) => !checked.workflow.jobs[id]);
      if (missing.length > 0)
        return missing.map((id) => ({
          path: ['jobs'],
          message: `the workflow promises something of the job ${id}, which is not among its jobs`,
        }));
      return faultsOf(order, checked);
    }),
  ];
}

/** A job that deploys or publishes, by what it is called. */
function publishes(id: string, job: PlainJob): boolean {
  const called = `${id} ${job.name}`;
  return (
    job.environment !== undefined &&
    /\b(?:deploy|publish|release|promote|ship|push)(?:\b|[-_ ])/i.test(called) &&
    !/rollback|roll back|clean|undo|preview/i.test(called) &&
    !tells(id, job)
  );
}

/** A job that tells people of a run, and decides nothing. */
function tells(id: string, { name }: PlainJob): boolean {
  return /notif|tell|announce|report/i.test(`${id} ${name}`);
}

/**
 * A job that deploys although one that it waits for has failed, without asking how any of them ended. Where it asks for
 * some, as a redeploy does, it knows why not for the others; a promise says more.
 */
function regardless(
  { id, job, path }: ReturnType<typeof jobsOf>[number],
  { workflow }: Checked,
): Fault[] {
  if (!opensAfterFailure(job.if) || /\bneeds\.[\w*-]+\.result\b/.test(String(job.if))) return [];
  const needs = (job.needs ?? []).filter((need) => {
    const needed = workflow.jobs[need];
    return needed !== undefined && !tells(need, needed);
  });
  for (const beginning of beginningsOf(workflow)) {
    if (!ran(simulate(workflow, beginning), id)) continue;
    const gate = needs.find((need) =>
      ran(simulate(workflow, { ...beginning, ends: { [need]: 'failure' } }), id),
    );
    if (gate === undefined) continue;
    const message = `${id} runs although ${gate} failed, in ${beginning.called}: ask for ${gate}.result too`;
    return [{ path: [...path, 'if'], message }];
  }
  return [];
}

function faultsOf({ jobs, after }: Order, { workflow }: Checked): Fault[] {
  const found = new Map<string, Fault>();
  // Of one job the first way is enough to see what is wrong.
  const add = (id: string, message: string, consequence?: true) => {
    const { if: condition, needs } = workflow.jobs[id] ?? {};
    const key = condition !== undefined ? 'if' : needs === undefined ? undefined : 'needs';
    const path = ['jobs', id, ...(key === undefined ? [] : [key])];
    if (!found.has(id)) found.set(id, { path, message, ...(consequence && { consequence }) });
  };
  const began = new Map<string, boolean>();
  for (const beginning of beginningsOf(workflow)) {
    const well = simulate(workflow, beginning);
    for (const gate of after) {
      if (!ran(well, gate)) continue;
      const failed = withoutGate(workflow, beginning, gate);
      const id = jobs.find((each) => failed.some((ended) => ran(ended, each)));
      if (id) add(id, `${id} runs although ${gate} failed, in ${beginning.called}`);
    }
    // With inputs somebody may ask for less.
    if (beginning.inputs !== undefined) continue;
    const skipped = after.find((gate) => !ran(well, gate));
    const running = jobs.find((id) => ran(well, id));
    if (running && skipped)
      add(running, `${running} runs in ${beginning.called}, where ${skipped} does not`);
    if (beginning.event === 'push')
      began.set('push', Boolean(running) || (began.get('push') ?? false));
  }
  if (began.get('push') === false && jobs[0])
    add(jobs[0], `${jobs[0]} never runs in a push, although all before it succeed`, true);
  return [...found.values()];
}

function ran(ended: Ended, id: string): boolean {
  return ended[id]?.result === 'success';
}

/** The ways in which a run goes on when a gate does not succeed. */
function withoutGate(
  workflow: Checked['workflow'],
  beginning: Beginning,
  gate: string,
): readonly Ended[] {
  const ways = [
    { ...beginning, ends: { [gate]: 'failure' as const } },
    { ...beginning, ends: { [gate]: 'cancelled' as const } },
    { ...beginning, cancelledDuring: [gate] },
  ];
  return ways.map((way) => simulate(workflow, way));
}
