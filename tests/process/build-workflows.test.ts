import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyOfRepository } from './copy-of-repository.ts';

const pipeline = 'workflows/staging.ts';
const settings = 'workflows/settings.ts';
let repository: Awaited<ReturnType<typeof copyOfRepository>>;

beforeAll(async () => {
  repository = await copyOfRepository();
});

afterAll(async () => {
  await repository?.[Symbol.asyncDispose]();
});

interface Change {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** What begins on the line that has to be named; `from` where it is not given. */
  readonly at?: string;
}

/** What the build of the real pipeline prints with one change in it, and the line that it has to name. */
async function buildWith({ file, from, to, at = from }: Change, ...options: string[]) {
  const path = join(repository.path, file);
  const original = await readFile(path, 'utf8');
  for (const text of [from, at]) expect(original.split(text)).toHaveLength(2);
  await writeFile(
    path,
    original.replace(from, () => to),
  );
  const { exitCode, all } = await execa(
    process.execPath,
    ['--conditions=source', 'scripts/cli.ts', 'build', '--only', 'workflows', ...options],
    { cwd: repository.path, all: true, reject: false },
  );
  await writeFile(path, original);
  const line = original.slice(0, original.indexOf(at)).split('\n').length;
  return { exitCode, printed: all, line };
}

it.each([
  [
    'a type that does not fit',
    {
      file: settings,
      from: "run: 'npm run typecheck' }",
      to: "run: 'npm run typecheck', shel: 'bash' }",
    },
    /^workflows\/settings\.ts:LINE:\d+: .*a step has no key shel/m,
  ],
  [
    'a type that does not fit in what a stage gets',
    { file: pipeline, from: 'tag: imageTag }', to: 'tag: 5 }' },
    /^workflows\/staging\.ts:LINE:\d+: .*'number' is not assignable/m,
  ],
  [
    'a script that ShellCheck does not like',
    {
      file: settings,
      from: "run: 'npm run typecheck'",
      to: "run: 'for file in $(ls); do npm run typecheck; done'",
    },
    /^workflows\/settings\.ts:LINE:\d+: .*\(shellcheck: SC2045\)/m,
  ],
  [
    'what a linter finds in the job of a stage',
    {
      file: pipeline,
      from: '{ needs: [build] });',
      to: "{ needs: [build] }).configure({ 'runs-on': 'ubuntu-20.04' as 'ubuntu-24.04' });",
    },
    /^workflows\/staging\.ts:LINE:\d+: .*ubuntu-20\.04.*\(actionlint: /m,
  ],
] satisfies (readonly [string, Change, RegExp])[])(
  'finds %s, with its line',
  async (_, change, expected) => {
    const { exitCode, printed, line } = await buildWith(change);
    expect(printed).toMatch(new RegExp(expected.source.replace('LINE', String(line)), 'm'));
    expect(exitCode).toBe(1);
  },
);

it.each([
  [
    'an action that the lock does not have',
    {
      file: settings,
      from: "step({ name: 'Types', run: 'npm run typecheck' })",
      to: "step({ name: 'Types', uses: 'docker/setup-qemu-action' as 'docker/setup-buildx-action' })",
    },
    /^workflows\/settings\.ts:LINE:\d+: docker\/setup-qemu-action is not in the lock/m,
  ],
  [
    'conditions joined by an operator of JavaScript, which drops one',
    {
      file: pipeline,
      from: 'if: and(run.deploying, run.building)',
      to: 'if: run.deploying && run.building',
    },
    /^workflows\/staging\.ts:LINE:\d+: JavaScript's && does not know what an expression will be/m,
  ],
  [
    'a choice that is never taken',
    {
      file: pipeline,
      from: "export default workflow('staging', {",
      to: "import { when } from 'staging-pipeline'; when(run.redeploying, '', '1');\nexport default workflow('staging', {",
    },
    /^workflows\/staging\.ts:LINE:\d+: when\(\): "" is never taken/m,
  ],
  [
    'a workflow that has the name of another file',
    { file: pipeline, from: "workflow('staging', {", to: "workflow('production', {" },
    /the workflow production is defined in workflows\/staging\.ts/,
  ],
  [
    'a job that a stage uses and that is not among its needs, at the call of the stage',
    {
      file: pipeline,
      from: '{ needs: [build] });',
      to: '{ needs: [settings] });',
    },
    /^workflows\/staging\.ts:LINE:\d+: .*needs\.build/m,
  ],
  [
    'a permission that the steps of a stage need, where it was taken away',
    {
      file: pipeline,
      from: 'const rollback = rollBack({ project, messages, settings, deploy, confirmed });',
      to: 'const rollback = rollBack({ project, messages, settings, deploy, confirmed }).configure({ permissions: {} });',
    },
    /^workflows\/staging\.ts:LINE:91: .*needs the permission contents: read/m,
  ],
  [
    'a step that a stage does not have',
    {
      file: pipeline,
      from: "testNode('test-frontend', frontend, fromSource());",
      to: "testNode('test-frontend', frontend, fromSource()).without('Lint');",
    },
    /^workflows\/staging\.ts:LINE:\d+: the job test-frontend has no step "Lint"; it has: Check out, /m,
  ],
] satisfies (readonly [string, Change, RegExp])[])(
  'finds %s, without compiler and linters',
  async (_, change, expected) => {
    const compiled = join(repository.path, '.github/workflows/staging.yml');
    const yaml = await readFile(compiled, 'utf8');
    const { exitCode, printed, line } = await buildWith(change, '--no-lint');
    expect(printed).toMatch(new RegExp(expected.source.replace('LINE', String(line)), 'm'));
    expect(exitCode).toBe(1);
    expect(await readFile(compiled, 'utf8')).toBe(yaml);
  },
);
