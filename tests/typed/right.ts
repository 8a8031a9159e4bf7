/** Definitions without a mistake that look like one: all of them compile. */
import {
  always,
  and,
  call,
  dispatch,
  equals,
  firstOf,
  fromJson,
  github,
  hashFiles,
  isOneOf,
  job,
  matrix,
  not,
  or,
  runner,
  step,
  text,
  workflow,
} from '../../src/typed/index.ts';
import {
  basics,
  build,
  byHand,
  checkout,
  deployOne,
  given,
  released,
  staging,
  test,
} from './sample.ts';

const versions = matrix({ node: ['22', '24'], system: ['ubuntu-24.04', 'windows-2025'] });

/** Not every combination, one besides, and a value that only some have. */
const some = matrix(
  { node: ['22', '24'], system: ['ubuntu-24.04', 'windows-2025'] },
  {
    include: [
      { node: '24', coverage: true },
      { node: '26', system: 'ubuntu-24.04' },
    ],
    exclude: [{ node: '22', system: 'windows-2025' }],
  },
);

const someRuns = job('some-runs', {
  ...basics,
  'runs-on': some.values.system,
  strategy: { matrix: some },
}).step({
  name: 'Newest',
  if: or(equals(some.values.node, '26'), equals(some.values.coverage, true)),
  env: { NODE: some.values.node },
  run: 'echo "$NODE"',
});

const listed = step({
  id: 'list',
  name: 'List',
  run: 'echo "targets=[]" >> "$GITHUB_OUTPUT"',
  writes: ['targets'],
});
const list = job('list', basics).step(listed).withOutputs({ targets: listed.outputs.targets });
const targets = matrix({ target: fromJson(list.outputs.targets) });
const eachTarget = job('each-target', {
  ...basics,
  needs: [list],
  strategy: { matrix: targets },
}).step({ name: 'Build', env: { TARGET: targets.values.target }, run: 'make "$TARGET"' });

/** One definition for two jobs: which id it gets is known in a run only. */
const testOf = (part: 'api' | 'frontend') =>
  job(`test-${part}`, { ...basics, name: `Test ${part}`, permissions: { contents: 'read' } })
    .step(checkout)
    .step({ name: 'Tests', run: 'npm test' });

const base = job('base', { ...basics, permissions: { contents: 'read' } }).step(checkout);

const cached = step({
  id: 'cache',
  name: 'Cache',
  uses: 'actions/cache',
  with: { path: 'node_modules', key: text`npm-${hashFiles('package-lock.json')}` },
});

const version = step({
  id: 'version',
  name: 'Version',
  run: 'node version.ts >> "$GITHUB_OUTPUT"',
  writes: ['version'],
});

const everything = job('everything', {
  ...basics,
  name: text`Everything on ${versions.values.node}`,
  needs: [build, test],
  strategy: { matrix: versions, 'fail-fast': false },
  'runs-on': versions.values.system,
  environment: { name: staging },
  concurrency: { group: text`everything-${github.ref}` },
  if: and(always(), not(isOneOf(build.result, 'failure', 'cancelled'))),
  permissions: { contents: 'read' },
  env: { DIGEST: build.outputs.digest, KEY: staging.secrets.SSH_KEY },
})
  .step(checkout)
  .step(cached)
  .step(version)
  .step({
    name: text`Title of ${github.sha}`,
    if: and(
      always(),
      equals(cached.outputs['cache-hit'], 'true'),
      equals(byHand.inputs.dry, false),
    ),
    'working-directory': runner.temp,
    'continue-on-error': equals(github.event_name, 'pull_request'),
    env: {
      TITLE: github.event.pull_request.title,
      TITLE_LENGTH: 10,
      REF: firstOf(github.head_ref, github.ref_name),
      REASON: byHand.inputs.reason,
      FORK: fromJson(text`${github.event.pull_request.head.repo.fork}`),
    },
    run: `
      echo "title: $TITLE, branch: \${REF#release/}" "$REASON" $TITLE_LENGTH
      echo "a \\"quoted\\" word" "$TITLE"
    `,
  })
  .withOutputs({ version: version.outputs.version, fixed: 'always the same' });

export default workflow('right', {
  name: 'Right',
  on: {
    push: { branches: ['main', 'release/**'], paths: ['src/**'] },
    pull_request: { types: ['opened', 'synchronize'] },
    schedule: [
      { cron: '*/15 3-5,7 1 JAN-MAR MON' },
      { cron: '0 3 * * *', timezone: 'Europe/Paris' },
    ],
    workflow_dispatch: dispatch({}),
  },
  permissions: {},
  jobs: [
    someRuns,
    list,
    eachTarget,
    test,
    build,
    testOf('api'),
    testOf('frontend'),
    base.step({ name: 'One more', run: 'true' }),
    everything,
  ],
});

const regions = matrix({ region: ['eu', 'us'] });

/** A call in every region, with everything that a calling job can have. */
const deployEach = call('deploy-each', {
  name: text`Deploy to ${regions.values.region}`,
  needs: [build],
  if: equals(build.result, 'success'),
  strategy: { matrix: regions, 'fail-fast': false },
  concurrency: { group: text`deploy-${regions.values.region}` },
  uses: deployOne,
  with: {
    target: text`${regions.values.region}-${build.outputs.digest}`,
    dry: equals(github.event_name, 'pull_request'),
    retries: 3,
  },
  secrets: { ...given.secrets, OTHER: github.token },
  permissions: {},
});

const release = call('release', {
  name: 'Release',
  needs: [deployEach],
  uses: released,
  secrets: 'inherit',
  permissions: { contents: 'write', issues: 'read' },
});

const tell = job('tell', { ...basics, needs: [deployEach, release] }).step({
  name: 'Tell',
  env: { RELEASE: deployEach.outputs.release, TAG: release.outputs.tag, HOW: release.result },
  run: 'echo "$RELEASE $TAG $HOW"',
});

/** A workflow that calls others, and is called itself with nothing. */
export const calling = workflow('calling', {
  name: 'Calling',
  on: { push: {}, workflow_call: {} },
  permissions: {},
  jobs: [test, build, deployEach, release, tell],
});

export const nested = call('nested', {
  name: 'Nested',
  uses: calling,
  permissions: { contents: 'write' },
});

/** A workflow that starts by hand needs no inputs. */
export const plain = workflow('plain', {
  name: 'Plain',
  on: { workflow_dispatch: {} },
  permissions: {},
  jobs: [base],
});
