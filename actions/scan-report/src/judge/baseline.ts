import * as z from 'zod/mini';
import { InvalidInput } from '../../../shared/src/errors.ts';
import { type Finding, type FindingKey, keyOf } from '../finding.ts';

const entrySchema = z.strictObject({
  scan: z.string(),
  file: z.string(),
  package: z.string(),
  id: z.string(),
  /** How many there are in that file. */
  count: z.int().check(z.positive()),
  since: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
});
const schema = z.strictObject({ about: z.string(), findings: z.array(entrySchema) });

/** Findings that were there before the gate: of one id in one place. */
export type BaselineEntry = z.output<typeof entrySchema>;
export type Baseline = readonly BaselineEntry[];

const about =
  'Findings that were there before the gate, which fails on others only. Made by `staging-pipeline scan-baseline`; it may only become smaller.';

/** Reads a baseline. Throws `InvalidInput` that says what is wrong with it. */
export function parseBaseline(text: string, file: string): Baseline {
  try {
    return schema.parse(JSON.parse(text)).findings;
  } catch (error) {
    const why = error instanceof z.core.$ZodError ? z.prettifyError(error) : String(error);
    throw new InvalidInput(`the baseline ${file} cannot be used: ${why}`, { cause: error });
  }
}

/** A baseline as a file: an entry a line, sorted by file, so that a change of it can be read. */
export function writeBaseline(baseline: Baseline): string {
  const lines = baseline
    .toSorted((one, other) => compare(sortKey(one), sortKey(other)))
    .map(({ file, scan, package: name, id, count, since }) =>
      JSON.stringify({ file, scan, package: name, id, count, since }),
    );
  const list = lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`;
  return `{\n  "about": ${JSON.stringify(about)},\n  "findings": ${list}\n}\n`;
}

/** What a baseline does to findings. */
export interface Hidden {
  /** The findings that it hides. */
  readonly findings: ReadonlySet<Finding>;
  /** Entries that stand for more than was found. */
  readonly stale: Baseline;
}

/** Hides as many findings of an entry as it stands for; `judged` are the scans whose report counts. */
export function hide(
  findings: readonly Finding[],
  baseline: Baseline,
  isJudged: (entry: BaselineEntry) => boolean,
): Hidden {
  const left = new Map(baseline.map((entry) => [keyOf(entry), entry.count]));
  const hidden = new Set<Finding>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const count = left.get(key) ?? 0;
    if (count === 0) continue;
    left.set(key, count - 1);
    hidden.add(finding);
  }
  const stale = baseline.filter((entry) => isJudged(entry) && (left.get(keyOf(entry)) ?? 0) > 0);
  return { findings: hidden, stale };
}

/** What a baseline has that an earlier one of its history had not, or not so often. */
export function growth(baseline: Baseline, earlier: Baseline): Baseline {
  const counts = new Map(earlier.map((entry) => [keyOf(entry), entry.count]));
  return baseline.filter((entry) => entry.count > (counts.get(keyOf(entry)) ?? 0));
}

/**
 * The baseline of what is found: all of it where there was none before, otherwise what is left of that one. Entries that
 * the scans say nothing of stay.
 */
export function rebase(
  findings: readonly Finding[],
  before: Baseline | undefined,
  { today, isJudged }: { readonly today: string; isJudged(entry: BaselineEntry): boolean },
): Baseline {
  const found = Map.groupBy(findings, keyOf);
  if (before === undefined)
    return [...found.values()].flatMap((same) =>
      same[0] ? [{ ...entryOf(same[0]), count: same.length, since: today }] : [],
    );
  return before.flatMap((entry) => {
    if (!isJudged(entry)) return [entry];
    const count = Math.min(entry.count, found.get(keyOf(entry))?.length ?? 0);
    return count === 0 ? [] : [{ ...entry, count }];
  });
}

function entryOf({ scan, file, package: name, id }: Finding): FindingKey {
  return { scan, file, package: name, id };
}

function sortKey({ file, scan, package: name, id }: BaselineEntry): string {
  return [file, scan, name, id].join('\0');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
