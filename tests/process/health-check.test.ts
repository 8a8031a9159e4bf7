import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startExecutorBase } from './executor-functions.ts';

/** As Docker's template function `urlquery` writes a text. */
const urlQuery = (text: string) =>
  new URLSearchParams([['', text]]).toString().slice(1).replaceAll('*', '%2A');

it.each([
  ['a command', ['CMD', 'curl', '-f', 'http://127.0.0.1/']],
  ['one of several lines', ['CMD', 'python3', '-c', 'import sys\nsys.exit(3)\n']],
  ['empty words', ['CMD', 'test', '', '=', '']],
  [
    'what a shell would take for its own',
    ['CMD', 'echo', `it's "x" $HOME \`id\` \\n 100% a+b * é`],
  ],
])('a container is asked with the words of its health check: %s', async (_, [, ...words]) => {
  await using host = await startExecutorBase();
  const asked = join(host.base, 'asked');
  const lines = ['CMD', ...words].map((word) => `word ${urlQuery(word)}`).join('\n');
  await host.write({ 'health-check': `${lines}\n\n` });
  await host.replace(
    'docker',
    `case $1 in
      inspect) cat '${host.base}/health-check' ;;
      exec) shift 2; for word in "$@"; do printf '%s\\0' "$word"; done >'${asked}' ;;
    esac`,
  );
  const { exitCode } = await host.run('probe shop-api-1 "$(probe_of shop-api-1)"');
  expect(exitCode).toBe(0);
  expect((await readFile(asked, 'utf8')).split('\0').slice(0, -1)).toEqual(words);
});

it('a script of a health check is one word, and none is no health', async () => {
  await using host = await startExecutorBase();
  await host.replace(
    'docker',
    `case $1 in
      inspect) echo "word CMD-SHELL"; echo "word ${urlQuery('curl -f localhost || exit 1')}" ;;
      exec) shift 2; [ $# -eq 3 ] && [ "$1 $2" = "sh -c" ] && [ "$3" = "curl -f localhost || exit 1" ] ;;
    esac`,
  );
  expect((await host.run('probe api "$(probe_of api)"')).exitCode).toBe(0);
  await host.replace('docker', 'echo');
  expect((await host.run('probe api "$(probe_of api)"')).exitCode).not.toBe(0);
});
