import { differences } from '../judge/deviation.ts';
import type { CheckResult } from '../result.ts';
import { titleOf } from './titles.ts';

/** What a message about the run, and a program, needs of each check that was asked. */
export function briefResults(results: readonly CheckResult[]): object[] {
  return asked(results).map(({ check, state, expected, seen, deviations, duration, tries }) => ({
    name: check.name,
    // What only warns fails nothing.
    passed: state !== 'failed',
    ...(deviations.length > 0 && { detail: differences(deviations) }),
    state,
    kind: check.kind ?? 'request',
    ...(check.service !== undefined && { service: check.service }),
    expected,
    seen,
    'duration-ms': duration,
    tries,
  }));
}

/** The results of checks that were asked. */
export function asked(results: readonly CheckResult[]): CheckResult[] {
  return results.filter(({ state }) => state !== 'not asked');
}

/** The results in one state. */
export function inState(
  results: readonly CheckResult[],
  state: CheckResult['state'],
): CheckResult[] {
  return results.filter((result) => result.state === state);
}

/** What failed in one check, with expected and actual. */
export function failureText({ check, deviations, tries }: CheckResult): string {
  return [
    titleOf(check),
    ...deviations.map(
      ({ what, expected, actual }) =>
        `  ${what}\n    expected: ${expected}\n    actual:   ${actual}`,
    ),
    ...(tries > 1 ? [`  after ${tries} tries`] : []),
  ].join('\n');
}

/** The first reason of a check that failed, in a line. */
export function reasonOf({ check, deviations, seen }: CheckResult): string {
  const [first] = deviations;
  return `${check.name}: ${first === undefined ? seen : differences([first])}`;
}
