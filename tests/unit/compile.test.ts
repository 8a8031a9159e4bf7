import { expect, it } from 'vitest';
import { compile } from '../../src/typed/compile.ts';
import {
  always,
  and,
  cancelled,
  dispatch,
  environment,
  equals,
  firstOf,
  fromJson,
  github,
  isOneOf,
  job,
  matrix,
  not,
  or,
  repository,
  step,
  text,
  when,
  workflow,
} from '../../src/typed/index.ts';

const source = { source: 'workflows/example.ts', command: 'npm run build:workflows' };
const repo = repository({ variables: { REGISTRY: 'The registry' } });
const staging = environment('staging', { secrets: { KEY: 'The key' }, variables: { URL: 'Its' } });
const byHand = dispatch({ dry: { description: 'Only tell', type: 'boolean' } });
const basics = { 'runs-on': 'ubuntu-24.04', 'timeout-minutes': 5 } as const;

const tag = step({
  id: 'tag',
  name: 'Tag',
  env: { IMAGE: text`${repo.vars.REGISTRY}/api:${github.sha}` },
  run: `
    if true; then
      echo "tag=$IMAGE" >> "$GITHUB_OUTPUT"
    fi
  `,
  writes: ['tag'],
});
const checkout = step({
  name: 'Check out',
  uses: 'actions/checkout',
  with: { 'persist-credentials': false },
});
const build = job('build', { ...basics, name: 'Build', permissions: { contents: 'read' } })
  .step(checkout)
  .step(tag)
  .withOutputs({ tag: tag.outputs.tag });

