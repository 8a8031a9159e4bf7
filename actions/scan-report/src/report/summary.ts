import { heading, line, list, type SummaryPart, table } from '../../../shared/src/summary-page.ts';
import { placeOf, severities } from '../finding.ts';
import type { JudgedFinding, Scanned, State, Verdict } from '../judge/judge.ts';

// A summary of more than a mebibyte is dropped as a whole.
const mostRows = 200;
const order: readonly State[] = ['fails', 'excepted', 'in the baseline', 'reported'];

/** What was found, for the page of the run. */
export function summaryOf(verdict: Verdict): SummaryPart[] {
  const { scanned, findings, notChecked, problems, hidden } = verdict;
  const shown = findings.toSorted(inOrder).slice(0, mostRows);
  return [
    heading('What the scans found'),
    table(
      ['Scan', 'Looked at', ...severities],
      scanned.map((each) => row(each, verdict)),
    ),
    ...(problems.length > 0 ? [line('❌ What fails besides findings:'), list(problems)] : []),
    ...(notChecked.length > 0
      ? [
          line('❔ Not checked, and nothing is known of it:'),
          list(notChecked.map(({ scan, what, why }) => `${scan}: ${what}: ${why}`)),
        ]
      : []),
    ...(hidden.count > 0
      ? [line(`The baseline hides ${hidden.count} findings, since ${hidden.since}.`)]
      : []),
    ...(shown.length > 0
      ? [
          table(
            ['', 'Severity', 'Finding', 'Scan', 'Where', 'Mended by', 'What'],
            shown.map(findingRow),
          ),
        ]
      : []),
    ...(findings.length > shown.length
      ? [line(`And ${findings.length - shown.length} more: see the reports among the artifacts.`)]
      : []),
  ];
}

function row({ scan, reading }: Scanned, { findings, notChecked }: Verdict): string[] {
  if (reading.problems.length > 0)
    return [scan.name, 'not checked', ...severities.map(() => 'not checked')];
  const lacking = notChecked.filter((each) => each.scan === scan.name).map(({ what }) => what);
  const seen = [reading.seen, ...lacking.map((what) => `not checked: ${what}`)].join('; ');
  const counts = severities.map((severity) => {
    const count = findings.filter(
      ({ finding }) => finding.scan === scan.name && finding.severity === severity,
    ).length;
    return count === 0 && lacking.length > 0 ? '?' : String(count);
  });
  return [scan.name, seen, ...counts];
}

const signs: Readonly<Record<State, string>> = {
  fails: '❌',
  excepted: 'excepted',
  'in the baseline': 'baseline',
  reported: '',
};

function findingRow({ finding, state }: JudgedFinding): string[] {
  const { severity, id, scan, fix, title } = finding;
  return [signs[state], severity, id, scan, placeOf(finding), fix, title].map((text) =>
    text.length > 300 ? `${text.slice(0, 300)}…` : text,
  );
}

function inOrder(one: JudgedFinding, other: JudgedFinding): number {
  return (
    order.indexOf(one.state) - order.indexOf(other.state) ||
    severities.indexOf(one.finding.severity) - severities.indexOf(other.finding.severity)
  );
}
