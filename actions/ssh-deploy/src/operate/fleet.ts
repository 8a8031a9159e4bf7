import { explain, PhaseFailed } from '../../../shared/src/errors.ts';
import type { Call, DeployVerb } from '../../../shared/src/executor/call.ts';
import { askHost, type Link, runOperation } from '../../../shared/src/executor/operation.ts';
import { type ExecutorResult, valueIn } from '../../../shared/src/executor.ts';
import { type CallContext, type CallDetails, planOperation } from './plan.ts';

/** A staging host that can be asked. */
export interface HostLink extends Link {
  readonly name: string;
}

/** What one host reported. */
export interface HostResult {
  readonly host: string;
  readonly result: ExecutorResult;
}

interface HostFailure {
  readonly host: HostLink;
  readonly error: unknown;
}

/** Every host that deploys together, and what all calls to them have in common. */
export interface Fleet {
  readonly hosts: readonly HostLink[];
  readonly context: CallContext;
}

/** What one host is asked to do beside what the plan says. */
export interface Task extends CallDetails {
  readonly payload?: Uint8Array;
}

/** Has all hosts carry out a verb at the same time. Throws `PhaseFailed` that names the hosts that failed. */
export async function operateOnAll(
  fleet: Fleet,
  verb: DeployVerb,
  task: Task = {},
): Promise<HostResult[]> {
  const { done, failed } = await attempt(fleet, verb, task);
  if (failed.length > 0) throw failureOfSome(verb, fleet, failed);
  return done.map(({ host, result }) => ({ host: host.name, result }));
}

/** Asks all hosts the same. Throws `PhaseFailed` that names the hosts that failed. */
export async function askAll(fleet: Fleet, call: Call): Promise<HostResult[]> {
  const { done, failed } = await settle(fleet.hosts, (host) => askHost(host, call));
  if (failed.length > 0) throw failureOfSome(call.verb, fleet, failed);
  return done.map(({ host, result }) => ({ host: host.name, result }));
}

/**
 * Stages the same release on all hosts, or on none: where one fails, the others give up theirs. Throws `PhaseFailed`.
 */
export async function stageOnAll(
  fleet: Fleet,
  verb: 'stage' | 'restage',
  task: Task,
): Promise<HostResult[]> {
  const { done, failed } = await attempt(fleet, verb, task);
  if (failed.length > 0) {
    throw failureOfSome(verb, fleet, failed, await abortOn(fleet, hostsOf(done)));
  }
  const ids = new Set(done.map(({ result }) => valueIn(result, 'release')));
  if (ids.size > 1) {
    const found = done.map(({ host, result }) => `${host.name} has ${valueIn(result, 'release')}`);
    const aborted = await abortOn(fleet, fleet.hosts);
    throw new PhaseFailed(
      verb,
      `the hosts found different releases: ${found.join(', ')}. Name the release by its id.${aborted}`,
    );
  }
  return done.map(({ host, result }) => ({ host: host.name, result }));
}

/**
 * Releases on all hosts, or on none. One host does it in one operation; several prepare first and switch only when all
 * are ready. Where one fails, none keeps the release. Throws `PhaseFailed` that names the host.
 */
export async function releaseOnAll(fleet: Fleet, release: string): Promise<HostResult[]> {
  if (fleet.hosts.length === 1) return operateOnAll(fleet, 'release', { release });
  const prepared = await attempt(fleet, 'prepare', { release });
  if (prepared.failed.length > 0) {
    const aborted = await abortOn(fleet, hostsOf(prepared.done));
    throw failureOfSome('prepare', fleet, prepared.failed, aborted);
  }
  const switched = await attempt(fleet, 'switch', { release });
  if (switched.failed.length > 0) {
    const back = await rollBackOn(fleet, hostsOf(switched.done), release);
    throw failureOfSome('switch', fleet, switched.failed, back);
  }
  return switched.done.map(({ host, result }) => ({ host: host.name, result }));
}

async function attempt(fleet: Fleet, verb: DeployVerb, task: Task) {
  const { payload, ...details } = task;
  const call = planOperation(verb, fleet.context, details);
  const recovery = planOperation('recover', fleet.context);
  return await settle(fleet.hosts, (host) =>
    runOperation(host, { call, recovery, ...(payload !== undefined && { payload }) }),
  );
}

/** Waits for all hosts, those that fail too: what the others did has to be known before anything is taken back. */
async function settle(
  hosts: readonly HostLink[],
  work: (host: HostLink) => Promise<ExecutorResult>,
): Promise<{
  readonly done: readonly { readonly host: HostLink; readonly result: ExecutorResult }[];
  readonly failed: readonly HostFailure[];
}> {
  const done: { host: HostLink; result: ExecutorResult }[] = [];
  const failed: HostFailure[] = [];
  const outcomes = await Promise.allSettled(hosts.map(work));
  for (const [index, host] of hosts.entries()) {
    const outcome = outcomes[index];
    if (outcome?.status === 'fulfilled') done.push({ host, result: outcome.value });
    else failed.push({ host, error: outcome?.reason });
  }
  return { done, failed };
}

/** Ends the transactions of hosts that have not switched; returns a sentence about it. */
async function abortOn(fleet: Fleet, hosts: readonly HostLink[]): Promise<string> {
  return takeBack(
    { ...fleet, hosts },
    { verb: 'abort', task: {} },
    {
      done: (names) => `Nothing was switched; the release was given up on ${names} too.`,
      failed: (names) => `It could not be given up on ${names}, where it ends by itself:`,
    },
  );
}

async function rollBackOn(
  fleet: Fleet,
  hosts: readonly HostLink[],
  leave: string,
): Promise<string> {
  return takeBack(
    { ...fleet, hosts },
    { verb: 'rollback', task: { leave } },
    {
      done: (names) => `${names} went back to what was live before.`,
      failed: (names) =>
        `${names} could not go back now, and will by itself unless the release is confirmed:`,
    },
  );
}

interface Sentences {
  readonly done: (names: string) => string;
  readonly failed: (names: string) => string;
}

async function takeBack(
  fleet: Fleet,
  { verb, task }: { readonly verb: 'abort' | 'rollback'; readonly task: Task },
  sentences: Sentences,
): Promise<string> {
  if (fleet.hosts.length === 0) return '';
  const { done, failed } = await attempt(fleet, verb, task);
  const parts = [
    done.length > 0 ? sentences.done(names(hostsOf(done))) : '',
    failed.length > 0 ? `${sentences.failed(names(hostsOf(failed)))}\n${listed(failed)}` : '',
  ];
  return `\n${parts.filter((part) => part !== '').join('\n')}`;
}

/** The failure of some hosts; of the only host there is, its own failure. */
function failureOfSome(
  verb: string,
  fleet: Fleet,
  failed: readonly HostFailure[],
  consequence = '',
): unknown {
  const [first] = failed;
  if (fleet.hosts.length === 1) return first?.error;
  return new PhaseFailed(
    verb,
    `failed on ${names(hostsOf(failed))}.\n${listed(failed)}${consequence}`,
    { cause: first?.error },
  );
}

function listed(failed: readonly HostFailure[]): string {
  return failed.map(({ host, error }) => `  ${host.name}: ${explain(error)}`).join('\n');
}

function hostsOf(items: readonly { readonly host: HostLink }[]): HostLink[] {
  return items.map(({ host }) => host);
}

function names(hosts: readonly HostLink[]): string {
  return hosts.map(({ name }) => name).join(', ');
}
