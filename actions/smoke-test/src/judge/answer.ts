import type { HttpExpectation } from '../checks/types.ts';
import type { Answer } from '../http/answer.ts';
import { type Deviation, excerpt } from './deviation.ts';
import { resolvePointer } from './json-pointer.ts';
import { inWords, isAsExpected } from './value.ts';

/** All that differs between an answer and what is expected; nothing means that it passed. */
export function judge(expected: HttpExpectation, answer: Answer): Deviation[] {
  return [
    ...judgeStatus(expected, answer),
    ...judgeHeaders(expected, answer),
    ...judgeText(expected, answer),
    ...judgeJson(expected, answer),
    ...judgeTime(expected, answer),
  ];
}

/** What is expected, in words. */
export function expectedInWords(expected: HttpExpectation): string {
  const { json = {}, within } = expected;
  return [
    statusesOf(expected).join(' or '),
    ...Object.entries(expected['response-headers'] ?? {}).map(
      ([name, value]) => `header ${name} ${headerInWords(value)}`,
    ),
    ...listed(expected.contains).map((text) => `contains ${JSON.stringify(text)}`),
    ...listed(expected.lacks).map((text) => `lacks ${JSON.stringify(text)}`),
    ...Object.entries(json).map(([pointer, value]) => `JSON ${pointer} ${inWords(value)}`),
    ...(within === undefined ? [] : [`within ${within} ms`]),
  ].join(', ');
}

/** The statuses that are right. */
export function statusesOf({ status = 200 }: HttpExpectation): readonly number[] {
  return typeof status === 'number' ? [status] : status;
}

function judgeStatus(expected: HttpExpectation, { status, headers, body }: Answer): Deviation[] {
  const wanted = statusesOf(expected);
  if (wanted.includes(status)) return [];
  const location = headers.get('location');
  const said = status >= 400 && body.trim() !== '' ? `${status}: ${excerpt(body)}` : String(status);
  const actual = location === null ? said : `${status}, redirects to ${location}`;
  return [{ what: 'status', expected: wanted.join(' or '), actual }];
}

function judgeHeaders(expected: HttpExpectation, answer: Answer): Deviation[] {
  return Object.entries(expected['response-headers'] ?? {}).flatMap(([name, wanted]) => {
    const actual = answer.headers.get(name);
    const isRight =
      typeof wanted === 'object' && wanted !== null
        ? actual !== null && new RegExp(wanted.pattern, 'u').test(actual)
        : actual === wanted;
    if (isRight) return [];
    return [
      { what: `header ${name}`, expected: headerInWords(wanted), actual: actual ?? 'absent' },
    ];
  });
}

function headerInWords(expected: string | null | { readonly pattern: string }): string {
  if (expected === null) return 'absent';
  return typeof expected === 'string' ? expected : `matches /${expected.pattern}/`;
}

function judgeText({ contains, lacks }: HttpExpectation, { body }: Answer): Deviation[] {
  const what = 'body';
  return [
    ...listed(contains)
      .filter((text) => !body.includes(text))
      .map((text) => ({
        what,
        expected: `contains ${JSON.stringify(text)}`,
        actual: excerpt(body),
      })),
    ...listed(lacks)
      .filter((text) => body.includes(text))
      .map((text) => ({ what, expected: `lacks ${JSON.stringify(text)}`, actual: excerpt(body) })),
  ];
}

function judgeJson({ json = {} }: HttpExpectation, { body }: Answer): Deviation[] {
  const expectations = Object.entries(json);
  if (expectations.length === 0) return [];
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return [{ what: 'body', expected: 'JSON', actual: excerpt(body) }];
  }
  return expectations.flatMap(([pointer, expected]) => {
    const actual = resolvePointer(document, pointer);
    if (isAsExpected(expected, actual)) return [];
    return [
      {
        what: `JSON ${pointer}`,
        expected: inWords(expected),
        actual: actual === undefined ? 'absent' : excerpt(JSON.stringify(actual)),
      },
    ];
  });
}

function judgeTime({ within }: HttpExpectation, { duration }: Answer): Deviation[] {
  if (within === undefined || duration <= within) return [];
  return [{ what: 'time', expected: `at most ${within} ms`, actual: `${duration} ms` }];
}

function listed(texts: string | readonly string[] | undefined): readonly string[] {
  if (texts === undefined) return [];
  return typeof texts === 'string' ? [texts] : texts;
}
