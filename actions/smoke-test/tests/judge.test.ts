import { describe, expect, it } from 'vitest';
import { checksSchema } from '../src/checks/schema.ts';
import type { JsonExpectation, RequestCheck } from '../src/checks/types.ts';
import { judge } from '../src/judge/answer.ts';
import { resolvePointer } from '../src/judge/json-pointer.ts';
import { inWords, isAsExpected } from '../src/judge/value.ts';
import { fill } from '../src/placeholders.ts';

const commit = 'c'.repeat(40);

function deviations(
  check: object,
  answer: { status?: number; headers?: object; body?: string; duration?: number },
) {
  const [parsed] = checksSchema.parse([{ name: 'n', path: '/', status: 200, ...check }]);
  const planned = fill(parsed as RequestCheck, new Map([['commit', commit]]));
  const headers = new Headers({ ...answer.headers });
  return judge(planned, { status: 200, body: '', duration: 1, ...answer, headers });
}

describe('an answer', () => {
  it('passes when all of it is as expected', () => {
    const check = {
      'response-headers': { 'X-Commit': '{commit}', 'Access-Control-Allow-Origin': null },
      contains: 'commit":"{commit}',
      json: { '/commit': '{commit}', '/components/0/ok': true },
    };
    const body = JSON.stringify({ commit, components: [{ ok: true }] });
    expect(deviations(check, { headers: { 'x-commit': commit }, body })).toEqual([]);
  });

  it('is compared part by part', () => {
    const check = {
      'response-headers': { 'X-A': 'b', 'X-Absent': null },
      contains: 'hello',
      json: { '/commit': '{commit}', '/gone': 1 },
    };
    const answer = { status: 503, headers: { 'x-absent': 'here' }, body: '{"commit":"old"}' };
    expect(deviations(check, answer)).toEqual([
      { what: 'status', expected: '200', actual: '503: {"commit":"old"}' },
      { what: 'header X-A', expected: 'b', actual: 'absent' },
      { what: 'header X-Absent', expected: 'absent', actual: 'here' },
      { what: 'body', expected: 'contains "hello"', actual: '{"commit":"old"}' },
      { what: 'JSON /commit', expected: `"${commit}"`, actual: '"old"' },
      { what: 'JSON /gone', expected: '1', actual: 'absent' },
    ]);
  });

  it('shows where a redirect leads, and the beginning of a long body', () => {
    const [status] = deviations({}, { status: 302, headers: { location: '/login' } });
    expect(status?.actual).toBe('302, redirects to /login');
    const [body] = deviations({ json: { '/a': 1 } }, { body: `<html>${'x'.repeat(5000)}` });
    expect(body).toMatchObject({ what: 'body', expected: 'JSON' });
    expect(body?.actual).toHaveLength(301);
  });

  it('may have one of several statuses, a header of a form, a text that is not there, and a time', () => {
    const check = {
      status: [200, 204],
      'response-headers': { server: { pattern: '^nginx' } },
      lacks: ['Traceback', 'error'],
      within: 100,
    };
    const right = { status: 204, headers: { server: 'nginx' }, duration: 100 };
    expect(deviations(check, right)).toEqual([]);
    const wrong = { status: 201, headers: { server: 'caddy' }, body: 'an error', duration: 101 };
    expect(deviations(check, wrong)).toEqual([
      { what: 'status', expected: '200 or 204', actual: '201' },
      { what: 'header server', expected: 'matches /^nginx/', actual: 'caddy' },
      { what: 'body', expected: 'lacks "error"', actual: 'an error' },
      { what: 'time', expected: 'at most 100 ms', actual: '101 ms' },
    ]);
  });
});

it('follows JSON pointers, escapes and dead ends', () => {
  const document = { 'a/b': { '~': [10, 20] }, n: null };
  expect(resolvePointer(document, '')).toBe(document);
  expect(resolvePointer(document, '/a~1b/~0/1')).toBe(20);
  expect(resolvePointer(document, '/n/x')).toBeUndefined();
  expect(resolvePointer(document, '/constructor')).toBeUndefined();
});

describe('a value', () => {
  const cases: [JsonExpectation, unknown, boolean][] = [
    [1, 1, true],
    [1, '1', false],
    [null, undefined, false],
    [{ type: 'array' }, [], true],
    [{ type: 'object' }, [], false],
    [{ type: 'null' }, null, true],
    [{ pattern: '^\\d+$' }, '42', true],
    [{ pattern: '^\\d+$' }, { a: 42 }, false],
    [{ 'one-of': ['healthy', 'degraded'] }, 'degraded', true],
    [{ 'one-of': ['healthy', 'degraded'] }, 'unhealthy', false],
    [{ count: 2 }, [1, 2], true],
    [{ count: { min: 1 } }, [], false],
    [{ count: { max: 1 } }, { a: 1, b: 2 }, false],
    [{ count: { min: 1 } }, 'text', false],
    [{ min: 1, max: 3 }, 2, true],
    [{ min: 1 }, '2', false],
    [{ 'same-words': 'b a' }, 'a,b', true],
    [{ 'same-words': 'b a' }, 'a', false],
    [{ absent: true }, undefined, true],
    [{ absent: true }, null, false],
    [{ type: 'string' }, undefined, false],
  ];
  it.each(cases)('%j against %j: %s', (expected, value, isRight) => {
    expect(isAsExpected(expected, value)).toBe(isRight);
  });

  it('is described as it is expected', () => {
    expect(inWords({ type: 'string', pattern: '^a', 'one-of': ['ab', 'ac'] })).toBe(
      'of type string, matches /^a/, one of "ab", "ac"',
    );
    expect(inWords({ count: { min: 1, max: 2 } })).toBe('at least 1 items, at most 2 items');
    expect(inWords('x')).toBe('"x"');
  });
});
