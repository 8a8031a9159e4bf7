import { beforeAll, describe, expect, it } from 'vitest';
import { ensureLocalImages } from '../../scripts/local/base-images/ensure-images.ts';
import { type Engine, ensureEngine } from '../../scripts/local/machine/engine.ts';
import { chooseActions } from '../../scripts/local/workflow-actions/choose-actions.ts';
import { usedActions } from '../../scripts/local/workflow-actions/used-actions.ts';
import { whyNoDocker } from '../end-to-end/docker.ts';
import {
  runWorkflow,
  type WorkflowRun,
  workflowFile,
  workflowRepository,
} from './local-workflow.ts';

const withoutDocker = await whyNoDocker();

/** What a step asks for, and what it then says; an error where it starts with one. */
type Case = readonly [title: string, inputs: Readonly<Record<string, string>>, said: RegExp];

const files = {
  'only-11/.python-version': '# comment\n3.11\n',
  'patch/.python-version': '3.11.99\n',
  'other/.python-version': '3.12\n3.13\n',
  'pep/pyproject.toml': '[project]\nname = "a"\nrequires-python = ">=3.10,<3.13,!=3.11.0"\n',
  'poetry/pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.10"\n',
  'none/pyproject.toml': '[project]\nname = "a"\n',
  'pipenv/Pipfile': '[requires]\npython_version = "3.11"\n',
  '.tool-versions': 'nodejs 20.0.0\npython 3.9.1 3.11\n',
  'node/.nvmrc': 'lts/iron\n',
  'v/.node-version': 'v20\n',
  'engines/package.json': '{"engines": {"node": ">=18 <21 || 24"}}',
  'volta/package.json': '{"volta": {"node": "20.19.0"}, "engines": {"node": "16"}}',
  'dev/package.json': '{"devEngines": {"runtime": {"name": "node", "version": "^20.1"}}}',
  'empty/package.json': '{}',
};

const python: readonly Case[] = [
  ['minor version', { 'python-version': '3.11' }, /^Python 3\.11\.\d+ of the runner image$/m],
  ['major version', { 'python-version': '3' }, /^Python 3\.11/m],
  ['wildcard', { 'python-version': '3.x' }, /^Python 3\.11/m],
  ['range', { 'python-version': '>=3.11' }, /^Python 3\.11/m],
  ['range with spaces', { 'python-version': '>= 3.9 < 3.14' }, /^Python 3\.11/m],
  ['first of several', { 'python-version': '3.12\n3.11' }, /^Python 3\.11/m],
  ['poetry cache', { 'python-version': '3.11', cache: 'poetry' }, /^Python 3\.11/m],
  ['file .python-version', { 'python-version-file': 'only-11/.python-version' }, /^Python 3\.11/m],
  ['requires-python', { 'python-version-file': 'pep/pyproject.toml' }, /^Python 3\.11/m],
  ['caret of Poetry', { 'python-version-file': 'poetry/pyproject.toml' }, /^Python 3\.11/m],
  ['Pipfile', { 'python-version-file': 'pipenv/Pipfile' }, /^Python 3\.11/m],
  ['.tool-versions', { 'python-version-file': '.tool-versions' }, /^Python 3\.11/m],
  [
    'patch version',
    { 'python-version-file': 'patch/.python-version' },
    /asks for 3\.11\.99; the runner image has 3\.11\.\d+/,
  ],
  [
    'missing version',
    { 'python-version-file': 'other/.python-version' },
    /^error: Python: Asked for is Python 3\.12 \(other\/\.python-version\), 3\.13 \(other\/\.python-version\); the runner image has 3\.11\.\d+ and no other/m,
  ],
  ['missing range', { 'python-version': '>=3.12' }, /^error: Python: Asked for is Python >=3\.12/m],
  [
    'nonsense',
    { 'python-version': 'pypy3.9' },
    /^error: Python: .*"pypy3\.9", which is no version/m,
  ],
  [
    'no version',
    { 'python-version-file': 'none/pyproject.toml' },
    /^error: Python: none\/pyproject\.toml names no/m,
  ],
  ['no file', { 'python-version-file': 'a/b' }, /^error: Python: .*there is no file a\/b/m],
  ['unknown cache', { cache: 'conda' }, /^error: Python: There is no cache "conda"/m],
];

