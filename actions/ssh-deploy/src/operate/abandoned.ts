import { planQuestion } from '../../../shared/src/executor/call.ts';
import { askHost, runOperation } from '../../../shared/src/executor/operation.ts';
import { type Status, statusFrom } from '../report/status.ts';
import type { Fleet, HostLink } from './fleet.ts';
import { planOperation } from './plan.ts';

/** What a job has staged. */
export interface Staged {
  readonly owner: string;
  /** Its id; the commit that was asked for where the job did not get to know the id. */
  readonly release: string;
}

/** Whether the host still waits for the job to go on with its release, which the job will not do. */
export function isAbandoned({ transaction, working }: Status, staged: Staged): boolean {
  if (transaction?.owner !== staged.owner) return false;
  // Another job of the same run may be at it by now.
  if (!isSame(transaction.release, staged.release)) return false;
  // What is on its way to being live is left to the host, which brings it to an end.
  if (/^(?:release|switch)\b/.test(working)) return false;
  return ['staging', 'staged', 'releasing', 'prepared'].includes(transaction.phase);
}

/** Gives up, on every host, what the job staged and did not release; returns the names of the hosts that had it. */
export async function giveUpAbandoned(fleet: Fleet, release: string): Promise<string[]> {
  const had = await Promise.all(fleet.hosts.map((host) => giveUp(fleet, host, release)));
  return fleet.hosts.flatMap(({ name }, index) => (had[index] ? [name] : []));
}

async function giveUp({ context }: Fleet, host: HostLink, release: string): Promise<boolean> {
  const status = statusFrom(await askHost(host, planQuestion('status', context.baseDirectory)));
  if (!isAbandoned(status, { owner: context.requester.owner, release })) return false;
  await runOperation(host, { call: planOperation('abort', context) });
  return true;
}

function isSame(id: string, asked: string): boolean {
  if (id === asked) return true;
  // While it looks for a commit's release, the host knows no more than the commit either.
  return /^[0-9a-f]{7,40}$/.test(asked) && id.endsWith(`-${asked.slice(0, 7)}`);
}
