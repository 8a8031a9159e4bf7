import { describe, expect, it } from 'vitest';
import { checksSchema, planChecks } from '../src/checks.ts';
import { judge, resolvePointer } from '../src/judge.ts';

const commit = 'c'.repeat(40);

function deviations(check: object, answer: { status?: number; headers?: object; body?: string }) {
  const parsed = checksSchema.parse([{ name: 'n', path: '/', status: 200, ...check }]);
  const [planned] = planChecks(parsed, commit);
  if (!planned) throw new Error('no check');
  const headers = new Headers({ ...answer.headers });
  return judge(planned, { status: answer.status ?? 200, headers, body: answer.body ?? '' });
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
      { what: 'status', expected: '200', actual: '503' },
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
});

it('follows JSON pointers, escapes and dead ends', () => {
  const document = { 'a/b': { '~': [10, 20] }, n: null };
  expect(resolvePointer(document, '')).toBe(document);
  expect(resolvePointer(document, '/a~1b/~0/1')).toBe(20);
  expect(resolvePointer(document, '/n/x')).toBeUndefined();
  expect(resolvePointer(document, '/constructor')).toBeUndefined();
});
