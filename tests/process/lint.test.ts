import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { workflowFindings } from '../../scripts/build/workflow-findings.ts';
import type { Finding } from '../../scripts/lint/finding.ts';
import { lintWorkflows } from '../../scripts/lint/index.ts';
import { ensureActionlint, ensureZizmor } from '../../scripts/local/machine/tools.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { defineActions } from '../../src/typed/catalog.ts';
import { temporaryFolder } from '../unit/stand-ins-process.ts';
import { compileChanged } from '../unit/typed-definitions.ts';

const workflow = '.github/workflows/deploy.yml';
const declared = { secrets: ['DEPLOY_KEY'], vars: ['HOST'] };
const fixtures = fileURLToPath(new URL('../unit/fixtures/lint', import.meta.url));
// The commit of the fixtures, which need not be the one that the package has now.
defineActions({
  'actions/checkout': {
    uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1',
    inputs: { 'persist-credentials': { default: 'true' }, 'fetch-depth': { default: '1' } },
    outputs: ['commit', 'ref'],
    permissions: {},
  },
});

const ownAction = `
- tool: zizmor
  rule: self-repository
  workflow: deploy.yml
  at: jobs.deploy.steps.stage.uses
  reason: The action is checked out in this job.
`;

beforeAll(async () => {
  await Promise.all([ensureActionlint(), ensureZizmor()]);
}, 10 * 60_000);

/** Lints a workflow in a repository of its own. */
async function lint(yaml: string, waivers = ownAction): Promise<readonly Finding[]> {
  await using repository = await temporaryFolder();
  const files = {
    [workflow]: yaml,
    'pipeline/waivers.yml': waivers,
  };
  await cp(fixtures, repository.path, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(repository.path, path)), { recursive: true });
    await writeFile(join(repository.path, path), text);
  }
  return await lintWorkflows({
    files: [workflow],
    declared,
    root: repository.path,
    waivers: 'pipeline/waivers.yml',
  });
}

it('finds nothing in a workflow without mistakes', async () => {
  await using unchanged = await compileChanged('Stage', 'Stage');
  expect(await lint(unchanged.yaml)).toEqual([]);
});

describe('finds a mistake at its line of the YAML and of the definitions:', () => {
  const mistakes = [
    [
      'a variable without quotes, in the third line of a script',
      'echo "$HOME"',
      'echo $HOME',
      'shellcheck/SC2086',
      'echo $HOME',
      'echo $HOME',
    ],
    [
      'a variable without quotes, in a script of one line',
      'echo "$RELEASE"',
      'echo $RELEASE',
      'shellcheck/SC2086',
      'run: echo $RELEASE',
      "'echo $RELEASE',",
    ],
    [
      'what others write in the third line of a script',
      'echo "$HOME"',
      'echo "\\${{ github.event.head_commit.message }}"',
      'actionlint/expression',
      'echo "${{ github.event.head_commit.message }}"',
      'echo "\\${{ github.event.head_commit.message }}"',
    ],
    [
      'what others write in a script',
      'echo "$HOME"',
      'echo "\\${{ github.event.head_commit.message }}"',
      'zizmor/template-injection',
      'echo "${{ github.event.head_commit.message }}"',
      'echo "\\${{ github.event.head_commit.message }}"',
    ],
    [
      'a shell that does not exist',
      "shell: 'bash'",
      "shell: 'bsh'",
      'actionlint/shell-name',
      'shell: bsh',
      "shell: 'bsh',",
    ],
    [
      'a runner that does not exist',
      "'runs-on': 'ubuntu-24.04'",
      "'runs-on': 'ubuntu-2404'",
      'actionlint/runner-label',
      'runs-on: ubuntu-2404',
      "'runs-on': 'ubuntu-2404',",
    ],
    [
      'two steps with one id',
      "name: 'Say',",
      "id: 'stage',\n    name: 'Say',",
      'actionlint/id',
      '- id: stage',
      "id: 'stage',",
    ],
    [
      'credentials that stay',
      "'persist-credentials': false",
      "'persist-credentials': true",
      'zizmor/artipacked',
      '- name: Check out',
      'step({',
    ],
    [
      'a tag instead of a commit',
      'checkout@3d3c42e5aac5ba805825da76410c181273ba90b1',
      'checkout@v7',
      'zizmor/unpinned-uses',
      'uses: actions/checkout@v7',
      "uses: 'actions/checkout@v7',",
    ],
    [
      'an image without a digest',
      /postgres@sha256:\d+/,
      'postgres:17',
      'zizmor/unpinned-images',
      'image: postgres:17',
      "image: 'postgres:17',",
    ],
    [
      'more permissions than are needed',
      'permissions: {},',
      "permissions: { contents: 'write' },",
      'zizmor/excessive-permissions',
      'contents: write',
      "contents: 'write' },",
    ],
    [
      'a wrong input of an action that is pinned',
      "'fetch-depth'",
      "'fetch-dept'",
      'languageservice/unknown-input',
      'fetch-dept: 0',
      "'fetch-dept': 0 },",
    ],
    [
      'a step that zizmor cannot read',
      'run: `',
      'rum: `',
      'zizmor/unreadable',
      '- id: report',
      'step({',
    ],
  ] as const;

  it.each(mistakes)('%s', async (_, from, to, rule, inYaml, inDefinitions) => {
    await using changed = await compileChanged(from, to);
    const found = (await lint(changed.yaml)).map((finding) => ({
      rule: `${finding.tool}/${finding.rule}`,
      yaml: changed.yaml.split('\n')[finding.line - 1]?.trim(),
      definitions: changed.source(finding),
    }));
    expect(found).toContainEqual({ rule, yaml: inYaml, definitions: inDefinitions });
  });
});

