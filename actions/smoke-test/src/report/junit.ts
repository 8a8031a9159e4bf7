import type { CheckResult } from '../result.ts';
import { failureText, inState, reasonOf } from './results.ts';

/** The results as JUnit XML, which test reporters of all kinds read; `duration` is in milliseconds. */
export function junit(name: string, results: readonly CheckResult[], duration: number): string {
  const counts = attributes({
    name,
    tests: results.length,
    failures: inState(results, 'failed').length,
    skipped: inState(results, 'not asked').length,
    time: duration / 1000,
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite ${counts}>`,
    ...results.map(testCase),
    '</testsuite></testsuites>',
    '',
  ].join('\n');
}

function testCase(result: CheckResult): string {
  const { check, state, seen, duration } = result;
  const head = attributes({
    name: check.name,
    classname: `smoke-test.${check.kind ?? 'request'}`,
    time: duration / 1000,
  });
  return `<testcase ${head}>${outcome(result, state)}<system-out>${escapeXml(seen)}</system-out></testcase>`;
}

function outcome(result: CheckResult, state: CheckResult['state']): string {
  if (state === 'not asked') return `<skipped ${attributes({ message: result.seen })}/>`;
  if (state === 'failed') {
    return `<failure ${attributes({ message: reasonOf(result) })}>${escapeXml(failureText(result))}</failure>`;
  }
  return state === 'degraded'
    ? `<system-err>${escapeXml(`warning: ${failureText(result)}`)}</system-err>`
    : '';
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(' ');
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
