import type { DisplacedRun } from '../look-up/displaced.ts';
import type { ScanCount, SuiteResult } from '../read/details.ts';
import type { HostReport, HostStatus } from '../read/host-status.ts';

/** Something that people have to know besides what is live. */
export type Remark =
  /** They were asked, and did not answer. */
  | { readonly kind: 'unreachable' }
  /** What this run began there has not ended. */
  | { readonly kind: 'working'; readonly release: string }
  /** Somebody else has a deploy or rollback under way. */
  | {
      readonly kind: 'held';
      readonly release: string;
      readonly by: string;
      readonly runUrl: string;
      /** In ISO 8601; '' where there is none. */
      readonly until: string;
    }
  /** Somebody locked staging by hand. */
  | { readonly kind: 'locked'; readonly by: string; readonly reason: string }
  /** Another run waited in vain: it has deployed nothing. */
  | ({ readonly kind: 'displaced' } & DisplacedRun)
  /** A line of a host's journal that a run before saw is gone, or another. */
  | { readonly kind: 'journal'; readonly host: string; readonly line: number }
  /** Scans of these names did not look at something. */
  | { readonly kind: 'not-checked'; readonly what: string; readonly scans: readonly string[] }
  /** Tests against staging failed, or did not run, and the release stays. */
  | ({ readonly kind: 'suite' } & SuiteResult);

/** What there is to say about runs that this one took the place of. */
export function displacedRemarks(runs: readonly DisplacedRun[]): Remark[] {
  return runs.map((run) => ({ kind: 'displaced', ...run }));
}

/** What there is to say about suites that found something and failed no job. */
export function suiteRemarks(results: readonly SuiteResult[]): Remark[] {
  return results
    .filter(({ tests, failed }) => failed > 0 || tests === 0)
    .map((result) => ({ kind: 'suite', ...result }));
}

/** What the scans did not look at, each once. */
export function scanRemarks(scans: readonly ScanCount[]): Remark[] {
  const lacking = scans.filter(({ notChecked }) => notChecked !== '');
  return [...Map.groupBy(lacking, ({ notChecked }) => notChecked)].map(([what, same]) => ({
    kind: 'not-checked',
    what,
    scans: same.map(({ name }) => name),
  }));
}

/** What there is to say about the hosts, once for all of them. `requester` is the run's name there. */
export function remarksOf(host: HostStatus | undefined, requester: string): Remark[] {
  if (host === undefined) return [];
  if (host === 'unreachable') return [{ kind: 'unreachable' }];
  const remarks = host.flatMap((report) => [...underWay(report, requester), ...locked(report)]);
  return remarks.filter(
    (remark, index) => remarks.findIndex(({ kind }) => kind === remark.kind) === index,
  );
}

function underWay({ transaction }: HostReport, requester: string): Remark[] {
  if (transaction === undefined) return [];
  const { phase, release, owner, actor, runUrl, deadline } = transaction;
  if (owner !== requester)
    return [{ kind: 'held', release, by: actor || owner, runUrl, until: deadline }];
  // Provisional is what the release is, which is said where it is named.
  return phase === 'provisional' ? [] : [{ kind: 'working', release }];
}

function locked({ hold }: HostReport): Remark[] {
  return hold === undefined ? [] : [{ kind: 'locked', ...hold }];
}