it('writes YAML as a person would: order, flow lists, block scripts, versions, reasons, no anchors', () => {
  const versions = matrix({ node: ['22', '24'] });
  const deploy = job('deploy', {
    permissions: {},
    name: 'Deploy',
    environment: { name: staging, url: staging.vars.URL },
    needs: [build],
    strategy: { matrix: versions, 'fail-fast': false },
    if: and(
      not(cancelled()),
      or(equals(byHand.inputs.dry, false), equals(build.result, 'success')),
    ),
    ...basics,
  })
    .step({ run: 'true', name: 'First' })
    .step({
      if: always(),
      name: 'Second',
      uses: 'aquasecurity/trivy-action',
      with: { severity: ['HIGH', 'CRITICAL'], 'image-ref': build.outputs.tag },
      env: { KEY: staging.secrets.KEY, NODE: versions.values.node },
    });
  const { yaml } = compile(
    workflow('example', {
      permissions: {},
      name: 'Example',
      'run-name': firstOf(github.event.head_commit.message, 'By hand'),
      on: { push: { branches: ['develop'] }, workflow_dispatch: byHand },
      jobs: [build, deploy],
    }),
    source,
  );
  expect(yaml.replaceAll(/@[0-9a-f]{40} # v[\d.]+/g, '@SHA # VERSION')).toBe(
    `# Compiled from workflows/example.ts by \`npm run build:workflows\`: edit that file, not this one.

name: Example

run-name: \${{ github.event.head_commit.message || 'By hand' }}

on:
  push:
    branches: [develop]
  workflow_dispatch:
    inputs:
      dry:
        description: Only tell
        type: boolean

permissions: {}

jobs:
  build:
    name: Build
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read # for actions/checkout
    outputs:
      tag: \${{ steps.tag.outputs.tag }}
    steps:
      - name: Check out
        uses: actions/checkout@SHA # VERSION
        with:
          persist-credentials: false
      - id: tag
        name: Tag
        env:
          IMAGE: \${{ vars.REGISTRY }}/api:\${{ github.sha }}
        run: |
          if true; then
            echo "tag=$IMAGE" >> "$GITHUB_OUTPUT"
          fi

  deploy:
    name: Deploy
    needs: [build]
    if: \${{ !cancelled() && (inputs.dry == false || needs.build.result == 'success') }}
    strategy:
      matrix:
        node:
          - "22"
          - "24"
      fail-fast: false
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    environment:
      name: staging
      url: \${{ vars.URL }}
    permissions: {}
    steps:
      - name: First
        run: "true"
      - name: Second
        if: always()
        uses: aquasecurity/trivy-action@SHA # VERSION
        with:
          severity: HIGH,CRITICAL
          image-ref: \${{ needs.build.outputs.tag }}
        env:
          KEY: \${{ secrets.KEY }}
          NODE: \${{ matrix.node }}
`,
  );
});

it('shares steps and jobs between workflows without mixing them', () => {
  const [first, second] = ['one', 'two'].map((id) =>
    compile(workflow(id, { name: id, on: { push: {} }, permissions: {}, jobs: [build] }), source),
  );
  expect(first?.yaml.replace('name: one', 'name: two')).toBe(second?.yaml);
});

it('knows where each part was written', () => {
  const { origins } = compile(
    workflow('one', { name: 'One', on: { push: {} }, permissions: {}, jobs: [build] }),
    source,
  );
  const lines = [...origins].map(([path, at]) => [path, at.length] as const);
  expect(lines).toEqual([
    ['', 1],
    ['jobs.build', 1],
    ['jobs.build.outputs', 1],
    ['jobs.build.steps.0', 2],
    ['jobs.build.steps.1', 2],
  ]);
});

it.each([
  ['or in and', () => and(always(), or(always(), always())), 'always() && (always() || always())'],
  ['not of both', () => not(and(always(), always())), '${{ !(always() && always()) }}'],
  ['and in or', () => or(and(always(), always()), always()), 'always() && always() || always()'],
  [
    'several values',
    () => and(always(), isOneOf(github.event_name, 'push', 'schedule')),
    "always() && (github.event_name == 'push' || github.event_name == 'schedule')",
  ],
  ['a quote', () => equals(github.actor, "o'hara"), "github.actor == 'o''hara'"],
  [
    'a choice in a comparison',
    () => equals(when(always(), 'yes', 'no'), 'yes'),
    "(always() && 'yes' || 'no') == 'yes'",
  ],
])('keeps what a condition means: %s', (_, condition, expected) => {
  const tested = job('tested', {
    ...basics,
    name: 'Tested',
    permissions: {},
    if: condition(),
  }).step({
    name: 'A step',
    run: 'true',
  });
  const { plain } = compile(
    workflow('one', { name: 'One', on: { push: {} }, permissions: {}, jobs: [tested] }),
    source,
  );
  expect(plain.jobs.tested?.if).toBe(expected);
});

it('refuses a value in a plain string, and a choice that is never taken', () => {
  expect(() => `${github.sha as unknown as string}`).toThrow(
    'the expression github.sha is used in a plain string: write text`…` instead',
  );
  expect(() => when(always(), '', 'no')).toThrow('is never taken');
});

it('writes what a matrix has besides every combination, and a list of another job', () => {
  const found = step({
    id: 'find',
    name: 'Find',
    run: 'echo "list=[]" >> "$GITHUB_OUTPUT"',
    writes: ['list'],
  });
  const list = job('list', { ...basics, name: 'List', permissions: {} })
    .step(found)
    .withOutputs({ list: found.outputs.list });
  const versions = matrix(
    { node: ['22', '24'], target: fromJson(list.outputs.list) },
    { include: [{ node: '26', beta: true }], exclude: [{ node: '22', target: 'old' }] },
  );
  const test = job('test', {
    ...basics,
    name: 'Test',
    needs: [list],
    permissions: {},
    strategy: { matrix: versions },
  }).step({ name: 'One', env: { BETA: versions.values.beta }, run: 'echo "$BETA"' });
  const { plain } = compile(
    workflow('example', { name: 'E', on: { push: {} }, permissions: {}, jobs: [list, test] }),
    { source: 'example.ts', command: 'build' },
  );
  expect(plain.jobs.test).toMatchObject({
    strategy: {
      matrix: {
        node: ['22', '24'],
        target: '${{ fromJSON(needs.list.outputs.list) }}',
        include: [{ node: '26', beta: true }],
        exclude: [{ node: '22', target: 'old' }],
      },
    },
    steps: [{ env: { BETA: '${{ matrix.beta }}' } }],
  });
});
