import { describe, expect, test } from 'vitest';
import {
  imagesOfDockerfile,
  linesThatCall,
} from '../../../scripts/local/base-images/dockerfile-images.ts';

/** The images of a Dockerfile as `line image`. */
function found(lines: readonly string[], build?: Parameters<typeof imagesOfDockerfile>[1]) {
  return imagesOfDockerfile(lines.join('\n'), build).map(({ line, image }) => `${line} ${image}`);
}

describe('the images of a Dockerfile', () => {
  test('are those of its stages, not the stages themselves, and not scratch', () => {
    const lines = [
      'FROM node:20-alpine AS Build',
      'FROM build AS tested',
      'FROM scratch',
      'COPY --from=tested /a /a',
    ];
    expect(found(lines)).toEqual(['1 node:20-alpine']);
  });

  test('come from arguments before the first FROM, in every notation', () => {
    const lines = [
      '# comment',
      'ARG NAME=python VERSION="3.11"',
      'ARG IMAGE=${NAME}:${VERSION}-slim',
      'FROM $IMAGE AS one',
      'ARG NAME=inside-a-stage',
      'FROM ${NAME}:${MISSING:-3.12} AS two',
      'FROM ${NAME}:${VERSION:+3.13}',
      'COPY --from=one /a /a',
      'COPY --from=two /a /a',
    ];
    expect(found(lines)).toEqual(['4 python:3.11-slim', '6 python:3.12', '7 python:3.13']);
  });

  test('follow the arguments of the build', () => {
    const lines = ['ARG VERSION=3.11', 'FROM python:$VERSION'];
    expect(found(lines, { args: { VERSION: '3.12-slim' } })).toEqual(['2 python:3.12-slim']);
  });

  test('may have no default: then the build has to say', () => {
    const lines = ['ARG BASE', 'FROM $BASE'];
    expect(found(lines)).toEqual([]);
    expect(found(lines, { args: { BASE: 'redis:7' } })).toEqual(['2 redis:7']);
  });

  test('are found behind flags, quotes, continued lines, comments within them, and in lower case', () => {
    const lines = [
      'from --platform=$BUILDPLATFORM \\',
      '  # which of them',
      '  "nginx:1.27-alpine" \\',
      '  as web\r',
      'COPY --chown=1:1 --from=docker.io/library/redis:7 /usr/bin/redis-cli /',
      'RUN --mount=type=cache,target=/x --mount=type=bind,from=busybox:1.36,target=/b \\',
      '  true',
    ];
    expect(found(lines)).toEqual([
      '1 nginx:1.27-alpine',
      '5 docker.io/library/redis:7',
      '6 busybox:1.36',
    ]);
  });

  test('keep digests, ports and paths', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    expect(found([`FROM localhost:5000/a/b:1@${digest}`])).toEqual([
      `1 localhost:5000/a/b:1@${digest}`,
    ]);
  });

  test('are not what a here-document holds', () => {
    const lines = ['FROM python:3.11', 'RUN <<EOF', 'FROM evil:1', 'EOF', 'RUN echo FROM evil:2'];
    expect(found(lines)).toEqual(['1 python:3.11']);
  });

  test('are read with the escape character that the file chooses', () => {
    const lines = ['# escape=`', 'FROM `', '  python:3.11 `', '  AS base'];
    expect(found(lines)).toEqual(['2 python:3.11']);
  });

  test('are only those that the target needs', () => {
    const lines = [
      'FROM python:3.11 AS base',
      'FROM python:3.12 AS tools',
      'FROM base AS test',
      'COPY --from=tools /a /a',
      'FROM base',
    ];
    expect(found(lines)).toEqual(['1 python:3.11']);
    expect(found(lines, { target: 'TEST' })).toEqual(['1 python:3.11', '2 python:3.12']);
    expect(found(lines, { target: '1' })).toEqual(['2 python:3.12']);
  });

  test('are not stages by number, and not the contexts that a build is given', () => {
    const lines = [
      'FROM python:3.11',
      'FROM redis:7',
      'COPY --from=0 /a /a',
      'COPY --from=config / /',
    ];
    expect(found(lines, { contexts: ['config'] })).toEqual(['1 python:3.11', '2 redis:7']);
  });

  test('may have the name of a later stage', () => {
    expect(found(['FROM redis AS one', 'COPY --from=nginx /a /a', 'FROM one AS nginx'])).toEqual([
      '1 redis',
      '2 nginx',
    ]);
  });
});

test('lines that call a program are told from lines that name it', () => {
  const text = [
    'FROM node:20-alpine',
    'RUN apk add git',
    'RUN set -e; \\',
    '  true && apk add curl',
    'RUN pip install apkutils && echo apk',
    'COPY apk /apk',
  ].join('\n');
  expect(linesThatCall(text, 'apk')).toEqual([2, 3]);
});
