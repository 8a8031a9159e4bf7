import { describe, expect, it } from 'vitest';
import { createPrinter } from '../src/printable.ts';
import { junit } from '../src/report/junit.ts';
import { briefResults } from '../src/report/results.ts';
import type { CheckResult, State } from '../src/result.ts';

function result(name: string, state: State, actual?: string): CheckResult {
  return {
    check: { name, path: '/', status: 200, service: 'api' },
    state,
    expected: '200',
    seen: actual ?? '200 in 3 ms',
    deviations: actual === undefined ? [] : [{ what: 'status', expected: '200', actual }],
    duration: 3,
    tries: 2,
  };
}
const results = [
  result('good', 'passed'),
  result('bad <b>', 'failed', '500: "x" & <y>'),
  result('so-so', 'degraded', '201'),
  { ...result('left', 'not asked'), seen: 'no browser' },
];

describe('results', () => {
  it('say of each check what a message needs, and of what was not asked nothing', () => {
    expect(briefResults(results)).toMatchObject([
      { name: 'good', passed: true, state: 'passed', tries: 2, 'duration-ms': 3 },
      { name: 'bad <b>', passed: false, detail: 'status: expected 200, got 500: "x" & <y>' },
      { name: 'so-so', passed: true, state: 'degraded', detail: 'status: expected 200, got 201' },
    ]);
  });

  it('are JUnit XML', () => {
    const xml = junit('Smoke test', results, 1500);
    expect(xml).toContain('tests="4" failures="1" skipped="1" time="1.5"');
    expect(xml).toContain(
      '<testcase name="bad &lt;b&gt;" classname="smoke-test.request" time="0.003"><failure message="bad &lt;b&gt;: status: expected 200, got 500: &quot;x&quot; &amp; &lt;y&gt;">',
    );
    expect(xml).toContain('<skipped message="no browser"/>');
    expect(xml).toContain('<system-err>warning: so-so (GET /)');
  });
});

describe('text of others', () => {
  it('loses secrets in every form, colours, and characters that nobody sees', () => {
    const masked: string[] = [];
    const printer = createPrinter((secret) => masked.push(secret));
    printer.hide('a"b c/d');
    printer.hide('a"b c/d');
    printer.hide('abc');
    expect(masked).toEqual(['a"b c/d']);
    expect(printer.print('a"b c/d a\\"b c/d a%22b%20c%2Fd abc')).toBe('*** *** *** abc');
    expect(printer.print('\u001b[31mred\u001b[0m\u202e x\u0007\r\ny')).toBe('red x\ny');
  });
});
