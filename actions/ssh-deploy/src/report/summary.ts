import { valueIn } from '../../../shared/src/executor.ts';
import { heading, line, type SummaryPart, table } from '../../../shared/src/summary-page.ts';
import type { HostResult } from '../operate/fleet.ts';
import type { CommandInputs } from '../read/inputs.ts';
import { journalFrom, moment, type Status, statusFrom } from './status.ts';

export interface Report {
  readonly command: CommandInputs['command'];
  readonly results: readonly HostResult[];
  /** Milliseconds. */
  readonly duration: number;
}

/** What a command did, or what `status` found, for the page of the run. */
export function summaryOf({ command, results, duration }: Report): SummaryPart[] {
  if (command === 'status') {
    return results.flatMap(({ host, result }) => statusParts(host, statusFrom(result)));
  }
  const hosts = results.map(({ host }) => host).join(', ');
  const title = command === 'restage' ? 'stage again' : command;
  const head = heading(`ssh-deploy ${title} on ${hosts}`);
  if (command === 'unlock') return [head, ...journalsOf(results)];
  const has = (key: string) => results.some(({ result }) => result.has(key));
  const columns = [
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
  const told = [...takenDown(command, results), ...olderEnvironments(results)];
  return [head, table(columns, rows), ...told.map(line), ...journalsOf(results)];
}

/** How each host's journal ends, for whoever suspects later that somebody changed it. */
function journalsOf(results: readonly HostResult[]): SummaryPart[] {
  return results.flatMap(({ host, result }) => {
    const journal = journalFrom(result);
    if (journal === undefined) return [];
    return [line(`Journal of ${host}: line ${journal.line}, SHA-256 ${journal.hash}`)];
  });
}

/** What a release says that was gone back to with the environment of then: which variables differ from now, by name. */
export function olderEnvironments(results: readonly HostResult[]): string[] {
  return results.flatMap(({ host, result }) => {
    const names = valueIn(result, 'older-environment');
    if (names === '') return [];
    return [
      `${host}: the release brought its own .env.staging back, with other values than shared/.env.staging has now: ${names}`,
    ];
  });
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

function statusParts(host: string, status: Status): SummaryPart[] {
  const rows = status.releases
    .toReversed()
    .map(({ id, commit, state, current, left }) => [
      id,
      commit.slice(0, 7),
      left === undefined ? state : `${state} (${left.why})`,
      current ? 'yes' : '',
    ]);
  return [
    heading(`Staging on ${host}`),
    ...sentencesOf(status).map(line),
    table(['Release', 'Commit', 'State', 'Live'], rows),
  ];
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
