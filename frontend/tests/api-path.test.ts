import { expect, test } from 'vitest';
import { readApiPath } from '../build/api-path.ts';

test.each([
  [undefined, '/api'],
  ['', '/api'],
  ['/backend/api', '/backend/api'],
])('VITE_API_URL %j is %s', (raw, path) => {
  expect(readApiPath(raw)).toBe(path);
});

test.each(['https://api.azals.test', '//api.azals.test', 'api', '/api/', '/a b'])(
  'VITE_API_URL %j is refused by name',
  (raw) => {
    expect(() => readApiPath(raw)).toThrow(`VITE_API_URL is "${raw}"`);
  },
);
