import { type ExecutorResult, valueIn } from '../../../shared/src/executor.ts';

/** A release on the host. */
export interface ReleaseEntry {
  readonly id: string;
  readonly commit: string;
  /** confirmed, provisional, staged, failed or rolled-back. */
  readonly state: string;
  readonly confirmed: boolean;
  /** Whether it is the live one. */
  readonly current: boolean;
  /** Of a release that staging went back from, and goes back to only where it is named. */
  readonly left?: Leaving;
  /** The numbers under which it was live, oldest first. */
  readonly versions: readonly number[];
}

/** How a release was left. */
export interface Leaving {
  /** ISO 8601. */
  readonly at: string;
  /** Who went back; `host` where it did so by itself. */
  readonly by: string;
  readonly why: string;
}

/** A deploy that has not ended. */
export interface Transaction {
  /**
   * How far it is: staging, staged, releasing, prepared, switched, provisional, confirming, rolling-back, returning,
   * withdrawing.
   */
  readonly phase: string;
  readonly release: string;
  readonly owner: string;
  readonly actor: string;
  readonly runUrl: string;
  readonly since: string;
  /** ISO 8601, '' where there is none. */
  readonly deadline: string;
  readonly previous: string;
}

/** What somebody locked by hand. */
export interface Hold {
  readonly by: string;
  readonly since: string;
  readonly reason: string;
}

/** How the journal of a host ends: who keeps this elsewhere can tell that no line before was changed since. */
export interface Journal {
  /** The number of the last line. */
  readonly line: number;
  /** Its SHA-256. */
  readonly hash: string;
  /** The last lines, where the host was asked for them: the number of the first, and the first 16 digits of each hash. */
  readonly recent?: { readonly from: number; readonly hashes: readonly string[] };
}

/** A deploy that has ended, as far as its last words tell. */
export interface EndedTransaction {
  readonly outcome:
    | 'confirmed'
    | 'rolled-back'
    | 'rolled-back-by-host'
    | 'taken-down'
    | 'given-up'
    | 'failed';
  /** The release that was deployed; of a rollback the one that was left. */
  readonly release: string;
  /** Who rolled back or took down; '' for every other outcome. */
  readonly owner: string;
}

/** A time that something went live. */
export interface HistoryEntry {
  /** Grows by one each time: v1, v2, … */
  readonly number: number;
  /** ISO 8601; of an entry from before the history when the release was made. */
  readonly at: string;
  readonly release: string;
  /** `before`: confirmed by an executor that kept no history. */
  readonly how: 'released' | 'rolled-back' | 'returned' | 'before';
  /** The number under which the release was live the last time. */
  readonly as?: number;
  /** Who did it; `host` where it did so by itself, '' where nobody knows. */
  readonly by: string;
  readonly runUrl: string;
}

/** What a host says of itself. */
export interface Status {
  readonly current: string;
  readonly commit: string;
  readonly confirmed: string;
  readonly transaction: Transaction | undefined;
  /** What works right now, in words; '' where nothing does. */
  readonly working: string;
  readonly hold: Hold | undefined;
  /** How the last deploy ended, in the host's words. */
  readonly lastOutcome: string;
  /** The same for programs; undefined where it was none of a release that went live or was to. */
  readonly lastTransaction: EndedTransaction | undefined;
  /** Undefined where there is none yet. */
  readonly journal: Journal | undefined;
  /** Oldest first. */
  readonly releases: readonly ReleaseEntry[];
  /** What was live one after the other, of the releases that are still there, oldest first; [] where nothing is known. */
  readonly history: readonly HistoryEntry[];
}

/** Reads the report of the executor's `status`. */
export function statusFrom(result: ExecutorResult): Status {
  const value = (key: string) => valueIn(result, key);
  const current = value('current');
  const history = historyFrom(result);
  return {
    current,
    commit: value('commit'),
    confirmed: value('confirmed'),
    transaction: transactionFrom(result),
    working: value('working'),
    hold: holdFrom(result),
    lastOutcome: value('last-outcome'),
    lastTransaction: endedTransactionFrom(value('last-outcome')),
    journal: journalFrom(result),
    history,
    releases: (result.get('entry') ?? []).map((line) => {
      const [id = '', state = '', commit = ''] = line.split(' ');
      const left = leavingOf(id, result);
      const versions = history.filter(({ release }) => release === id).map(({ number }) => number);
      return {
        ...{ id, commit, state, confirmed: state === 'confirmed', current: id === current },
        versions,
        ...(left && { left }),
      };
    }),
  };
}

