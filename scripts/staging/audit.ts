import { CommandFailed, PhaseFailed } from '../../actions/shared/src/errors.ts';
import { type ExecutorResult, parseResult, valueIn } from '../../actions/shared/src/executor.ts';
import { columns } from './columns.ts';
import type { Output } from './commands.ts';
import { type Deed, deedsIn } from './deeds.ts';
import type { StagingHost } from './host.ts';
import { type JournalEntry, readJournal } from './journal.ts';
import { timeAndDistance } from './times.ts';

// A deploy writes about forty, a command by hand two.
const linesForDeed = 15;

/** A journal as the host has read it. */
interface ReadJournal {
  readonly entries: readonly JournalEntry[];
  /** How many lines are sound; undefined where the chain is broken. */
  readonly verified: number | undefined;
  /** Where it is broken. */
  readonly failure: PhaseFailed | undefined;
}

/**
 * Shows who did what on the host and what came of it, the newest last, after whether its journal is as it was written.
 * Throws `PhaseFailed` afterwards where it is not.
 */
export async function showAudit(
  host: StagingHost,
  count: number,
  { json, print }: Output,
): Promise<void> {
  const { deeds, verified, failure } = await lastDeeds(host, count);
  if (json) {
    const told = failure === undefined ? { verified } : { verified: false, why: failure.message };
    print(JSON.stringify({ ...told, deeds }, null, 2));
  } else {
    print(
      failure === undefined
        ? `Verified: ${verified} lines, each holds the hash of the one before.`
        : 'NOT VERIFIED: somebody changed the journal, so that what follows need not be true.',
    );
    print('');
    for (const line of auditLines(deeds, new Date())) print(line);
  }
  if (failure !== undefined) throw failure;
}

/** As many deeds as asked for, where the journal goes back so far. */
async function lastDeeds(host: StagingHost, count: number) {
  for (let lines = (count + 1) * linesForDeed; ; lines *= 4) {
    const { entries, ...rest } = await journalOf(host, lines);
    const deeds = deedsIn(entries);
    // Of the first one the beginning may be missing.
    if (deeds.length > count || entries.length < lines)
      return { deeds: deeds.slice(-count), ...rest };
  }
}

async function journalOf(host: StagingHost, lines: number): Promise<ReadJournal> {
  const read = (result: ExecutorResult) => readJournal(result.get('line') ?? []);
  try {
    const result = await host.ask('journal', { lines: String(lines) });
    return {
      entries: read(result),
      verified: Number(valueIn(result, 'verified')),
      failure: undefined,
    };
  } catch (error) {
    // The host tells the lines, and then that they are not sound.
    if (!(error instanceof PhaseFailed && error.cause instanceof CommandFailed)) throw error;
    const result = parseResult(error.cause.stdout);
    if (!result.has('line')) throw error;
    return { entries: read(result), verified: undefined, failure: error };
  }
}

/** Deeds for people. */
export function auditLines(deeds: readonly Deed[], now: Date): string[] {
  if (deeds.length === 0) return ['Nothing was done on this host yet.'];
  return columns([
    ['NUMBER', 'TIME', 'WHO', 'WHAT', 'OUTCOME', 'RUN'],
    ...deeds.map(({ number, at, who, what, outcome, runUrl }) => [
      String(number),
      timeAndDistance(at, now),
      who,
      what,
      outcome,
      runUrl,
    ]),
  ]);
}
