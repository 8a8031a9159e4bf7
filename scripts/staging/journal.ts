import { z } from 'zod';
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
  operation: z.string().optional(),
  actor: z.string().optional(),
  /** The page of the run. */
  run: z.string().optional(),
});

export type WholeEntry = z.output<typeof entry>;

/** A line of the journal; a crash may have cut one off while it was written. */
export type JournalEntry = WholeEntry | { readonly cutOff: string };

/** Reads lines of the journal, which the host has verified. */
export function readJournal(lines: readonly string[]): JournalEntry[] {
  return lines.map((line) => {
    try {
      return entry.parse(JSON.parse(line));
    } catch {
      return { cutOff: line };
    }
  });
}

/** The journal for people, the newest entry last. */
export function journalLines(entries: readonly JournalEntry[], now: Date): string[] {
  if (entries.length === 0) return ['The journal is empty.'];
  return columns([
    ['NUMBER', 'TIME', 'WHO', 'VERB', 'RELEASE', 'STEP', 'EVENT', 'DETAIL'],
    ...entries.map((line) => cellsOf(line, now)),
  ]);
}

function cellsOf(line: JournalEntry, now: Date): string[] {
  if (!isWhole(line)) return ['?', '', '', '', '', '', '', `cut off: ${line.cutOff}`];
  const { seq, at, owner, verb, release, step, event, detail } = line;
  return [String(seq), timeAndDistance(at, now), owner, verb, release, step, event, detail];
}

/** Whether the line was written to its end. */
export function isWhole(line: JournalEntry): line is WholeEntry {
  return 'seq' in line;
}
