import { beforeEach, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { Adopter, folder } from './adopter.ts';

const { root, tarball } = inject('adopter');
const adopter = new Adopter(root, tarball);
const settings = `${folder}/settings.ts`;
const staging = `${folder}/staging.ts`;

beforeEach(async () => {
  await adopter.checkOut('adopted');
});

interface Step {
  readonly name: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Compiled {
  readonly on: { readonly push: { readonly branches: readonly string[] } };
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

/** The workflow that a build with types makes of the definitions as they are now. */
async function built(): Promise<Compiled> {
  const { printed, exitCode } = await adopter.pipeline('build', '--no-lint', '--types');
  expect(exitCode, printed).toBe(0);
  return parse(await adopter.read('.github/workflows/staging.yml'));
}

function stepOf({ jobs }: Compiled, job: string, name: string): Step {
  const found = jobs[job]?.steps.find((step) => step.name === name);
  if (!found) throw new Error(`${job} has no step ${name}`);
  return found;
}

const namesOf = ({ jobs }: Compiled, job: string) => jobs[job]?.steps.map(({ name }) => name);

it('another test command, and no lint', async () => {
  await adopter.edit(
    settings,
    ["run: 'pytest' }", "run: 'pytest --exitfirst tests' }"],
    ["    step({ name: 'Lint', run: 'ruff check src tests' }),\n", ''],
  );
  const compiled = await built();
  expect(stepOf(compiled, 'test-backend', 'Tests').run).toBe('pytest --exitfirst tests');
  expect(namesOf(compiled, 'test-backend')).not.toContain('Lint');
});

it('a second image of the API, which the Compose file runs as a service', async () => {
  const worker = [
    '  web:\n    <<: *service',
    '  worker:\n    <<: *service\n    image: workshop/worker:staging\n    build: { context: .. }\n\n  web:\n    <<: *service',
  ] as const;
  await adopter.edit('deploy/compose.staging.yml', worker);
  await adopter.edit(settings, [
    "    web: { context: 'web'",
    "    worker: { context: '.', dockerfile: 'Dockerfile' },\n    web: { context: 'web'",
  ]);
  const compiled = await built();
  expect(stepOf(compiled, 'build', 'Build worker').with).toMatchObject({ file: 'Dockerfile' });
  expect(stepOf(compiled, 'scan', 'Scan and judge').with?.images).toContain('worker=');
  expect(stepOf(compiled, 'deploy', 'Stage the release').with?.images).toBe(
    ['backend', 'worker', 'web']
      .map((name) => `${name}=\${{ needs.build.outputs.${name} }}`)
      .join('\n'),
  );
});

it('a job with a secret, which is demanded before anything runs, listed, and asked for by the local run', async () => {
  await adopter.edit(settings, [
    'repositorySettings();',
    "repositorySettings({\n  secrets: { DOCS_TOKEN: 'Token of the host of the documentation' },\n});",
  ]);
  await adopter.edit(
    staging,
    ['  github,\n', '  github,\n  job,\n'],
    [
      'export default',
      `const docs = job('docs', {
  name: 'Publish the documentation',
  needs: [testBackend],
  'runs-on': 'ubuntu-24.04',
  'timeout-minutes': 5,
  permissions: {},
}).step({
  name: 'Publish',
  env: { TOKEN: repository.secrets.DOCS_TOKEN },
  run: 'curl --fail --oauth2-bearer "$TOKEN" https://docs.workshop.example',
});

export default`,
    ],
    ['    notify,\n  ],', '    notify,\n    docs,\n  ],'],
  );
  const compiled = await built();
  expect(stepOf(compiled, 'docs', 'Publish').env).toEqual({ TOKEN: '${{ secrets.DOCS_TOKEN }}' });
  const demanded = stepOf(compiled, 'settings', 'Every variable and secret is set').env;
  expect(demanded?.REQUIRED?.split(' ')).toContain('DOCS_TOKEN');
  const listed = await adopter.pipeline('secrets');
  expect(listed.printed).toContain('gh secret set DOCS_TOKEN\n');
  const { printed, exitCode } = await adopter.pipeline('start');
  expect(printed).toMatch(/needs a value for each .* give: local\.secrets\.DOCS_TOKEN$/m);
  expect(exitCode).toBe(1);
});

it('another branch', async () => {
  await adopter.edit(settings, ["branch: 'trunk'", "branch: 'main'"]);
  const compiled = await built();
  expect(compiled.on.push.branches).toEqual(['main']);
  expect(JSON.stringify(compiled)).toContain("github.ref == 'refs/heads/main'");
  expect(JSON.stringify(compiled)).not.toContain('trunk');
});

it('another folder for what the stack mounts', async () => {
  await adopter.git('mv', 'deploy', 'operations');
  await adopter.edit(
    settings,
    ["'deploy/compose.staging.yml'", "'operations/compose.staging.yml'"],
    ["'deploy/staging.env.example'", "'operations/staging.env.example'"],
    ["'deploy/edge'", "'operations/edge'"],
  );
  expect(stepOf(await built(), 'deploy', 'Stage the release').with).toMatchObject({
    'compose-file': 'operations/compose.staging.yml',
    'environment-example': 'operations/staging.env.example',
    files: 'operations/edge',
  });
});

it('no titles of jobs in Slack', async () => {
  const from = await adopter.read(settings);
  const [, titles = ''] = /( {2}stages: \{[\s\S]*?\n {2}\},\n)/.exec(from) ?? [];
  await adopter.edit(settings, [titles, '']);
  const { with: inputs } = stepOf(await built(), 'notify', 'Tell Slack');
  expect(inputs).toMatchObject({ stages: '' });
});

it('another version of Node.js', async () => {
  await adopter.edit(settings, ["node: { file: 'web/package.json' }", "node: { version: '22' }"]);
  expect(stepOf(await built(), 'test-web', 'Set up Node.js').with).toEqual({
    'node-version': '22',
  });
});

it('an extra step before the tests; a step that there is not is an error that names those there are', async () => {
  const added = (name: string) =>
    [
      "testPython('test-backend', backend, fromSource());",
      `testPython('test-backend', backend, fromSource()).before('${name}', {
  name: 'Example data',
  run: 'python -m compileall -q src',
});`,
    ] as const;
  await adopter.edit(staging, added('Tests'));
  expect(namesOf(await built(), 'test-backend')?.slice(-3)).toEqual([
    'Migrations up, down and up again',
    'Example data',
    'Tests',
  ]);
  await adopter.checkOut('adopted');
  await adopter.edit(staging, added('Test'));
  const { printed, exitCode } = await adopter.pipeline('build', '--no-lint');
  expect(printed).toMatch(
    /ci\/staging\/staging\.ts:\d+:\d+: the job test-backend has no step "Test"; it has: .*Tests/,
  );
  expect(exitCode).toBe(1);
});

it('a step in the place of another', async () => {
  await adopter.edit(staging, [
    'buildImages({ images, registry: repository }, fromSource());',
    `buildImages({ images, registry: repository }, fromSource()).replace('Set up Buildx', {
  name: 'Set up Buildx',
  uses: 'docker/setup-buildx-action',
  with: { 'driver-opts': 'network=host' },
});`,
  ]);
  expect(stepOf(await built(), 'build', 'Set up Buildx').with).toEqual({
    'driver-opts': 'network=host',
  });
});

it('an action that the package does not have, by a lock of its own; one in neither lock does not compile', async () => {
  const used = (uses: string) =>
    [
      "testNode('test-web', web, fromSource());",
      `testNode('test-web', web, fromSource()).after('Tests', {
  name: 'Shell scripts',
  uses: '${uses}',
  with: { severity: 'error', additional_files: 'run' },
});`,
    ] as const;
  const lock = {
    'ludeeus/action-shellcheck': {
      tag: '2.0.0',
      sha: '00cae500b08a931fb5698e11e79bfbd38e612a38',
      released: '2023-01-29',
      using: 'composite',
      inputs: {
        severity: { required: false, default: '' },
        additional_files: { required: false, default: '' },
      },
      outputs: ['files'],
    },
  };
  await adopter.write({ [`${folder}/actions.lock.json`]: JSON.stringify(lock, null, 2) });
  // In the settings: they are what is loaded first.
  await adopter.edit(settings, [
    "} from 'staging-pipeline';",
    "} from 'staging-pipeline';\nimport './actions.generated.ts';",
  ]);
  await adopter.edit(staging, used('ludeeus/action-shellcheck'));
  // The first build makes the file that the definitions import.
  const compiled = await built();
  expect(stepOf(compiled, 'test-web', 'Shell scripts').uses).toBe(
    'ludeeus/action-shellcheck@00cae500b08a931fb5698e11e79bfbd38e612a38',
  );
  await adopter.checkOut('adopted');
  await adopter.edit(staging, used('ludeeus/action-shellcheck'));
  const { printed, exitCode } = await adopter.pipeline('build', '--no-lint', '--types');
  expect(printed).toMatch(/ludeeus\/action-shellcheck is not in the lock/);
  expect(exitCode).toBe(1);
});
