import { parseResult } from '../../shared/src/executor.ts';
import { outputsFrom } from '../../ssh-deploy/src/report/outputs.ts';
import { context } from './run.ts';

/** The release of the run, the one before it, and one of somebody else. */
export const release = '20260131T120000Z-0a1b2c3';
export const previous = '20260130T090000Z-9f8e7d6';
export const other = '20260131T130000Z-5555555';

/** What the executor of ssh-deploy prints on a host, as far as it differs between tests. */
export interface Printed {
  /** The live release. */
  readonly live: string;
  /** Releases that were confirmed once; the one before where it is not given. */
  readonly confirmed?: readonly string[];
  /** A deploy that has not ended; of this run where `owner` is not given. */
  readonly transaction?: {
    readonly phase: string;
    readonly release: string;
    readonly owner?: string;
    readonly actor?: string;
    readonly runUrl?: string;
  };
  readonly held?: string;
  readonly lastOutcome?: string;
}

/** The lines of key=value that the executor prints for `status`. */
export function statusLines(printed: Printed): string {
  const { live, confirmed = [previous], transaction, held, lastOutcome } = printed;
  const commitOf = (id: string) => id.slice(-7).padEnd(40, '0');
  const stateOf = (id: string) => {
    if (confirmed.includes(id)) return 'confirmed';
    return transaction?.release === id ? transaction.phase : 'failed';
  };
  return [
    `current=${live}`,
    `commit=${live === '' ? '' : commitOf(live)}`,
    `confirmed=${confirmed.at(-1) ?? ''}`,
    ...(transaction === undefined
      ? []
      : [
          `transaction-phase=${transaction.phase}`,
          `transaction-release=${transaction.release}`,
          `transaction-owner=${transaction.owner ?? context.requester}`,
          `transaction-actor=${transaction.actor ?? context.actor}`,
          `transaction-run-url=${transaction.runUrl ?? 'https://github.com/azals/azals/actions/runs/7'}`,
          'transaction-since=2026-01-31T12:05:00Z',
          // 2026-01-31T12:20:00Z
          'transaction-deadline=1769862000',
          `transaction-previous=${previous}`,
        ]),
    ...(held === undefined ? [] : [`held=${held}`]),
    `last-outcome=${lastOutcome ?? `2026-01-30T09:10:00Z confirmed: release ${previous}`}`,
    ...[previous, release, other].map((id) => `entry=${id} ${stateOf(id)} ${commitOf(id)}`),
    '',
  ].join('\n');
}

/** The output `status` of ssh-deploy for these hosts. */
export function hostStatus(...hosts: readonly Printed[]): string {
  const results = hosts.map((printed, index) => ({
    host: `staging-${index + 1}`,
    result: parseResult(statusLines(printed)),
  }));
  return outputsFrom(results, 0).status ?? '';
}
