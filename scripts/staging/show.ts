import type { ReleaseEntry, Status } from '../../actions/ssh-deploy/src/report/status.ts';
import { columns } from './columns.ts';
import { timeAndDistance, timeOfRelease } from './times.ts';

/** What goes on at a host, for people. */
export function statusLines(host: string, status: Status, now: Date): string[] {
  const { current, confirmed, transaction, working, hold, lastOutcome } = status;
  const at = (text: string) => timeAndDistance(text, now);
  const rows = [
    ['Host', host],
    ['Live', current === '' ? '(nothing)' : `${current}, made ${at(timeOfRelease(current))}`],
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

/** The releases on a host, the newest first, for people. */
export function releaseLines(releases: readonly ReleaseEntry[], now: Date): string[] {
  if (releases.length === 0) return ['There is no release on this host.'];
  const why = releases.some(({ left }) => left !== undefined) ? ['WHY'] : [];
  return columns([
    ['RELEASE', 'COMMIT', 'STATE', 'LIVE', 'MADE', ...why],
    ...releases
      .toReversed()
      .map(({ id, commit, state, current, left }) => [
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
