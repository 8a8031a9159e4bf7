/**
 * The pipeline of staging: test, build, scan, deploy, smoke test, suites of tests. Each stage is a function of
 * staging-pipeline that makes a job; its steps are changed with `before`, `after`, `replace` and `without`, its keys with
 * `configure`. What is wrong here does not compile, or fails `npm run build:workflows`.
 */
import {
  and,
  announce,
  buildImages,
  checkSettings,
  confirm,
  deployQueue,
  deploy as deployTo,
  dispatch,
  firstOf,
  github,
  judging,
  kindsOfRun,
  moveTag,
  publishFindings,
  rollBack,
  runInputs,
  scan as scanAll,
  smokeTest,
  notify as tell,
  testNode,
  testPython,
  testStaging,
  workflow,
} from 'staging-pipeline';
import project, {
  api,
  bandit,
  frontend,
  imageTag,
  repository,
  slack,
  smokeChecks,
  staging,
  suiteSecrets,
  trivy,
} from './settings.ts';

const { branch, images } = project;
const byHand = dispatch({
  ...runInputs,
  load: {
    description: 'Whether the load test runs afterwards',
    type: 'boolean',
    default: false,
  },
});
const run = kindsOfRun(byHand, branch);
const messages = { environment: staging, run, ...slack };

const settings = checkSettings({ repository, environment: staging });
const announced = announce(messages, { needs: [settings] });

/** A redeploy and a rollback take what was tested, built and scanned before. */
const fromSource = () => ({ needs: [settings], if: and(run.deploying, run.building) });

const testApi = testPython('test-api', api, fromSource());
const testFrontend = testNode('test-frontend', frontend, fromSource());
const build = buildImages({ images, registry: repository }, fromSource());
const scan = scanAll({ project, build, registry: repository, trivy, bandit }, { needs: [build] });
const codeScanning = publishFindings({ scan, registry: repository });

const tests = [testApi, testFrontend];
const tagged = moveTag({ images, registry: repository, build, tests, scan, run, tag: imageTag });
const before = [settings, ...tests, build, scan];

const deploy = deployTo({
  project,
  registry: repository,
  messages,
  settings,
  tests,
  build,
  scan,
  announced,
});

const smoke = smokeTest({
  ...{ project, messages, announced, before, build, deploy },
  checks: smokeChecks,
  secrets: { TEST_TENANT_PASSWORD: staging.secrets.TEST_TENANT_PASSWORD },
});

/** A release that one of these finds wrong is not confirmed, unless its settings say that it only warns. */
const suites = { project, environment: staging, secrets: suiteSecrets };
const integration = testStaging('integration', { ...suites, after: smoke });
const browser = testStaging('browser', { ...suites, after: smoke });
const confirmed = confirm({
  ...{ project, environment: staging, deploy, smoke },
  suites: [integration, browser],
});
const load = testStaging('load', { ...suites, after: confirmed, if: byHand.inputs.load });

const rollback = rollBack({ project, messages, settings, deploy, confirmed });

const notify = tell({
  ...{ project, messages, announced, settings, scan, deploy, smoke, confirmed, rollback },
  before: [...before, tagged],
  suites: [integration, browser, load],
});

export default workflow('staging', {
  name: 'Staging',
  'run-name': firstOf(byHand.inputs.reason, github.event.head_commit.message, 'Redeploy'),
  on: { push: { branches: [branch] }, workflow_dispatch: byHand },
  permissions: {},
  // The host's own lock decides between two runs.
  concurrency: deployQueue('staging', run),
  defaults: { run: { shell: 'bash' } },
  jobs: [
    settings,
    testApi,
    testFrontend,
    build,
    scan,
    codeScanning,
    tagged,
    announced,
    deploy,
    smoke,
    integration,
    browser,
    confirmed,
    load,
    rollback,
    notify,
  ],
  // The build tries every way that a run can go.
  promises: [
    {
      jobs: [tagged, deploy, smoke, integration, browser, confirmed, load, rollback],
      after: [settings, testApi, testFrontend, build, scan],
    },
    { jobs: [confirmed], after: [deploy, smoke, ...judging(project, [integration, browser])] },
    { job: scan, gates: ['Scan and judge'] },
    { job: smoke, gates: ['Ask staging what it runs, and whether it works'] },
  ],
});
