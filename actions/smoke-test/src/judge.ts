import type { Check } from './checks.ts';

/** What the application answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** One expectation that was not met, in words. */
export interface Deviation {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

/** All that differs between an answer and what the check expects; nothing means that the check passed. */
export function judge(check: Check, answer: Answer): Deviation[] {
  return [
    ...judgeStatus(check, answer),
    ...judgeHeaders(check, answer),
    ...judgeText(check, answer),
    ...judgeJson(check, answer),
  ];
}

function judgeStatus(check: Check, { status, headers }: Answer): Deviation[] {
  if (status === check.status) return [];
  const location = headers.get('location');
  const actual = location === null ? String(status) : `${status}, redirects to ${location}`;
  return [{ what: 'status', expected: String(check.status), actual }];
}

function judgeHeaders(check: Check, answer: Answer): Deviation[] {
  return Object.entries(check['response-headers']).flatMap(([name, expected]) => {
    const actual = answer.headers.get(name);
    if (actual === expected) return [];
    return [{ what: `header ${name}`, expected: expected ?? 'absent', actual: actual ?? 'absent' }];
  });
}

function judgeText({ contains }: Check, { body }: Answer): Deviation[] {
  if (contains === undefined || body.includes(contains)) return [];
  return [
    { what: 'body', expected: `contains ${JSON.stringify(contains)}`, actual: excerpt(body) },
  ];
}

function judgeJson(check: Check, { body }: Answer): Deviation[] {
  const expectations = Object.entries(check.json);
  if (expectations.length === 0) return [];
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return [{ what: 'body', expected: 'JSON', actual: excerpt(body) }];
  }
  return expectations.flatMap(([pointer, expected]) => {
    const actual = resolvePointer(document, pointer);
    if (actual === expected) return [];
    return [
      {
        what: `JSON ${pointer}`,
        expected: JSON.stringify(expected),
        actual: actual === undefined ? 'absent' : excerpt(JSON.stringify(actual)),
      },
    ];
  });
}

/** The value at a JSON pointer (RFC 6901), or undefined where there is none. */
export function resolvePointer(document: unknown, pointer: string): unknown {
  let value = document;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line === '') return 'empty';
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