function historyFrom(result: ExecutorResult): HistoryEntry[] {
  return (result.get('history') ?? []).flatMap((line) => {
    const [number, at = '', release = '', how, as, by = '', run = ''] = line.split(' ');
    if (!isHow(how)) return [];
    const given = (text: string) => (text === '-' ? '' : text);
    return {
      ...{ number: Number(number), at, release, how },
      ...(as !== undefined && as !== '-' && { as: Number(as) }),
      ...{ by: given(by), runUrl: given(run) },
    };
  });
}

function isHow(text: string | undefined): text is HistoryEntry['how'] {
  return ['released', 'rolled-back', 'returned', 'before'].includes(text ?? '');
}

/** How the journal ends by what the executor reports of it. */
export function journalFrom(result: ExecutorResult): Journal | undefined {
  const [, line, hash] = /^(\d+) ([0-9a-f]{64})$/.exec(valueIn(result, 'journal')) ?? [];
  if (line === undefined || hash === undefined) return undefined;
  const [from, ...hashes] = valueIn(result, 'journal-recent').split(' ');
  const recent = hashes.length > 0 && { recent: { from: Number(from), hashes } };
  return { line: Number(line), hash, ...recent };
}

function leavingOf(id: string, result: ExecutorResult): Leaving | undefined {
  const line = result.get('left')?.find((each) => each.startsWith(`${id} `));
  if (line === undefined) return undefined;
  const [, at = '', by = '', ...why] = line.split(' ');
  return { at, by, why: why.join(' ') };
}

/** A moment that the executor gave as seconds since 1970, in ISO 8601; anything else as it is. */
export function moment(text: string): string {
  if (!/^\d{1,11}$/.test(text)) return text;
  return new Date(Number(text) * 1000).toISOString().replace('.000Z', 'Z');
}

const release = String.raw`(?<release>\d{8}T\d{6}Z-[0-9a-f]{7})`;

/** The words with which the executor closes a transaction, behind the time. */
const endings: readonly (readonly [EndedTransaction['outcome'], RegExp])[] = [
  ['confirmed', new RegExp(`^confirmed: release ${release}$`)],
  ['rolled-back-by-host', new RegExp(`^rolled back by the host: release ${release} `)],
  ['rolled-back', new RegExp(String.raw`^rolled back: from ${release} to \S+ by (?<owner>\S+)$`)],
  ['taken-down', new RegExp(String.raw`^taken down: release ${release} by (?<owner>[^\s,]+)`)],
  ['given-up', new RegExp(String.raw`^given up(?: by hand)?: release ${release}\b`)],
  ['failed', new RegExp(`^failed: release ${release} (?:did not go live|could not be staged)`)],
];

function endedTransactionFrom(text: string): EndedTransaction | undefined {
  const words = text.replace(/^\d{4}-\d\d-\d\dT[\d:]+Z /, '');
  for (const [outcome, pattern] of endings) {
    const { release, owner = '' } = pattern.exec(words)?.groups ?? {};
    if (release !== undefined) return { outcome, release, owner };
  }
  return undefined;
}

function holdFrom(result: ExecutorResult): Hold | undefined {
  const value = (key: string) => valueIn(result, `held-${key}`);
  if (result.has('held-by')) {
    return { by: value('by'), since: moment(value('since')), reason: value('reason') };
  }
  if (!result.has('held')) return undefined;
  // In one line, as it is told to whoever waits: by WHO since WHEN: WHY.
  const held = valueIn(result, 'held');
  const [, by, since, reason] = /^by (\S+) since (\S+): (.*)$/.exec(held) ?? [];
  return { by: by ?? '', since: since ?? '', reason: reason ?? held };
}

function transactionFrom(result: ExecutorResult): Transaction | undefined {
  if (!result.has('transaction-phase')) return undefined;
  const value = (key: string) => valueIn(result, `transaction-${key}`);
  return {
    phase: value('phase'),
    release: value('release'),
    owner: value('owner'),
    actor: value('actor'),
    runUrl: value('run-url'),
    since: moment(value('since')),
    deadline: moment(value('deadline')),
    previous: value('previous'),
  };
}
