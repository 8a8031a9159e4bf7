import { expect, test } from 'vitest';
import { chooseRecipe } from '../../../scripts/local/base-images/recipes.ts';

const digest = `@sha256:${'a'.repeat(64)}`;

/** What an image is built of, `target suite`, and what somebody has to know. */
function chosen(image: string): string {
  const choice = chooseRecipe(image);
  if ('why' in choice) return `none: ${choice.why}`;
  const { target, suite, node, args, remark } = choice;
  return [
    target,
    suite,
    node ?? '',
    args.TOOLCHAIN ? 'with compilers' : '',
    remark ? `(${remark})` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

test.each([
  ['python:3.11-slim', 'python bookworm'],
  ['python:3.11-alpine', 'python bookworm'],
  ['python:3.11', 'python bookworm with compilers'],
  ['python:3.11.9-slim-bookworm', "python bookworm (it has Debian's Python 3.11)"],
  ['docker.io/library/python:3.11-slim', 'python bookworm'],
  ['python:3.13-slim', 'python trixie'],
  ['python:3-slim', 'python bookworm'],
  ['python:3-slim-trixie', 'python trixie'],
  ['python:slim', 'python bookworm'],
  [`python:3.11-slim${digest}`, 'python bookworm (its digest is not that one)'],
  ['postgres:15-alpine', 'postgres bookworm'],
  ['postgres:15.4', "postgres bookworm (it has Debian's PostgreSQL 15)"],
  ['postgres:17', 'postgres trixie'],
  ['redis:7-alpine', 'redis bookworm'],
  ['redis:7.2', "redis bookworm (it has Debian's Redis 7.0)"],
  ['redis:8', 'redis trixie'],
  ['nginx', 'nginx bookworm'],
  ['nginx:alpine', 'nginx bookworm'],
  ['nginx:1.26-alpine', 'nginx trixie'],
  ['nginx:1.27-alpine', "nginx bookworm (it has Debian's nginx 1.22)"],
  ['prom/prometheus:v2.45.0', "prometheus bookworm (it has Debian's Prometheus 2.42)"],
  ['debian:bookworm-slim', 'plain bookworm'],
  ['debian:12', 'plain bookworm'],
  ['debian:trixie-20250101-slim', 'plain trixie'],
  ['node:20-alpine', 'node bookworm 20'],
  ['node:22.11.0-slim', 'node bookworm 22.11.0'],
  ['node:20-bookworm', 'node bookworm 20 with compilers'],
  ['node:jod-alpine', 'node bookworm 22'],
  ['node:lts-slim', 'node bookworm 24'],
  ['node:alpine', 'node bookworm latest'],
])('%s is built from packages: %s', (image, recipe) => {
  expect(chosen(image)).toBe(recipe);
});

test.each([
  ['python:3.12-slim', 'Debian has Python 3.11 and 3.13'],
  ['python:2.7', 'Debian has Python 3.11 and 3.13'],
  ['python:3.1', 'Debian has Python 3.11 and 3.13'],
  ['postgres:16-alpine', 'Debian has PostgreSQL 15 and 17'],
  ['redis:6', 'Debian has Redis 7.0 and 8.0'],
  ['prom/prometheus:v3.1.0', 'Debian has Prometheus 2.42 and 2.53'],
  ['debian:bullseye-slim', 'of Debian, bookworm and trixie can be made here'],
  ['debian:11', 'Debian has Debian 12 and 13'],
  [`python${digest}`, 'a digest alone does not say which version it is'],
  ['grafana/grafana:10.0.0', 'no Debian package stands for it'],
  ['ghcr.io/library/python:3.11', 'only ghcr.io has it'],
  ['somebody/python:3.11', 'no Debian package stands for it'],
  ['Python:3.11', 'this is not the name of an image'],
])('%s is not to be had: %s', (image, why) => {
  expect(chosen(image)).toBe(`none: ${why}`);
});
