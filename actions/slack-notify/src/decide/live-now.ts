import { commonReport, type HostReport } from '../read/host-status.ts';
import type { Outcome } from './outcome.ts';
import { type ReleaseState, stateOnHost, type Told } from './release-state.ts';

/** What staging runs after a run. */
export type LiveNow =
  | LiveRelease
  /** The hosts do not run the same. */
  | { readonly kind: 'apart'; readonly hosts: readonly Pick<HostReport, 'host' | 'current'>[] }
  | { readonly kind: 'nothing' | 'unknown' };

/** A release that is live: for good, until a deadline, without having been confirmed ever, or as before the run. */
export interface LiveRelease {
  readonly kind: 'confirmed' | 'provisional' | 'unconfirmed' | 'old';
  readonly release: string | undefined;
  /** Full commit of the release, where the host told it. */
  readonly commit?: string;
  /** When a provisional release is taken back, in ISO 8601. */
  readonly until?: string;
}

/**
 * Tells what staging runs: what the hosts say; where they do not, what follows from the release's state, and where
 * nobody said that, from what the jobs cannot have done.
 */
export function liveNow(told: Told, state: ReleaseState, outcome: Outcome | undefined): LiveNow {
  const { host } = told;
  return host === undefined || host === 'unreachable'
    ? liveByState(told, state, outcome)
    : liveOnHosts(host, told);
}

function liveOnHosts(hosts: readonly HostReport[], { release, previousRelease }: Told): LiveNow {
  const report = commonReport(hosts);
  if (report === undefined) return { kind: 'apart', hosts };
  const { current, commit, transaction } = report;
  if (current === '') return { kind: 'nothing' };
  const live = { release: current, ...(commit !== '' && { commit }) };
  if (transaction?.release === current && transaction.phase === 'provisional')
    return { kind: 'provisional', ...live, until: transaction.deadline };
  if (stateOnHost(report, current) !== 'confirmed') return { kind: 'unconfirmed', ...live };
  const old = current === previousRelease && current !== release;
  return { kind: old ? 'old' : 'confirmed', ...live };
}

function liveByState(told: Told, state: ReleaseState, outcome: Outcome | undefined): LiveNow {
  const { release, previousRelease } = told;
  const old = { kind: 'old', release: previousRelease } as const;
  switch (state) {
    case 'confirmed':
      // That a rollback failed and that the new release is confirmed cannot both be true.
      return outcome === 'rollback-failed' ? { kind: 'unknown' } : { kind: 'confirmed', release };
    case 'provisional':
      return { kind: 'provisional', release };
    case 'rolled-back':
      return told.operation === 'rollback' ? { kind: 'confirmed', release } : old;
    case 'rolled-back-by-host':
    case 'untouched':
    case 'held':
    case 'refused':
      return old;
    case 'nothing-live':
    case 'taken-down-by-host':
      return { kind: 'nothing' };
    case 'replaced':
    case 'unsettled':
      return { kind: 'unknown' };
    case 'unknown':
      return deploymentRan(told) && outcome !== 'rolled-back' ? { kind: 'unknown' } : old;
  }
}

/** A deployment that began may have changed staging, whatever its result. */
function deploymentRan({ needs }: Told): boolean {
  return ['deploy', 'rollback', 'smoke'].some((job) => {
    const result = needs[job]?.result;
    return result !== undefined && result !== 'skipped';
  });
}
