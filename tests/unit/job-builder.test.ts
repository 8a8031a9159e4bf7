import { expect, it } from 'vitest';
import { compile } from '../../src/typed/compile.ts';
import { always, equals, github, job, step, text, workflow } from '../../src/typed/index.ts';
import type { Job } from '../../src/typed/job.ts';

const made = () =>
  job('test', {
    name: 'Test',
    'runs-on': 'ubuntu-24.04',
    'timeout-minutes': 5,
    permissions: { contents: 'read' },
  })
    .step({ name: 'Check out', uses: 'actions/checkout', with: { 'persist-credentials': false } })
    .step({ id: 'install', name: 'Install', if: always(), run: 'npm ci' })
    .step({ id: 'lint', name: text`Lint ${github.sha}`, run: 'npm run lint' })
    .step({ name: 'Tests', run: 'npm test' });

function compiled(one: Job) {
  const all = workflow('staging', {
    name: 'Staging',
    on: { push: { branches: ['develop'] } },
    permissions: {},
    jobs: [one],
  });
  return compile(all, { source: 'staging.ts', command: 'npm run build' }).plain.jobs.test;
}

const ids = (one: Job) => compiled(one)?.steps.map(({ id, name }) => id ?? name);

it('puts a step before and after one with a name or an id, and leaves the job it is called on as it is', () => {
  const original = made();
  const more = original
    .before('Install', { id: 'one', name: 'One', run: 'true' })
    .after('install', { id: 'two', name: 'Two', run: 'true' })
    .before('lint', { id: 'three', name: 'Three', run: 'true' })
    .after('Tests', { id: 'four', name: 'Four', run: 'true' });
  expect(ids(more)).toEqual([
    ...['Check out', 'one', 'install', 'two', 'three', 'lint', 'Tests', 'four'],
  ]);
  expect(ids(original)).toEqual(['Check out', 'install', 'lint', 'Tests']);
});

it('replaces a step, and leaves one out', () => {
  const changed = made()
    .replace('Install', { name: 'Install with pnpm', run: 'pnpm install' })
    .without('lint');
  expect(compiled(changed)?.steps.map(({ name }) => name)).toEqual([
    'Check out',
    'Install with pnpm',
    'Tests',
  ]);
});

it('offers the outputs of a step that was put in to the job', () => {
  const version = step({
    id: 'version',
    name: 'Version',
    run: 'echo "version=1" >> "$GITHUB_OUTPUT"',
    writes: ['version'],
  });
  const more = made().before('Tests', version).withOutputs({ version: version.outputs.version });
  expect(compiled(more)?.outputs).toEqual({ version: '${{ steps.version.outputs.version }}' });
});

it('changes the keys that are given, the last time, and no others', () => {
  const changed = made()
    .configure({ 'timeout-minutes': 10, if: equals(github.ref, 'refs/heads/a') })
    .configure({ 'timeout-minutes': 20 });
  expect(compiled(changed)).toMatchObject({
    name: 'Test',
    'runs-on': 'ubuntu-24.04',
    'timeout-minutes': 20,
    if: "github.ref == 'refs/heads/a'",
  });
});

it.each([
  ['before', (one: ReturnType<typeof made>) => one.before('Build', { name: 'A', run: 'true' })],
  ['after', (one: ReturnType<typeof made>) => one.after('Build', { name: 'A', run: 'true' })],
  ['replace', (one: ReturnType<typeof made>) => one.replace('Build', { name: 'A', run: 'true' })],
  ['without', (one: ReturnType<typeof made>) => one.without('Build')],
])('%s names the steps there are where there is none of that name, with the line', (_, change) => {
  const { stack = '' } = new Error();
  const own = stack.split('\n')[1]?.match(/\/[^:]+/)?.[0];
  const one = made();
  const error = expect.objectContaining({
    name: 'DefinitionError',
    message: 'the job test has no step "Build"; it has: Check out, Install, lint, Tests',
    position: expect.objectContaining({ file: own }),
  });
  expect(() => change(one)).toThrow(error);
  one.withOutputs({});
  compiled(one);
});