it('counts the column in a line of a script', async () => {
  await using changed = await compileChanged('echo "$HOME"', 'echo $HOME');
  const found = (await lint(changed.yaml)).find(({ rule }) => rule === 'SC2086');
  const text = changed.yaml.split('\n')[Number(found?.line) - 1] ?? '';
  expect(text.slice(Number(found?.column) - 1)).toBe('$HOME');
});

it('finds a command of old in the line of the script that has it first', async () => {
  const found = await lint(
    [
      ...['name: Example', 'on: push', 'jobs:', '  one:', '    runs-on: ubuntu-24.04'],
      ...['    steps:', '      - run: |', '          true'],
      ...['          echo "::set-env name=A::1"', '          echo "::set-env name=A::2"', ''],
    ].join('\n'),
  );
  const places = found.filter(({ rule }) => rule === 'deprecated-commands');
  expect(places.map(({ line, column }) => [line, column])).toEqual([[9, 17]]);
});

describe('tells the place of what is no workflow, without losing the run:', () => {
  const head =
    'name: Example\non: push\npermissions: {}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n';
  it.each([
    ['an operator that is none', "    if: github.ref = 'x'\n", /:7:5: .*is no expression/],
    ['double quotes', '    if: github.ref == "x"\n', /:7:5: .*is no expression/],
    ['a key twice', '    name: A\n    name: B\n', /:8:5: no valid YAML: Map keys must be unique/],
    ['a tab', '    steps:\n\t- run: a\n', /no valid YAML/],
    ['an alias of nothing', '    steps: *none\n', /:7:12: no valid YAML: nothing before has/],
    [
      'a flag that is text',
      "    strategy: { fail-fast: 'no' }\n",
      /zizmor cannot read the workflow/,
    ],
  ])('%s', async (_, end, expected) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'example.yml');
    await writeFile(file, `${head}${end}`);
    const found = await workflowFindings(
      { root: folder.path, waivers: undefined, images: [] },
      ['example.yml'],
      [],
    );
    expect(found).toContainEqual(expect.stringMatching(expected));
    for (const line of found) expect(line).toMatch(/^[^\n]*example\.yml:\d+:[1-9]\d*: [^\n]*$/);
  });
});

it('says where a file is no YAML', async () => {
  const found = await lint('name: Deploy\non: push\njobs:\n  a: [\n');
  const rules = found.map(({ tool, rule }) => `${tool}/${rule}`);
  expect(rules).toEqual(expect.arrayContaining(['actionlint/syntax-check', 'zizmor/unreadable']));
});

it('names at once what the machine lacks', async () => {
  await using folder = await temporaryFolder();
  const module = JSON.stringify(join(packageRoot, 'scripts/lint/index.ts'));
  const script = `const { lintWorkflows } = await import(${module});
    await lintWorkflows({ files: [], declared: { secrets: [], vars: [] }, root: ${JSON.stringify(folder.path)} });`;
  const env = { PATH: folder.path, XDG_CACHE_HOME: folder.path };
  const { stderr, exitCode } = await execa(
    process.execPath,
    ['--input-type=module', '-e', script],
    {
      env,
      reject: false,
    },
  );
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(
    /UserError: Go 1\.\d+ or newer is needed to build actionlint; this machine has none/,
  );
  expect(stderr).toContain('Python 3 with pip is needed to install zizmor');
  expect(stderr).toContain('sudo apt-get install shellcheck');
});

describe('a waiver', () => {
  it('covers the finding of its rule at its place only', async () => {
    await using unchanged = await compileChanged('Stage', 'Stage');
    const elsewhere = ownAction.replace('deploy.steps', 'test.steps');
    expect((await lint(unchanged.yaml, elsewhere)).map(({ rule }) => rule)).toEqual([
      'self-repository',
      'unused',
    ]);
    const anywhere = ownAction.replace('jobs.deploy.steps.stage', 'jobs.*.steps.*');
    expect(await lint(unchanged.yaml, anywhere)).toEqual([]);
  });

  it('that covers nothing is found at its line', async () => {
    await using unchanged = await compileChanged('Stage', 'Stage');
    const other = ownAction.replace('self-repository', 'artipacked');
    expect(await lint(unchanged.yaml, ownAction + other)).toEqual([
      {
        tool: 'waivers',
        rule: 'unused',
        message: expect.stringContaining('zizmor does not find artipacked in deploy.yml'),
        file: 'pipeline/waivers.yml',
        line: 8,
        column: 1,
      },
    ]);
  });

  it('without a reason is refused', async () => {
    const silent = ownAction.replace(/\n {2}reason.*/, '');
    await expect(lint('name: Deploy\n', silent)).rejects.toThrow(/waivers\.yml[\s\S]*reason/);
  });
});
