import type { CheckResult } from './poll.ts';

/** Rows of the job summary: check, result, time, and what differed. */
export function summaryRows(results: readonly CheckResult[]): string[][] {
  return results.map((result) => [
    `${result.check.name} (${result.check.method} ${result.check.path})`,
    result.deviations.length === 0 ? '✅' : '❌',
    `${result.duration} ms`,
    differences(result),
  ]);
}

/** What a message about the run needs of each check. */
export function briefResults(results: readonly CheckResult[]): object[] {
  return results.map((result) => {
    const passed = result.deviations.length === 0;
    return { name: result.check.name, passed, ...(!passed && { detail: differences(result) }) };
  });
}

function differences({ deviations }: CheckResult): string {
  return deviations
    .map(({ what, expected, actual }) => `${what}: expected ${expected}, got ${actual}`)
    .join('\n');
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