const node: readonly Case[] = [
  ['major version', { 'node-version': '20' }, /^Node\.js 20\.\S+ of the runner image$/m],
  ['wildcard', { 'node-version': '20.x' }, /^Node\.js 20\./m],
  ['caret', { 'node-version': '^20' }, /^Node\.js 20\./m],
  ['newest of the image', { 'node-version': '>=18' }, /^Node\.js 24\./m],
  ['alternatives', { 'node-version-file': 'engines/package.json' }, /^Node\.js 24\./m],
  ['long-term', { 'node-version': 'lts/*' }, /^Node\.js 24\./m],
  ['long-term by name', { 'node-version-file': 'node/.nvmrc' }, /^Node\.js 20\./m],
  ['with a v', { 'node-version-file': 'v/.node-version' }, /^Node\.js 20\./m],
  ['devEngines', { 'node-version-file': 'dev/package.json' }, /^Node\.js 20\./m],
  ['pnpm cache', { 'node-version': '20', cache: 'pnpm' }, /^Node\.js 20\./m],
  ['another one, from npm', { 'node-version': '22.11.0' }, /^Node\.js 22\.11\.0 from npm$/m],
  [
    'volta, from npm',
    { 'node-version-file': 'volta/package.json' },
    /^Node\.js 20\.19\.0 from npm$/m,
  ],
  ['nonsense', { 'node-version': 'twenty' }, /^error: Node\.js: .*"twenty", which is no version/m],
  [
    'none that fits',
    { 'node-version': '>=999' },
    /^error: Node\.js: Asked for is Node\.js >=999; the runner image has 20\.\S+ and 24\.\S+, and npm/m,
  ],
  ['unknown name', { 'node-version': 'lts/nobody' }, /^error: Node\.js: .*lts\/nobody; known are/m],
  ['unknown cache', { cache: 'bun' }, /^error: Node\.js: There is no cache "bun"/m],
  [
    'nothing',
    { 'node-version-file': 'empty/package.json' },
    /^error: Node\.js: empty\/package\.json names no/m,
  ],
];

/** A job that tries every case; a step that fails does not end it. */
function workflow(action: string, cases: readonly Case[], after: string): string {
  const steps = [
    { uses: 'actions/checkout@v7' },
    ...cases.flatMap(([, inputs], index) => [
      { uses: `${action}@v9`, with: inputs, 'continue-on-error': true },
      { run: `${after}; echo "end of case ${index}"` },
    ]),
  ];
  return JSON.stringify({
    name: 'Set-up actions',
    on: 'push',
    jobs: { test: { 'runs-on': 'ubuntu-24.04', steps } },
  });
}

describe.skipIf(withoutDocker)(`stand-ins${withoutDocker ? ` (${withoutDocker})` : ''}`, () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await ensureEngine();
    await ensureLocalImages(engine);
  });

  async function run(text: string): Promise<WorkflowRun> {
    await using repository = await workflowRepository({ ...files, [workflowFile]: text });
    const used = await usedActions(repository.root, workflowFile);
    const chosen = chooseActions(used, { gitHubAnswers: false, standInImages: false });
    return await runWorkflow(repository, {
      engine,
      images: new Map(),
      actions: { folders: chosen.standIns, realBuilds: false, summary: chosen.summary },
    });
  }

  it.each([
    ['actions/setup-python', python, 'echo "after: $(python --version)"'],
    ['actions/setup-node', node, 'echo "after: $(node --version) $(npm --version)"'],
  ])('%s reads versions as the real one does', async (action, cases, after) => {
    const { output } = await run(workflow(action, cases, after));
    const parts = output.split(/^end of case \d+\n/m);
    expect(parts, output).toHaveLength(cases.length + 1);
    for (const [index, [title, , said]] of cases.entries()) {
      expect(parts[index], title).toMatch(said);
      expect(parts[index], title).toMatch(/^after: /m);
    }
  });
});
