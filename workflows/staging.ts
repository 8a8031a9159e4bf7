/**
 * The pipeline of staging: test, build, scan, deploy, smoke test. Each stage is a function of staging-pipeline that makes
 * a job; its steps are changed with `before`, `after`, `replace` and `without`, its keys with `configure`. What is wrong
 * here does not compile, or fails `npm run build:workflows`.
 */
import {
  and,
  announce,
  buildImages,
  checkSettings,
  deploy as deployTo,
  dispatch,
  firstOf,
  github,
  kindsOfRun,
  rollBack,
  runInputs,
  scan as scanAll,
  smokeTest,
  notify as tell,
  testNode,
  testPython,
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
  trivy,
} from './settings.ts';

const { branch, images } = project;
const byHand = dispatch({ ...runInputs });
const run = kindsOfRun(byHand, branch);
const messages = { environment: staging, run, ...slack };

const settings = checkSettings({ repository, environment: staging });
const announced = announce(messages, { needs: [settings] });

/** A redeploy and a rollback take what was tested, built and scanned before. */
const fromSource = () => ({ needs: [settings], if: and(run.deploying, run.building) });

const testApi = testPython('test-api', api, fromSource());
const testFrontend = testNode('test-frontend', frontend, fromSource());
const build = buildImages({ images, registry: repository }, fromSource());
const scan = scanAll(
  { build, images, registry: repository, trivy, bandit, tag: imageTag },
  { needs: [build] },
);

const tests = [testApi, testFrontend];
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
const rollback = rollBack({ project, messages, settings, deploy, smoke });

const notify = tell({
  project,
  messages,
  announced,
  before,
  settings,
  scan,
  deploy,
  smoke,
  rollback,
});

export default workflow('staging', {
  name: 'Staging',
  'run-name': firstOf(byHand.inputs.reason, github.event.head_commit.message, 'Redeploy'),
  on: { push: { branches: [branch] }, workflow_dispatch: byHand },
  permissions: {},
  // GitHub cancels no deployment half way; the host's own lock decides between two runs.
  concurrency: { group: 'staging', 'cancel-in-progress': false },
  defaults: { run: { shell: 'bash' } },
  jobs: [settings, testApi, testFrontend, build, scan, announced, deploy, smoke, rollback, notify],
  // The build tries every way that a run can go.
  promises: [
    { jobs: [deploy, smoke, rollback], after: [settings, testApi, testFrontend, build, scan] },
    { job: scan, gates: ['Bandit', 'Trivy: api', 'Trivy: frontend'] },
    { job: smoke, gates: ['Ask staging what it runs, and whether it works'] },
  ],
});
