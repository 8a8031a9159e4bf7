import type { JsonExpectation, Matcher } from '../checks/types.ts';

/** Whether a value of a JSON answer, undefined where there is none, is as expected. */
export function isAsExpected(expected: JsonExpectation, value: unknown): boolean {
  if (typeof expected !== 'object' || expected === null) return value === expected;
  if (expected.absent === true) return value === undefined;
  if (value === undefined) return false;
  return Object.entries(tests).every(([name, test]) => {
    const wanted = expected[name as keyof Matcher];
    return wanted === undefined || test(wanted as never, value);
  });
}

/** What is expected, in words. */
export function inWords(expected: JsonExpectation): string {
  if (typeof expected !== 'object' || expected === null) return JSON.stringify(expected);
  const { type, pattern, min, max, count, absent } = expected;
  const oneOf = expected['one-of'];
  const words = expected['same-words'];
  return [
    ...(absent === true ? ['absent'] : []),
    ...(type === undefined ? [] : [`of type ${type}`]),
    ...(pattern === undefined ? [] : [`matches /${pattern}/`]),
    ...(oneOf === undefined
      ? []
      : [`one of ${oneOf.map((each) => JSON.stringify(each)).join(', ')}`]),
    ...(words === undefined ? [] : [`the words ${words}`]),
    ...range(min, max, ''),
    ...(typeof count === 'number' ? [`${count} items`] : range(count?.min, count?.max, ' items')),
  ].join(', ');
}

function range(min: number | undefined, max: number | undefined, unit: string): string[] {
  return [
    ...(min === undefined ? [] : [`at least ${min}${unit}`]),
    ...(max === undefined ? [] : [`at most ${max}${unit}`]),
  ];
}

const tests: Readonly<Record<string, (wanted: never, value: unknown) => boolean>> = {
  type: (wanted: string, value) => typeOf(value) === wanted,
  pattern: (wanted: string, value) =>
    (typeof value === 'string' || typeof value === 'number') &&
    new RegExp(wanted, 'u').test(String(value)),
  'one-of': (wanted: readonly unknown[], value) => wanted.includes(value),
  min: (wanted: number, value) => typeof value === 'number' && value >= wanted,
  max: (wanted: number, value) => typeof value === 'number' && value <= wanted,
  count: (wanted: NonNullable<Matcher['count']>, value) => {
    const count = sizeOf(value);
    if (count === undefined) return false;
    const { min, max } = typeof wanted === 'number' ? { min: wanted, max: wanted } : wanted;
    return count >= (min ?? 0) && count <= (max ?? Number.POSITIVE_INFINITY);
  },
  'same-words': (wanted: string, value) =>
    typeof value === 'string' && sortedWords(value) === sortedWords(wanted),
};

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function sizeOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
}

function sortedWords(text: string): string {
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .sort()
    .join(' ');
}
