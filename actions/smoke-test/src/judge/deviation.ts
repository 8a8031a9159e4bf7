/** One expectation that was not met, in words. */
export interface Deviation {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

/** What differed, each on a line. */
export function differences(deviations: readonly Deviation[]): string {
  return deviations
    .map(({ what, expected, actual }) => `${what}: expected ${expected}, got ${actual}`)
    .join('\n');
}

/** The beginning of a text of others, on one line. */
export function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'empty';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
