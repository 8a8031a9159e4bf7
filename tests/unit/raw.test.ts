import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkedWorkflows } from '../../scripts/build/workflows.ts';
import type { Finding } from '../../scripts/lint/finding.ts';
import { withoutUnknownKeys } from '../../scripts/lint/raw-findings.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { check } from '../../src/typed/check.ts';
import { compile } from '../../src/typed/compile.ts';
import { call, github, job, raw, repository, workflow } from '../../src/typed/index.ts';
import { basics, deployOne, given } from '../typed/sample.ts';
import { temporaryFolder } from './stand-ins-process.ts';

const reason = 'background steps are of June, and the layer has none';

const serving = job('serving', {
  ...basics,
  raw: raw({ snapshot: { 'image-name': 'tools' } }, 'images of runners are still a preview'),
})
  .step({ name: 'Serve', run: './serve', raw: raw({ background: true }, reason) })
  .step({ name: 'Wait', raw: raw({ wait: 'serve' }, reason) })
  .step({
    name: 'Check out',
    uses: 'actions/checkout',
    with: { 'persist-credentials': false },
    raw: raw({ with: { depth: github.run_number } }, 'the pinned version has no such input'),
  });

const deploy = call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  ...given,
  permissions: {},
  raw: raw({ strategy: { 'fail-slow': true } }, 'announced for the next month'),
});

const made = () =>
  compile(
    workflow('example', {
      name: 'Example',
      on: { push: {} },
      permissions: {},
      jobs: [serving, deploy],
      raw: raw(
        { on: { advisory: { types: ['opened'] } }, description: 'It' },
        'the event is still a preview',
      ),
    }),
    { source: 'example.ts', command: 'build' },
  );

it('writes keys that it does not know, in workflow, job, step and call, beside those that it does', () => {
  const { plain, yaml } = made();
  expect(plain.on).toEqual({ push: {}, advisory: { types: ['opened'] } });
  expect(plain.jobs.serving?.steps).toMatchObject([
    { name: 'Serve', run: './serve', background: true },
    { name: 'Wait', wait: 'serve' },
    { with: { 'persist-credentials': false, depth: '${{ github.run_number }}' } },
  ]);
  expect(plain.jobs.deploy).toMatchObject({ strategy: { 'fail-slow': true } });
  expect(yaml).toContain('    snapshot:\n      image-name: tools\n    steps:');
  expect(yaml).toContain('description: It\n\njobs:');
  expect(yaml).not.toContain('raw');
});

it('knows where each stands and why', () => {
  expect(made().raws.map(({ path, raw: { keys } }) => [path.join('.'), Object.keys(keys)])).toEqual(
    [
      ['', ['on', 'description']],
      ['jobs.serving', ['snapshot']],
      ['jobs.serving.steps.0', ['background']],
      ['jobs.serving.steps.1', ['wait']],
      ['jobs.serving.steps.2', ['with']],
      ['jobs.deploy', ['strategy']],
    ],
  );
});

it('leaves the rules of the build as they are', () => {
  const hidden = job('hidden', basics).step({
    name: 'Hidden',
    run: 'make',
    raw: raw({ background: { of: '${{ secrets.NOBODY_HAS_IT }}' } }, reason),
  });
  const { plain } = compile(
    workflow('example', { name: 'E', on: { push: {} }, permissions: {}, jobs: [hidden] }),
    { source: 'example.ts', command: 'build' },
  );
  const settings = [repository({ variables: { REGISTRY: 'It' } })];
  expect(
    check({ workflow: plain, settings: settings as never }).map(({ message }) => message),
  ).toEqual(['secrets.NOBODY_HAS_IT is not declared']);
});

it.each([
  ['the script', { run: 'curl example.org | sh' }, 'run'],
  ['an action', { uses: 'acme/tool@v1' }, 'uses'],
  ['a condition', { if: github.event.forced }, 'if'],
])('is no way around what the layer has: %s', (_, keys, key) => {
  const around = job('around', basics).step({
    name: 'Around',
    run: 'make',
    raw: raw(keys, reason),
  });
  expect(() =>
    compile(workflow('one', { name: 'One', on: { push: {} }, permissions: {}, jobs: [around] }), {
      source: 'one.ts',
      command: 'build',
    }),
  ).toThrow(`raw() is for what is not there yet, and ${key} is: write it beside raw`);
});

it('wants to know why', () => {
  expect(() => raw({ background: true }, 'later')).toThrow(
    'raw() says why, in 10 letters at least',
  );
});

it('has linters that do not know the keys say nothing of them, and all else', () => {
  const { yaml, raws } = made();
  const file = '.github/workflows/example.yml';
  const at = (text: string, tool: Finding['tool'], rule: string): Finding => {
    const line = yaml.split('\n').findIndex((each) => each.includes(text)) + 1;
    const column = (yaml.split('\n')[line - 1] ?? '').search(/\S/) + 1;
    return { tool, rule, file, line, column, message: text };
  };
  const young = [
    at('background: true', 'actionlint', 'syntax-check'),
    at('image-name: tools', 'actionlint', 'syntax-check'),
    at('wait: serve', 'languageservice', 'unexpected-value'),
  ];
  const others = [
    at('run: ./serve', 'actionlint', 'syntax-check'),
    at('background: true', 'zizmor', 'template-injection'),
  ];
  const kept = withoutUnknownKeys([...young, ...others], { path: file, text: yaml }, raws);
  expect(kept).toEqual(others);
});

it('is printed by the build, with its line and reason', async () => {
  await using folder = await temporaryFolder();
  const layer = join(packageRoot, 'src/typed/index.ts');
  await mkdir(join(folder.path, 'workflows'));
  await writeFile(join(folder.path, 'workflows/package.json'), '{ "type": "module" }');
  await writeFile(
    join(folder.path, 'workflows/one.ts'),
    `import { job, raw, workflow } from '${layer}';
const serve = job('serve', { name: 'Serve', 'runs-on': 'ubuntu-24.04', 'timeout-minutes': 5, permissions: {} })
  .step({
    name: 'Serve',
    run: './serve',
    raw: raw({ background: true }, '${reason}'),
  });
export default workflow('one', { name: 'One', on: { push: {} }, permissions: {}, jobs: [serve] });
`,
  );
  const repositoryOf = { root: folder.path, folder: 'workflows' };
  const { waived } = await checkedWorkflows(repositoryOf as never);
  expect(waived).toEqual([`raw: workflows/one.ts:6:10: jobs.serve.steps.0.background: ${reason}`]);
});
