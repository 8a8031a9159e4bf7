import { isWhole, type JournalEntry, type WholeEntry } from './journal.ts';

/** What somebody did on the host: of the journal's lines those that belong together. */
export interface Deed {
  /** The number of its first line in the journal. */
  readonly number: number;
  /** ISO 8601. */
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly outcome: string;
  /** The page of the run; '' where it was none, or where the journal does not say. */
  readonly runUrl: string;
  /** The number under which something went live with it. */
  readonly version?: number;
}

type Lines = readonly [WholeEntry, ...WholeEntry[]];

const parts = ['stage', 'restage', 'prepare', 'switch', 'release', 'migrate', 'confirm', 'abort'];

/** What was done by lines of the journal, in the order in which it began. */
export function deedsIn(entries: readonly JournalEntry[]): Deed[] {
  const groups: [WholeEntry, ...WholeEntry[]][] = [];
  for (const entry of entries) {
    // A line about the journal itself is nobody's deed.
    if (!isWhole(entry) || entry.step === 'rotate') continue;
    const known = groups.findLast((group) => belongs(entry, group));
    if (known === undefined) groups.push([entry]);
    else known.push(entry);
  }
  return groups.map(deedOf);
}

/** Whether a line is of what the others are of: the same operation, or the next one of a deploy that goes on. */
function belongs(entry: WholeEntry, group: Lines): boolean {
  const { operation = '', verb, owner, release, step } = entry;
  const last = group.at(-1) ?? group[0];
  if (operation === '')
    return step === 'outcome' && last.seq === entry.seq - 1 && last.verb === verb;
  if (group.some((each) => each.operation === operation)) return true;
  return (
    [verb, last.verb].every((each) => parts.includes(each)) &&
    last.owner === owner &&
    last.release === release &&
    !group.some((each) => each.step === 'outcome')
  );
}

function deedOf(lines: Lines): Deed {
  const [{ seq, at, owner, actor, run }] = lines;
  const live = lines.findLast(({ step }) => step === 'live')?.detail ?? '';
  const version = /^v(\d+):/.exec(live)?.[1];
  return {
    ...{ number: seq, at, who: actor || owner, what: whatOf(lines) },
    outcome: [live, endOf(lines)].filter((each) => each !== '').join('; '),
    runUrl: run ?? '',
    ...(version !== undefined && { version: Number(version) }),
  };
}

const exitCode = /: (exit code \d+)$/;

function whatOf(lines: Lines): string {
  const [{ verb, release, detail }] = lines;
  if (verb === 'exec') return `exec ${detail.replace(exitCode, '')}`;
  if (verb === 'lock') return `lock: ${detail}`;
  const isDeploy = lines.some((line) => parts.slice(0, 5).includes(line.verb));
  return `${isDeploy ? 'deploy' : verb} ${release}`.trim();
}

function endOf(lines: Lines): string {
  const last = lines.at(-1) ?? lines[0];
  const outcome = lines.findLast(({ step }) => step === 'outcome');
  const failure = lines.findLast(({ event }) => event === 'failed');
  if (last.verb === 'exec') return exitCode.exec(last.detail)?.[1] ?? 'how it ended is not known';
  // Where something failed, what was made of it comes afterwards, and says both.
  if (outcome !== undefined && outcome.seq > (failure?.seq ?? 0)) return inShort(outcome.detail);
  if (failure !== undefined) return `failed in ${failure.step}: ${failure.detail}`;
  if (last.event === 'intent') return `not ended: ${last.step}`;
  return ['unlock', 'migrated'].includes(last.verb) ? last.detail : 'done';
}

/** The release, and who it was, is told beside it. */
function inShort(outcome: string): string {
  return outcome
    .replace(/^confirmed: .*/, 'confirmed')
    .replace(/^failed: release \S+ /, 'failed: ')
    .replace(/^rolled back: from (\S+) to \S+ by \S+$/, 'left $1');
}
