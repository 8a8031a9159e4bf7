import { code, heading, line, type SummaryPart, table } from '../../../shared/src/summary-page.ts';
import { differences } from '../judge/deviation.ts';
import type { CheckResult, State } from '../result.ts';
import type { Verdict } from '../verdict.ts';
import { asked, inState } from './results.ts';
import { titleOf } from './titles.ts';

const signs: Readonly<Record<State, string>> = {
  passed: '✅',
  failed: '❌',
  degraded: '⚠️',
  'not asked': '–',
};
// A summary of more than a mebibyte is dropped as a whole.
const longestCell = 2000;

/** What was found, for the page of the run. */
export function summaryOf({ url, way, results, logs }: Verdict): SummaryPart[] {
  const left = inState(results, 'not asked');
  return [
    heading(`Smoke test of ${url}`),
    line(`Asked ${way}.`),
    table(['Check', 'Result', 'Time', 'Tries', 'Expected', 'Seen'], asked(results).map(row)),
    ...(left.length === 0 ? [] : [line('Not asked:')]),
    ...left.map(({ check, seen }) => line(`– ${check.name}: ${seen}`)),
    ...(logs === undefined ? [] : [line(`Last log lines of ${logs.service}`), code(logs.text)]),
  ];
}

function row(result: CheckResult): string[] {
  const { check, state, duration, tries, expected, seen, deviations } = result;
  const found = deviations.length === 0 ? seen : differences(deviations);
  const cells = [titleOf(check), signs[state], `${duration} ms`, `${tries}`, expected, found];
  return cells.map(cut);
}

function cut(text: string): string {
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}
