import { type Finding, keyOf } from '../finding.ts';
import type { Inputs } from '../inputs.ts';
import type { Database } from '../read/database.ts';
import type { Reading } from '../read/report.ts';
import type { Scan } from '../scan.ts';
import { type Baseline, type BaselineEntry, growth, hide } from './baseline.ts';
import { except } from './exceptions.ts';
import { fails } from './gate.ts';

/** What a scan came to. */
export interface Scanned {
  readonly scan: Scan;
  readonly reading: Reading;
}

/** Why a finding does not fail, or that it does. */
export type State = 'fails' | 'reported' | 'in the baseline' | 'excepted';

export interface JudgedFinding {
  readonly finding: Finding;
  readonly state: State;
}

/** What was not looked at and may be so. */
export interface NotChecked {
  readonly scan: string;
  readonly what: string;
  readonly why: string;
}

export interface Verdict {
  readonly scanned: readonly Scanned[];
  readonly findings: readonly JudgedFinding[];
  readonly notChecked: readonly NotChecked[];
  /** What fails besides findings: scanners that have not worked, exceptions, the baseline. */
  readonly problems: readonly string[];
  readonly hidden: { readonly count: number; readonly since: string };
}

/** What there is to judge. */
export interface Evidence {
  readonly scanned: readonly Scanned[];
  readonly database: Database;
  /** Undefined where there is none. */
  readonly baseline: Baseline | undefined;
  /** Every version that the baseline had. */
  readonly earlierBaselines: readonly Baseline[];
  /** Why the baseline says nothing, where it does not. */
  readonly problem: string | undefined;
}

/** What of all that was found fails, and what shows nothing. */
export function judge(
  { scanned, database, baseline = [], earlierBaselines, problem }: Evidence,
  { gate, exceptions, mayLack }: Pick<Inputs, 'gate' | 'exceptions' | 'mayLack'>,
  now: Date,
): Verdict {
  const lacking = lacks(scanned, database, mayLack);
  const findings = scanned.flatMap(({ reading }) => reading.findings);
  const failing = scanned.flatMap(({ scan, reading }) =>
    reading.findings.filter((finding) => fails(finding, scan, gate)),
  );
  const complete = lacking.problems.length === 0 && lacking.notChecked.length === 0;
  const excepted = except(findings, exceptions, { now, complete });
  const left = failing.filter((finding) => !excepted.keys.has(keyOf(finding)));
  const judged = judgedScans(scanned, database);
  const hidden = hide(left, baseline, judged);
  const states = new Map(
    failing.map((finding): [Finding, State] => [
      finding,
      excepted.keys.has(keyOf(finding))
        ? 'excepted'
        : hidden.findings.has(finding)
          ? 'in the baseline'
          : 'fails',
    ]),
  );
  return {
    scanned,
    findings: findings.map((finding) => ({ finding, state: states.get(finding) ?? 'reported' })),
    notChecked: lacking.notChecked,
    problems: [
      ...lacking.problems,
      ...(problem === undefined ? [] : [problem]),
      ...excepted.problems,
      ...staleProblems(hidden.stale),
      ...grownProblems(baseline, earlierBaselines),
    ],
    hidden: {
      count: hidden.findings.size,
      since: baseline.map(({ since }) => since).sort()[0] ?? '',
    },
  };
}

function lacks(scanned: readonly Scanned[], database: Database, mayLack: ReadonlySet<string>) {
  const problems: string[] = [];
  const notChecked: NotChecked[] = [];
  for (const { scan, reading } of scanned) {
    if (reading.problems.length > 0 && mayLack.has(scan.name))
      notChecked.push({ scan: scan.name, what: 'everything', why: reading.problems.join('; ') });
    else problems.push(...reading.problems.map((problem) => `${scan.name}: ${problem}`));
  }
  if (database.problem !== undefined) {
    const withPackages = scanned.filter(({ scan }) => scan.kind !== 'bandit');
    const why = database.problem;
    if (withPackages.length > 0 && !mayLack.has('database')) problems.push(why);
    else
      for (const { scan } of withPackages)
        if (!notChecked.some((each) => each.scan === scan.name))
          notChecked.push({ scan: scan.name, what: 'known vulnerabilities', why });
  }
  return { problems, notChecked };
}

/** An entry of a scan that showed nothing is not gone, nor is one of a package where no database was. */
function judgedScans(scanned: readonly Scanned[], database: Database) {
  const working = new Set(
    scanned.filter(({ reading }) => reading.problems.length === 0).map(({ scan }) => scan.name),
  );
  const all = new Set(scanned.map(({ scan }) => scan.name));
  return ({ scan, package: name }: BaselineEntry) =>
    !all.has(scan) || (working.has(scan) && (name === '' || database.problem === undefined));
}

function staleProblems(stale: Baseline): string[] {
  if (stale.length === 0) return [];
  return [
    `the baseline has ${stale.length === 1 ? 'an entry that is' : `${stale.length} entries that are`} not found so often any more (${named(stale)}): take it out with \`npx staging-pipeline scan-baseline\` (\`npm run scan:baseline\`), so that it cannot come back`,
  ];
}

function grownProblems(baseline: Baseline, earlier: readonly Baseline[]): string[] {
  const grown = new Map(
    earlier.flatMap((each) => growth(baseline, each)).map((entry) => [keyOf(entry), entry]),
  );
  if (grown.size === 0) return [];
  return [
    `the baseline has grown (${named([...grown.values()])}): mend what is new, or make an exception for it in the settings`,
  ];
}

function named(entries: Baseline): string {
  const shown = entries.slice(0, 5).map(({ id, file, package: name, scan }) => {
    return `${id} in ${name || file || scan}`;
  });
  return [...shown, ...(entries.length > 5 ? ['…'] : [])].join(', ');
}
