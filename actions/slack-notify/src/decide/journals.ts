import type { HostReport, HostStatus } from '../read/host-status.ts';
import type { Remark } from './remarks.ts';

/** How the journal of each host ended, by its name: the number of the last line and its SHA-256. */
export type Journals = Readonly<Record<string, string>>;

interface JournalEnd {
  readonly host: string;
  readonly journal?: { readonly line: number; readonly hash: string } | undefined;
}

/** How the journals of the hosts end now, for the run after this one; undefined where no host told. */
export function journalsOf(
  host: 'unreachable' | readonly JournalEnd[] | undefined,
): Journals | undefined {
  if (host === undefined || host === 'unreachable') return undefined;
  const told = host.flatMap(({ host: name, journal }) =>
    journal === undefined ? [] : [[name, `${journal.line} ${journal.hash}`] as const],
  );
  return told.length === 0 ? undefined : Object.fromEntries(told);
}

/** What there is to say about hosts whose journal is not the one, continued, that a run before this one saw. */
export function journalRemarks(
  host: HostStatus | undefined,
  known: Journals | undefined,
): Remark[] {
  if (host === undefined || host === 'unreachable' || known === undefined) return [];
  return host.flatMap((report) => {
    const line = brokenAt(report, known[report.host]);
    return line === undefined ? [] : [{ kind: 'journal', host: report.host, line }];
  });
}

/** The line that is gone or another than it was; undefined where it stands, or nobody can tell. */
function brokenAt({ journal }: HostReport, known: string | undefined): number | undefined {
  const [, number, hash = ''] = /^(\d+) ([0-9a-f]{64})$/.exec(known ?? '') ?? [];
  if (number === undefined) return undefined;
  const line = Number(number);
  if (journal === undefined || journal.line < line) return line;
  const { from, hashes } = journal.recent ?? { from: journal.line, hashes: [journal.hash] };
  const now = hashes[line - from];
  return now === undefined || hash.startsWith(now) ? undefined : line;
}
