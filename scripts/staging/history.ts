import type { HistoryEntry } from '../../actions/ssh-deploy/src/report/status.ts';
import { columns } from './columns.ts';
import { timeAndDistance } from './times.ts';

/** What became live with an entry, in words. */
export function whatHappened({ how, as }: HistoryEntry): string {
  const release = as === undefined ? 'an earlier release' : `v${as}'s release`;
  switch (how) {
    case 'released':
      return as === undefined ? 'released' : `released again, as v${as}`;
    case 'rolled-back':
      return `rolled back to ${release}`;
    case 'returned':
      return `back to ${release}`;
    case 'before':
      return 'from before this list';
  }
}

/** What was live one after the other, the newest first, for people. */
export function historyLines(history: readonly HistoryEntry[], now: Date): string[] {
  if (history.length === 0) return [];
  return columns([
    ['VERSION', 'SINCE', 'WHAT', 'RELEASE', 'WHO', 'RUN'],
    ...history
      .toReversed()
      .map((entry) => [
        `v${entry.number}`,
        timeAndDistance(entry.at, now),
        whatHappened(entry),
        entry.release,
        entry.by,
        entry.runUrl,
      ]),
  ]);
}
