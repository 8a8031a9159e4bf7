import type { summary } from '@actions/core';
import { escapeHtml } from '../../../shared/src/html.ts';
import { differences } from '../judge/deviation.ts';
import type { CheckResult, State } from '../result.ts';
import type { Verdict } from '../verdict.ts';
import { asked, inState } from './results.ts';
import { titleOf } from './titles.ts';

type Summary = Pick<typeof summary, 'addHeading' | 'addTable' | 'addRaw' | 'addCodeBlock'>;

const signs: Readonly<Record<State, string>> = {
  passed: '✅',
  failed: '❌',
  degraded: '⚠️',
  'not asked': '–',
};
// A summary of more than a mebibyte is dropped as a whole.
const longestCell = 2000;

/** Writes what was found for the page of the run; every text has been made printable. */
export function addSummary(to: Summary, verdict: Verdict): void {
  const { url, way, results, logs } = verdict;
  to.addHeading(escapeHtml(`Smoke test of ${url}`), 3);
  to.addRaw(`${escapeHtml(`Asked ${way}.`)}<br>`, true);
  to.addTable([
    ['Check', 'Result', 'Time', 'Tries', 'Expected', 'Seen'].map((data) => ({
      data,
      header: true,
    })),
    ...asked(results).map((result) => row(result)),
  ]);
  const left = inState(results, 'not asked');
  if (left.length > 0) {
    to.addRaw('Not asked:<br>', true);
    for (const { check, seen } of left) {
      to.addRaw(`${escapeHtml(`– ${check.name}: ${seen}`)}<br>`, true);
    }
  }
  if (logs !== undefined) {
    to.addRaw(`${escapeHtml(`Last log lines of ${logs.service}`)}<br>`, true);
    to.addCodeBlock(escapeHtml(logs.text).replaceAll('<br>', '\n'));
  }
}

function row(result: CheckResult): string[] {
  const { check, state, duration, tries, expected, seen, deviations } = result;
  const found = deviations.length === 0 ? seen : differences(deviations);
  const cells = [titleOf(check), signs[state], `${duration} ms`, `${tries}`, expected, found];
  return cells.map((text) => escapeHtml(cut(text)));
}

function cut(text: string): string {
  return text.length > longestCell ? `${text.slice(0, longestCell)}…` : text;
}
