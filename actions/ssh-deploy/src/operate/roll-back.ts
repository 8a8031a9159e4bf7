import { PhaseFailed } from '../../../shared/src/errors.ts';
import { planQuestion } from '../../../shared/src/executor/call.ts';
import { valueIn } from '../../../shared/src/executor.ts';
import type { RollbackInputs } from '../read/inputs.ts';
import { statusFrom } from '../report/status.ts';
import { askAll, type Fleet, type HostResult, operateOnAll } from './fleet.ts';

/**
 * Has all hosts go back. Where a run only gets away from its own release, one that every host has confirmed stays: what
 * failed after that says nothing against it. Throws `PhaseFailed`.
 */
export async function rollBack(
  fleet: Fleet,
  { release, leave, force }: Omit<RollbackInputs, 'command'>,
  tell: (line: string) => void,
): Promise<HostResult[]> {
  if (leave !== undefined && release === undefined && !force) {
    const confirmed = await confirmedOn(fleet, leave);
    if (confirmed !== undefined) {
      tell(`release ${leave} is confirmed, and stays: nothing is rolled back`);
      return confirmed;
    }
  }
  return sameRelease(await operateOnAll(fleet, 'rollback', { release, leave, force }));
}

/** What the hosts report if the release is live and confirmed on all of them; a host that does not say so has to go back. */
async function confirmedOn(fleet: Fleet, release: string): Promise<HostResult[] | undefined> {
  const question = planQuestion('status', fleet.context.baseDirectory, {});
  const told = await askAll(fleet, question).catch(() => []);
  const hosts = told.map(({ host, result }) => ({ host, status: statusFrom(result) }));
  const stays = hosts.every(
    ({ status: { current, confirmed, transaction } }) =>
      current === release && confirmed === release && transaction === undefined,
  );
  if (told.length === 0 || !stays) return undefined;
  return hosts.map(({ host, status }) => ({
    host,
    result: new Map([
      ['release', [release]],
      ['commit', [status.commit]],
      ['previous', ['']],
    ]),
  }));
}

/** Hosts that each went back to their own release before may have come apart. */
function sameRelease(results: HostResult[]): HostResult[] {
  const live = new Set(results.map(({ result }) => valueIn(result, 'release')));
  if (live.size <= 1) return results;
  const found = results.map(
    ({ host, result }) => `${host} runs ${valueIn(result, 'release') || 'nothing'}`,
  );
  throw new PhaseFailed(
    'rollback',
    `done, but the hosts had different releases before: ${found.join(', ')}. Roll back to one of them by its id.`,
  );
}
