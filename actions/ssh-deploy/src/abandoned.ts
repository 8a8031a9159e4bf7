import type { Fleet, HostLink } from './fleet.ts';
import { askHost, runOperation } from './operation.ts';
import { planOperation, planQuestion } from './plan.ts';
import { type Status, statusFrom } from './status.ts';

/** Whether the host still waits for this owner to go on with a release that the job will not go on with. */
export function isAbandoned(status: Status, owner: string): boolean {
  const { transaction, working } = status;
  if (transaction?.owner !== owner) return false;
  // What is on its way to being live is left to the host, which brings it to an end.
  if (/^(?:release|switch)\b/.test(working)) return false;
  return ['staging', 'staged', 'releasing', 'prepared'].includes(transaction.phase);
}

/** Gives up, on every host, what this run staged and did not release; returns the names of the hosts that had it. */
export async function giveUpAbandoned(fleet: Fleet): Promise<string[]> {
  const had = await Promise.all(fleet.hosts.map((host) => giveUp(fleet, host)));
  return fleet.hosts.flatMap(({ name }, index) => (had[index] ? [name] : []));
}

async function giveUp({ context }: Fleet, host: HostLink): Promise<boolean> {
  const status = statusFrom(await askHost(host, planQuestion('status', context.baseDirectory)));
  if (!isAbandoned(status, context.requester.owner)) return false;
  await runOperation(host, { call: planOperation('abort', context) });
  return true;
}
