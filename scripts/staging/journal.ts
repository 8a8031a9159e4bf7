import { z } from 'zod';
import { PhaseFailed } from '../../actions/shared/src/errors.ts';
import { columns } from './columns.ts';
import { timeAndDistance } from './times.ts';

// The executor may write more in later versions: what is not known here still goes out as JSON.
const entry = z.looseObject({
  seq: z.number(),
  at: z.string(),
  owner: z.string(),
  verb: z.string(),
  release: z.string(),
  step: z.string(),
  event: z.string(),
  detail: z.string(),
});
export type JournalEntry = z.output<typeof entry>;

/** Reads lines of the journal, which the host has verified. Throws `PhaseFailed` for one that cannot be read. */
export function readJournal(lines: readonly string[]): JournalEntry[] {
  return lines.map((line) => {
    try {
      return entry.parse(JSON.parse(line));
    } catch (error) {
      throw new PhaseFailed('journal', `this line cannot be read: ${line}`, { cause: error });
    }
  });
}

/** The journal for people, the newest entry last. */
export function journalLines(entries: readonly JournalEntry[], now: Date): string[] {
  if (entries.length === 0) return ['The journal is empty.'];
  return columns([
    ['NUMBER', 'TIME', 'WHO', 'VERB', 'RELEASE', 'STEP', 'EVENT', 'DETAIL'],
    ...entries.map(({ seq, at, owner, verb, release, step, event, detail }) => [
      ...[String(seq), timeAndDistance(at, now), owner],
      ...[verb, release, step, event, detail],
    ]),
  ]);
}
