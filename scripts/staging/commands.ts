import { valueIn } from '../../actions/shared/src/executor.ts';
import type { Change } from '../../actions/slack-notify/src/by-hand/change.ts';
import { statusFrom } from '../../actions/ssh-deploy/src/report/status.ts';
import { historyLines } from './history.ts';
import type { StagingHost } from './host.ts';
import { journalLines, readJournal } from './journal.ts';
import { releaseLines, statusLines } from './show.ts';

/** Where a command writes its results. */
export interface Output {
  readonly json: boolean;
  print(line: string): void;
}

/** Shows what is live and what goes on. */
export async function showStatus(host: StagingHost, output: Output): Promise<void> {
  const status = statusFrom(await host.ask('status'));
  const lines = () => {
    const now = new Date();
    return [...statusLines(host.name, status, now), '', ...releaseLines(status.releases, now)];
  };
  show(output, { host: host.name, ...status }, lines);
}

// What was live before is in the journal.
const recentVersions = 10;

/** Shows the releases that are on the host, and which of them was live when. */
export async function showReleases(host: StagingHost, output: Output): Promise<void> {
  const { releases, history } = statusFrom(await host.ask('status'));
  show(output, releases, () => {
    const now = new Date();
    const versions = historyLines(history.slice(-recentVersions), now);
    return [...releaseLines(releases, now), ...(versions.length > 0 ? ['', ...versions] : [])];
  });
}

/** Shows the last lines of the journal, whose chain the host verifies. */
export async function showJournal(host: StagingHost, lines: string, output: Output): Promise<void> {
  const result = await host.ask('journal', { lines });
  const entries = readJournal(result.get('line') ?? []);
  const verified = valueIn(result, 'verified');
  show(output, entries, () => [
    ...journalLines(entries, new Date()),
    '',
    `Verified: ${verified} lines, each holds the hash of the one before.`,
  ]);
}

export interface Locking {
  readonly verb: 'lock' | 'unlock';
  readonly options: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
}

/** Closes the host to deploys, or opens it again; returns what that changed. */
export async function changeLock(
  host: StagingHost,
  { verb, options, dryRun }: Locking,
  output: Output,
): Promise<Change | undefined> {
  const result = await host.change(verb, { ...options, ...(dryRun && { 'dry-run': 'yes' }) });
  if (dryRun) {
    printPlan(result, output);
    return undefined;
  }
  if (verb === 'lock') {
    output.print('No deploy starts until it is unlocked.');
    return { kind: 'locked', reason: options.reason ?? '' };
  }
  const what = valueIn(result, 'unlocked');
  output.print(what === '' ? 'Unlocked.' : `Unlocked: ${what}`);
  return what.startsWith('nothing') ? undefined : { kind: 'unlocked', what };
}

/** Prints what would be done. */
export function printPlan(result: ReadonlyMap<string, readonly string[]>, { print }: Output): void {
  for (const text of result.get('would') ?? []) print(`would ${text}`);
}

function show({ json, print }: Output, value: unknown, lines: () => readonly string[]): void {
  if (json) print(JSON.stringify(value, null, 2));
  else for (const line of lines()) print(line);
}
