import type { CheckResult } from './poll.ts';

/** Rows of the job summary: check, result, time, and what differed. */
export function summaryRows(results: readonly CheckResult[]): string[][] {
  return results.map(({ check, deviations, duration }) => [
    `${check.name} (${check.method} ${check.path})`,
    deviations.length === 0 ? '✅' : '❌',
    `${duration} ms`,
    deviations
      .map(({ what, expected, actual }) => `${what}: expected ${expected}, got ${actual}`)
      .join('\n'),
  ]);
}

/** What failed, with expected and actual, for the log. */
export function failureText(results: readonly CheckResult[]): string {
  const lines = results
    .filter((result) => result.deviations.length > 0)
    .flatMap(({ check, deviations }) => [
      `${check.name} (${check.method} ${check.path})`,
      ...deviations.map(
        ({ what, expected, actual }) =>
          `  ${what}\n    expected: ${expected}\n    actual:   ${actual}`,
      ),
    ]);
  return lines.join('\n');
}

/** How many of the results passed. */
export function countPassed(results: readonly CheckResult[]): number {
  return results.filter((result) => result.deviations.length === 0).length;
}
