import type {
  HistoryEntry,
  ReleaseEntry,
  Status,
} from '../../actions/ssh-deploy/src/report/status.ts';
import { columns } from './columns.ts';
import { whatHappened } from './history.ts';
import { timeAndDistance, timeOfRelease } from './times.ts';

/** What goes on at a host, for people. */
export function statusLines(host: string, status: Status, now: Date): string[] {
  const { current, confirmed, transaction, working, hold, lastOutcome, history } = status;
  const at = (text: string) => timeAndDistance(text, now);
  const rows = [
    ['Host', host],
    ['Live', current === '' ? '(nothing)' : `${current}, made ${at(timeOfRelease(current))}`],
    ...versionOf(
      history.findLast(({ release }) => release === current),
      at,
    ),
    ['Commit', status.commit || '(unknown)'],
    ['Confirmed', confirmed || '(none)'],
  ];
  if (transaction !== undefined) {
    const { phase, release, actor, owner, runUrl, since, deadline, previous } = transaction;
    rows.push(
      ['Transaction', `${release} is ${phase}, before it ${previous || '(nothing)'}`],
      ['  held by', `${actor} (${runUrl || owner})`],
      ['  since', at(since)],
      ['  until', deadline === '' ? '(no deadline)' : at(deadline)],
    );
  }
  if (working !== '') rows.push(['At work', working]);
  if (hold !== undefined) {
    rows.push(
      ['Locked', hold.reason || '(no reason given)'],
      ['  by', hold.by],
      ['  since', at(hold.since)],
    );
  }
  if (lastOutcome !== '') rows.push(['Last outcome', lastOutcome]);
  return columns(rows);
}

function versionOf(entry: HistoryEntry | undefined, at: (text: string) => string): string[][] {
  if (entry === undefined) return [];
  const by = entry.by === '' ? '' : `, by ${entry.by}`;
  return [['Version', `v${entry.number}: ${whatHappened(entry)}${by}, ${at(entry.at)}`]];
}

/** The releases on a host, the newest first, for people. */
export function releaseLines(releases: readonly ReleaseEntry[], now: Date): string[] {
  if (releases.length === 0) return ['There is no release on this host.'];
  const why = releases.some(({ left }) => left !== undefined) ? ['WHY'] : [];
  // A host whose last deploy was before there was a history knows none.
  const isNumbered = releases.some(({ versions }) => versions.length > 0);
  return columns([
    [...(isNumbered ? ['VERSION'] : []), 'RELEASE', 'COMMIT', 'STATE', 'LIVE', 'MADE', ...why],
    ...releases.toReversed().map(({ id, commit, state, current, left, versions }) => [
      ...(isNumbered
        ? [
            versions
              .toReversed()
              .map((each) => `v${each}`)
              .join(', '),
          ]
        : []),
      id,
      commit.slice(0, 7),
      state,
      current ? 'yes' : '',
      timeAndDistance(timeOfRelease(id), now),
      ...(left === undefined
        ? []
        : [`${left.why}, by ${left.by}, ${timeAndDistance(left.at, now)}`]),
    ]),
  ]);
}
