/** The pipeline of staging: test, build, scan, deploy, smoke test. */
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
  kindsOfRun,
  moveTag,
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
  backend,
  bandit,
  repository,
  slack,
  smokeChecks,
  staging,
  trivy,
  web,
} from './settings.fixture.ts';

const { branch, images } = project;
const byHand = dispatch({ ...runInputs });
const run = kindsOfRun(byHand, branch);
const messages = { environment: staging, run, ...slack };

const settings = checkSettings({ repository, environment: staging });
const announced = announce(messages, { needs: [settings] });

/** A redeploy and a rollback take what was tested, built and scanned before. */
const fromSource = () => ({ needs: [settings], if: and(run.deploying, run.building) });

const testBackend = testPython('test-backend', backend, fromSource());
const testWeb = testNode('test-web', web, fromSource());
const build = buildImages({ images, registry: repository }, fromSource());
const scan = scanAll({ project, build, registry: repository, trivy, bandit }, { needs: [build] });

const tests = [testBackend, testWeb];
const tagged = moveTag({ images, registry: repository, build, tests, scan, run, tag: 'staging' });
const before = [settings, testBackend, testWeb, build, scan];

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
});
const confirmed = confirm({ project, environment: staging, deploy, smoke });
const rollback = rollBack({ project, messages, settings, deploy, confirmed });
const notify = tell({
  project,
  messages,
  announced,
  before: [...before, tagged],
  scan,
  settings,
  deploy,
  smoke,
  confirmed,
  rollback,
});

export default workflow('staging', {
  name: 'Workshop staging',
  'run-name': firstOf(byHand.inputs.reason, github.event.head_commit.message, 'Redeploy'),
  on: { push: { branches: [branch] }, workflow_dispatch: byHand },
  permissions: {},
  concurrency: deployQueue('staging', run),
  defaults: { run: { shell: 'bash' } },
  jobs: [
    settings,
    testBackend,
    testWeb,
    build,
    scan,
    tagged,
    announced,
    deploy,
    smoke,
    confirmed,
    rollback,
    notify,
  ],
});
