import type { summary } from '@actions/core';
import { valueIn } from '../../../shared/src/executor.ts';
import { escapeHtml } from '../../../shared/src/html.ts';
import type { HostResult } from '../operate/fleet.ts';
import type { CommandInputs } from '../read/inputs.ts';
import { moment, type Status, statusFrom } from './status.ts';

type Summary = Pick<typeof summary, 'addHeading' | 'addTable' | 'addRaw'>;

export interface Report {
  readonly command: CommandInputs['command'];
  readonly results: readonly HostResult[];
  /** Milliseconds. */
  readonly duration: number;
}

/** Writes what a command did, or what `status` found, for the page of the run. */
export function addSummary(to: Summary, { command, results, duration }: Report): void {
  if (command === 'status') {
    for (const { host, result } of results) addStatus(to, host, statusFrom(result));
    return;
  }
  const hosts = results.map(({ host }) => host).join(', ');
  const title = command === 'restage' ? 'stage again' : command;
  to.addHeading(escapeHtml(`ssh-deploy ${title} on ${hosts}`), 3);
  if (command === 'unlock') return;
  const has = (key: string) => results.some(({ result }) => result.has(key));
  const head = [
    ...['Host', 'Release', 'Commit', 'Duration'],
    ...(has('previous') ? ['Before'] : []),
    ...(has('deadline') ? ['Confirm until'] : []),
  ];
  const rows = results.map(({ host, result }) => {
    const value = (key: string) => valueIn(result, key);
    return [
      ...[host, value('release') || '(none)', value('commit').slice(0, 7)],
      `${(duration / 1000).toFixed(1)} s`,
      ...(has('previous') ? [value('previous') || '(none)'] : []),
      ...(has('deadline') ? [moment(value('deadline'))] : []),
    ];
  });
  addTable(to, head, rows);
  for (const line of takenDown(command, results)) to.addRaw(`${escapeHtml(line)}<br>`, true);
}

/** What a rollback says where there was no release to go back to. */
export function takenDown(
  command: CommandInputs['command'],
  results: readonly HostResult[],
): string[] {
  if (command !== 'rollback') return [];
  return results.flatMap(({ host, result }) => {
    const left = valueIn(result, 'previous');
    if (left === '' || valueIn(result, 'release') !== '') return [];
    return [
      `${host}: release ${left} was the first one, so it was taken down; nothing is live yet, and the next deploy can start`,
    ];
  });
}

function addStatus(to: Summary, host: string, status: Status): void {
  to.addHeading(escapeHtml(`Staging on ${host}`), 3);
  for (const line of sentencesOf(status)) to.addRaw(`${escapeHtml(line)}<br>`, true);
  addTable(
    to,
    ['Release', 'Commit', 'State', 'Live'],
    status.releases
      .toReversed()
      .map(({ id, commit, state, current, left }) => [
        id,
        commit.slice(0, 7),
        left === undefined ? state : `${state} (${left.why})`,
        current ? 'yes' : '',
      ]),
  );
}

/** What goes on at a host, in sentences: the open transaction, who works, who locked it, how the last one ended. */
export function sentencesOf({ transaction, working, hold, lastOutcome }: Status): string[] {
  const sentences: string[] = [];
  if (transaction !== undefined) {
    const { phase, release, actor, owner, runUrl, since, deadline } = transaction;
    const until = deadline === '' ? '' : `, until ${deadline}`;
    sentences.push(
      `Transaction: ${release} is ${phase}, held by ${actor} (${runUrl || owner}) since ${since}${until}`,
    );
  }
  if (working !== '') sentences.push(`At work: ${working}`);
  if (hold !== undefined) {
    sentences.push(`Locked by ${hold.by} since ${hold.since}: ${hold.reason}`);
  }
  if (lastOutcome !== '') sentences.push(`Last outcome: ${lastOutcome}`);
  return sentences;
}

function addTable(
  to: Summary,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  to.addTable([
    head.map((data) => ({ data, header: true })),
    ...rows.map((row) => row.map(escapeHtml)),
  ]);
}
