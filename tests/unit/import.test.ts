import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Imported, importWorkflow } from '../../scripts/import/workflow.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { readPlain } from '../../src/typed/check/read.ts';
import { check } from '../../src/typed/check.ts';
import { meaning } from './import-meaning.ts';
import { compileImported, typeErrorsOf } from './imported-definitions.ts';
import { temporaryFolder } from './stand-ins-process.ts';

const written = join(packageRoot, 'tests/unit/fixtures/import');
const own = join(packageRoot, '.github/workflows');
const files = [written, own].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') })),
);
const imported = new Map(files.map(({ name, text }) => [name, importWorkflow(name, text)]));

/** The definition of a fixture. */
function definitionOf(name: string): Imported {
  const found = imported.get(name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

describe('compiled again', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let compiled: ReadonlyMap<string, string>;
  beforeAll(async () => {
    folder = await temporaryFolder();
    compiled = await compileImported(folder.path, [...imported.values()]);
  });
  afterAll(async () => await folder[Symbol.asyncDispose]());

  it.each(files)('$name means the same', ({ name, text }) => {
    const { id, notTyped } = definitionOf(name);
    expect(meaning(compiled.get(id) ?? '', text)).toEqual(meaning(text));
    const lost = notTyped.filter((each) => each.lost).map(({ original }) => original);
    expect(lost).toEqual(
      name === 'local-actions.yml' ? ['./.github/actions/setup', 'docker://alpine:3.20'] : [],
    );
  });

  it('has no error of a type', async () => {
    expect(await typeErrorsOf(folder.path, [...imported.values()])).toEqual([]);
  });
});

describe('is written as a maintainer would', () => {
  const workflow = (steps: string, job = '') =>
    `on: push\npermissions: {}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n${job}    steps:\n${steps}`;

  it('with constants for what others refer to', () => {
    const { source } = definitionOf('docker-oidc.yml');
    expect(source).toContain('const meta = step({');
    expect(source).toContain('tags: meta.outputs.tags,');
    expect(source).toContain('.withOutputs({ digest: push.outputs.digest,');
    expect(source).toContain('needs: [build],');
    expect(source).toContain("const production = environment('production', {});");
    expect(source).toContain("secrets: { DEPLOY_TOKEN: 'A secret of docker-oidc' }");
  });

  it.each([
    [
      "github.event_name == 'push' || github.event_name == 'schedule'",
      "isOneOf(github.event_name, 'push', 'schedule')",
    ],
    [
      "!cancelled() && github.actor != 'bot'",
      "and(not(cancelled()), differs(github.actor, 'bot'))",
    ],
    [
      "always() && (failure() || 'main' == github.actor)",
      "and(always(), or(failure(), equals(github.actor, 'main')))",
    ],
    ["contains(github.actor, '[bot]')", "contains(github.actor, '[bot]')"],
  ])('the condition %s', (condition, expected) => {
    const { source, notTyped } = importWorkflow(
      'a.yml',
      workflow(`      - run: 'true'\n        if: ${JSON.stringify(condition)}\n`),
    );
    expect(notTyped).toEqual([]);
    expect(source).toContain(`if: ${expected}`);
  });

  it.each([
    ["github.actor == 'a' && 'x' || 'y'", "when(equals(github.actor, 'a'), 'x', 'y')"],
    ["github.actor == 'a' && github.sha || ''", "onlyIf(equals(github.actor, 'a'), github.sha)"],
    [
      "github.head_ref || github.run_id || 'none'",
      "firstOf(github.head_ref, github.run_id, 'none')",
    ],
    ["format('{0}-{{1}}', github.sha)", 'text`${github.sha}-{1}`'],
    ['toJSON(github.event)', 'toJson(github.event)'],
    ['secrets.GITHUB_TOKEN', 'github.token'],
  ])('the value %s', (value, expected) => {
    const { source, notTyped } = importWorkflow(
      'a.yml',
      workflow(
        `      - run: echo "$A"\n        env:\n          A: ${JSON.stringify(`\${{ ${value} }}`)}\n`,
      ),
    );
    expect(notTyped).toEqual([]);
    expect(source).toContain(`A: ${expected}`);
  });

  it.each([
    // Where the first value is empty, GitHub takes the other: when() would not.
    ["github.actor == 'a' && github.sha || 'y'", 'where the first value is empty'],
    ["github.event_name == 'no-such-event'", 'never has this value'],
    ['github.run_number > 5', 'the layer has no >'],
    ['matrix.none', 'the layer has values of a matrix that are declared'],
    ["contains(github.event.pull_request.labels.*.name, 'x')", 'a list of parts'],
  ])('with %s as it was, and why', (value, reason) => {
    const { source, notTyped } = importWorkflow(
      'a.yml',
      workflow(
        `      - run: echo "$A"\n        env:\n          A: ${JSON.stringify(`\${{ ${value} }}`)}\n`,
      ),
    );
    expect(notTyped).toMatchObject([{ line: 9, original: value }]);
    expect(source).toContain(`// Not typed (line 9): ${value}: ${notTyped[0]?.reason}`);
    expect(notTyped[0]?.reason).toContain(reason);
  });

  it.each([
    ['echo "${{ github.sha }}"', 'echo "${SHA}"'],
    ["echo 'at ${{ github.sha }}'", "echo 'at '\"${SHA}\"''"],
    ['git switch ${{ github.head_ref }}', 'git switch "${HEAD_REF}"'],
    ['make ${{ vars.FLAGS }}', 'make ${FLAGS}'],
    ['X=$(cat "${{ github.run_id }}") # ${{ github.run_id }}', 'X=$(cat "${RUN_ID}") # ${RUN_ID}'],
  ])('the script %s reads variables', (script, expected) => {
    const { source, notTyped } = importWorkflow(
      'a.yml',
      workflow(`      - run: ${JSON.stringify(script)}\n`),
    );
    expect(notTyped).toEqual([]);
    const [, run = ''] = /run: (['"].*['"]) \}\)|run: (.*),\n/.exec(source)?.filter(Boolean) ?? [];
    expect(JSON.parse(asJson(run))).toBe(expected);
  });

  it.each([['${{ vars.COMMAND }} --now'], ["cat <<'EOF'\n${{ github.sha }}\nEOF"]])(
    'the script %j keeps an expression that no variable stands for',
    (script) => {
      const { source, notTyped } = importWorkflow(
        'a.yml',
        workflow(`      - run: ${JSON.stringify(script)}\n`),
      );
      expect(notTyped).toHaveLength(1);
      expect(source).toContain('as never');
      expect(source).not.toContain('env:');
    },
  );

  it('with every comment', () => {
    for (const { name, text } of files.filter(({ name }) => name.includes('-'))) {
      const comments = [...text.matchAll(/^\s*# (.*)$/gm)].map(([, comment = '']) => comment);
      for (const comment of comments.filter((each) => !each.startsWith('Compiled from')))
        expect(definitionOf(name).source, `${name}: ${comment}`).toContain(comment);
    }
  });

  it('has nothing of a workflow that names no permissions, and says so to the build', async () => {
    await using folder = await temporaryFolder();
    const one = importWorkflow(
      'a.yml',
      'on: push\njobs: { a: { runs-on: ubuntu-24.04, steps: [] } }',
    );
    const compiled = await compileImported(folder.path, [one]);
    const yaml = compiled.get('a') ?? '';
    expect(yaml).not.toContain('permissions');
    // What is compiled lacks the key, where YAML by hand is read with none of them.
    const workflow = { ...readPlain(yaml), permissions: undefined as never };
    const told = check({ workflow, settings: [] }).map(({ message }) => message);
    expect(told).toContain('the job a does not say what its token may do: add permissions');
  });

  it('with the command that adds an action', () => {
    const { source, missingActions } = definitionOf('release.yml');
    expect(source).toContain(
      '// Not in the lock: npx staging-pipeline actions add softprops/action-gh-release@v2',
    );
    expect(missingActions).toMatchObject([{ key: 'softprops/action-gh-release', ref: 'v2' }]);
  });
});

/** A literal of TypeScript in double quotes. */
function asJson(literal: string): string {
  if (literal.startsWith('"')) return literal;
  return `"${literal.slice(1, -1).replaceAll('"', '\\"').replaceAll("\\'", "'")}"`;
}

describe('YAML that is odd', () => {
  it.each([
    [
      'an anchor',
      'on: push\njobs:\n  a: &a\n    runs-on: ubuntu-latest\n    steps: [{ run: x }]\n  b: *a\n',
    ],
    [
      'names of JavaScript',
      'on: push\njobs:\n  class: { runs-on: ubuntu-latest, steps: [{ id: constructor, run: x }] }\n  github: { runs-on: ubuntu-latest, needs: class, steps: [{ uses: a/b@v1, with: { constructor: 1 } }] }\n',
    ],
    [
      'nothing where a value is',
      'on:\n  push:\n  constructor:\nenv:\njobs:\n  a:\n    runs-on: x\n    env:\n    services:\n    steps:\n      - run:\n        env:\n        with:\n      - uses: a/b@v1\n        with:\n',
    ],
    ['no steps', 'on: push\njobs: { a: { runs-on: [x, y] } }\n'],
    [
      'what no schema has',
      'on: { push: [a], schedule: x, create: { y: 1 }, workflow_call: }\nfoo: [1, { a: ~ }]\njobs:\n  a: { runs-on: { group: g, x: 1 }, bar: 1, strategy: 5, environment: { name: x, deployment: false }, container: "", if: true, steps: [{ run: 5, if: "a ${{ b }} c", name: 3, timeout-minutes: "${{ 1 }}", continue-on-error: x, shell: 1, baz: { "a b": 1 } }] }\n',
    ],
    [
      'an expression that nobody can read',
      "on: push\njobs: { a: { runs-on: x, if: '${{ a b }}', steps: [{ run: 'echo ${{ }} ${{ x', if: '' }] } }\n",
    ],
    [
      'backticks and dollars',
      'on: push\njobs: { a: { runs-on: x, steps: [{ run: "echo `date` ${X:-\\\\} $Y \\u2028\\n`${Z}`\\\\n", env: { A: "`${${{ github.sha }}$" } }] } }\n',
    ],
    [
      'windows line ends',
      'on: push\r\njobs:\r\n  a:\r\n    runs-on: x\r\n    steps:\r\n      - run: |\r\n          a\r\n          b\r\n',
    ],
    ['a byte order mark', '\uFEFFon: push\njobs: { a: { runs-on: x, steps: [] } }\n'],
  ])('%s is imported', async (_, text) => {
    await using folder = await temporaryFolder();
    const { id, source, ...rest } = importWorkflow('odd.yml', text);
    const compiled = await compileImported(folder.path, [{ id, source, ...rest }]);
    expect(compiled.get('odd')).toContain('jobs:');
  });

  it.each([
    ['', 'odd.yml:1: a workflow is a map with on and jobs'],
    ['- a', 'odd.yml:1: a workflow is a map'],
    ['on: push', 'odd.yml:1: the workflow has no jobs'],
    ['jobs: { a: { runs-on: x } }', 'odd.yml:1: the workflow has no on'],
    ['on: push\njobs:\n  a:\n  b: 1\n', 'odd.yml:3: the job a has to be a map'],
    ['on: push\njobs:\n  a: { steps: [] }\n', 'odd.yml:3: the job a has no runs-on'],
    [
      'on: push\njobs:\n  a:\n    runs-on: x\n    needs: [b]\n',
      'odd.yml:4: the job a needs a job b, which does not exist',
    ],
    [
      'on: push\njobs:\n  a: { runs-on: x, needs: b }\n  b: { runs-on: x, needs: a }\n',
      'odd.yml:3: the job a waits for itself',
    ],
    [
      'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - name: nothing\n',
      'odd.yml:6: a step has run or uses',
    ],
    ['on: push\n\tjobs: x', 'odd.yml:2: no YAML that GitHub takes'],
    [
      'on: push\non: pull_request\njobs: {}',
      'odd.yml:2: no YAML that GitHub takes: Map keys must be unique',
    ],
    ['on: *nothing\njobs: {}', 'odd.yml:1: nothing before has &nothing'],
    [
      `a: &a [x, x]\n${Array.from({ length: 24 }, (_, index) => `b${index}: &b${index} [*${index ? `b${index - 1}` : 'a'}, *${index ? `b${index - 1}` : 'a'}]`).join('\n')}\non: push\njobs: { a: { runs-on: x, steps: [] } }`,
      'aliases make too much of it',
    ],
    [
      'a: &a [*a, *a]\non: push\njobs: { a: { runs-on: x, steps: [], x: *a } }',
      'odd.yml:1: &a holds itself',
    ],
  ])('%j is refused with its line', (text, message) => {
    expect(() => importWorkflow('odd.yml', text)).toThrow(message);
  });
});

describe('the command', () => {
  const cli = (cwd: string, ...words: readonly string[]) =>
    execa(
      process.execPath,
      ['--conditions=source', join(packageRoot, 'scripts/cli.ts'), 'import', ...words],
      {
        ...{ cwd, reject: false },
      },
    );

  it('writes a folder of definitions, says what has no type, and overwrites none', async () => {
    await using folder = await temporaryFolder();
    const { path } = folder;
    await mkdir(join(path, 'yaml'));
    for (const name of ['node-ci.yml', 'release.yml'])
      await copyFile(join(written, name), join(path, 'yaml', name));
    await copyFile(join(own, 'nightly.yml'), join(path, 'yaml/nightly.yml'));
    await writeFile(join(path, 'yaml/wrong.yaml'), 'on: push\njobs:\n  a: {}\n');

    const first = await cli(path, 'yaml', '-o', 'typed');
    expect(first.exitCode).toBe(1);
    expect(first.stdout).toContain('wrote typed/node-ci.ts from yaml/node-ci.yml');
    expect(first.stdout).toContain(
      'yaml/nightly.yml: left out, since it is compiled from a definition',
    );
    expect(first.stdout).toContain('yaml/wrong.yaml:3: the job a has no runs-on');
    expect(first.stdout).toContain('yaml/release.yml:9: not typed: write-all: ');
    expect(first.stdout).toContain('actions/checkout was v4, and is v');
    expect(first.stdout).toContain(
      'npx staging-pipeline actions add softprops/action-gh-release@v2',
    );
    expect(first.stdout).toContain('2 of 4 workflows imported, 1 typed as a whole; ');
    expect(await readdir(join(path, 'typed'))).toEqual(['node-ci.ts', 'release.ts']);

    await writeFile(join(path, 'typed/node-ci.ts'), 'mine');
    const second = await cli(path, 'yaml/node-ci.yml', '--output', 'typed');
    expect(second.exitCode).toBe(1);
    expect(second.stderr).toContain('typed/node-ci.ts exists already: --force writes anew');
    expect(await readFile(join(path, 'typed/node-ci.ts'), 'utf8')).toBe('mine');

    const forced = await cli(path, 'yaml/node-ci.yml', '--output', 'typed', '--force');
    expect(forced.exitCode).toBe(0);
    expect(await readFile(join(path, 'typed/node-ci.ts'), 'utf8')).toContain("job('test', {");
  });

  it('prints in a dry run, without a repository', async () => {
    await using folder = await temporaryFolder();
    const { exitCode, stdout, stderr } = await cli(
      folder.path,
      join(written, 'pages.yml'),
      '--dry-run',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain("export default workflow('pages', {");
    expect(stdout).not.toContain('not typed:');
    expect(stderr).toContain('pages.yml:25: not typed: steps.pages.outputs.base_url: ');
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('wants a place outside of a repository, and files that exist', async () => {
    await using folder = await temporaryFolder();
    const nowhere = await cli(folder.path, join(written, 'pages.yml'));
    expect(nowhere.stderr).toContain('Or name a folder: --output workflows');
    const missing = await cli(folder.path, 'none.yml');
    expect(missing.stderr).toContain('Error: none.yml does not exist');
    expect(missing.stderr).not.toContain(' at ');
  });
});
