import { expect, test } from 'vitest';
import { parseImage, pathInMirror } from '../../../scripts/local/base-images/image-reference.ts';

const digest = `sha256:${'a1'.repeat(32)}`;

test.each([
  ['postgres', { registry: 'docker.io', repository: 'library/postgres' }],
  [
    'postgres:15-alpine',
    { registry: 'docker.io', repository: 'library/postgres', tag: '15-alpine' },
  ],
  ['docker.io/postgres:15', { registry: 'docker.io', repository: 'library/postgres', tag: '15' }],
  ['docker.io/library/nginx', { registry: 'docker.io', repository: 'library/nginx' }],
  [
    'prom/prometheus:v2.45.0',
    { registry: 'docker.io', repository: 'prom/prometheus', tag: 'v2.45.0' },
  ],
  ['ghcr.io/a/b/c:1', { registry: 'ghcr.io', repository: 'a/b/c', tag: '1' }],
  ['localhost:5000/a/b', { registry: 'localhost:5000', repository: 'a/b' }],
  ['localhost:5000/a/b:1', { registry: 'localhost:5000', repository: 'a/b', tag: '1' }],
  [`node:20@${digest}`, { registry: 'docker.io', repository: 'library/node', tag: '20', digest }],
  [`quay.io/a/b@${digest}`, { registry: 'quay.io', repository: 'a/b', digest }],
])('%s', (name, parts) => {
  expect(parseImage(name)).toEqual(parts);
});

test.each([
  '',
  ':15',
  'Postgres',
  'a//b',
  'node:',
  'node@sha256:1',
  'a b',
  `a@${digest}@${digest}`,
])('no image is called "%s"', (name) => {
  expect(parseImage(name)).toBeUndefined();
});

test('a mirror of Docker Hub has what Docker Hub has, by tag', () => {
  expect(pathInMirror('redis')).toBe('library/redis:latest');
  expect(pathInMirror('prom/prometheus:v2.45.0')).toBe('prom/prometheus:v2.45.0');
  expect(pathInMirror('ghcr.io/a/b:1')).toBeUndefined();
  expect(pathInMirror(`redis:7@${digest}`)).toBeUndefined();
});
