import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyOfRepository } from './copy-of-repository.ts';

const source = 'workflows/staging.ts';
let repository: Awaited<ReturnType<typeof copyOfRepository>>;
let original: string;

beforeAll(async () => {
  repository = await copyOfRepository();
  original = await readFile(join(repository.path, source), 'utf8');
});

afterAll(async () => {
  await repository?.[Symbol.asyncDispose]();
});

/** What the build of the real pipeline prints with one change in it, and the line of the change. */
async function buildWith(from: string, to: string, ...options: string[]) {
  expect(original.split(from)).toHaveLength(2);
  const changed = original.replace(from, () => to);
  await writeFile(join(repository.path, source), changed);
  const { exitCode, all } = await execa(
    process.execPath,
    ['scripts/build-workflows.ts', ...options],
    { cwd: repository.path, all: true, reject: false },
  );
  const before = original.slice(0, original.indexOf(from)).split('\n').length;
  return { exitCode, printed: all, line: before };
}

it.each([
  [
    'a type that does not fit',
    "run: 'npm run typecheck' }",
    "run: 'npm run typecheck', shel: 'bash' }",
    /^workflows\/staging\.ts\(LINE,\d+\): error .*a step has no key shel/m,
  ],
  [
    'a script that ShellCheck does not like',
    "run: 'npm run typecheck'",
    "run: 'for file in $(ls); do npm run typecheck; done'",
    /^workflows\/staging\.ts:LINE:\d+: .*\(shellcheck: SC2045\)/m,
  ],
])('finds %s, with its line', async (_, from, to, expected) => {
  const { exitCode, printed, line } = await buildWith(from, to);
  expect(printed).toMatch(new RegExp(expected.source.replace('LINE', String(line)), 'm'));
  expect(exitCode).toBe(1);
});

it.each([
  [
    'an action that the lock does not have',
    "uses: 'docker/setup-buildx-action'",
    "uses: 'docker/setup-qemu-action' as 'docker/setup-buildx-action'",
    /docker\/setup-qemu-action is not in the lock/,
  ],
  [
    'conditions joined by an operator of JavaScript, which drops one',
    "equals(byHand.inputs.release, '')",
    "equals(byHand.inputs.release, '') && equals(byHand.inputs.reason, '')",
    /^workflows\/staging\.ts:LINE:\d+: inputs\.release == '' is used nowhere/m,
  ],
  [
    'a choice that is never taken',
    "when(redeploying, '0', '1')",
    "when(redeploying, '', '1')",
    /^workflows\/staging\.ts:LINE:\d+: when\(\): "" is never taken/m,
  ],
  [
    'a workflow that has the name of another file',
    "workflow('staging', {",
    "workflow('production', {",
    /the workflow production is defined in workflows\/staging\.ts/,
  ],
])('finds %s, without compiler and linters', async (_, from, to, expected) => {
  const compiled = join(repository.path, '.github/workflows/staging.yml');
  const yaml = await readFile(compiled, 'utf8');
  const { exitCode, printed, line } = await buildWith(from, to, '--no-lint');
  expect(printed).toMatch(new RegExp(expected.source.replace('LINE', String(line)), 'm'));
  expect(exitCode).toBe(1);
  expect(await readFile(compiled, 'utf8')).toBe(yaml);
});
