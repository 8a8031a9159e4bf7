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

<<<<<<< HEAD
const testApi = testPython('test-api', api, fromSource());
const testFrontend = testNode('test-frontend', frontend, fromSource());
const build = buildImages({ images, registry: repository }, fromSource());
const scan = scanAll(
  { build, images, registry: repository, trivy, bandit, tag: imageTag },
  { needs: [build] },
=======
/** How every action that goes to the staging server finds and trusts it. */
const connection = {
  host: staging.vars.STAGING_HOST,
  port: staging.vars.STAGING_SSH_PORT,
  user: staging.vars.STAGING_SSH_USER,
  'private-key': staging.secrets.STAGING_SSH_KEY,
  'known-hosts': staging.vars.STAGING_KNOWN_HOSTS,
  'jump-host': staging.vars.STAGING_JUMP_HOST,
};

const checkout = step({
  name: 'Check out',
  uses: 'actions/checkout',
  with: { 'persist-credentials': false },
});

const setUpPython = step({
  name: 'Set up Python',
  uses: 'actions/setup-python',
  with: {
    'python-version-file': `${images.api.context}/pyproject.toml`,
    cache: 'pip',
    'cache-dependency-path': [`${images.api.context}/requirements*.txt`],
  },
});

const logIn = step({
  name: 'Log in to the registry',
  uses: 'docker/login-action',
  with: { registry: REGISTRY, username: github.actor, password: github.token },
});

/** What the staging server pulls the images with. */
const registryCredentials = {
  registry: REGISTRY,
  'registry-username': github.actor,
  'registry-password': github.token,
};

const scriptsIn = (directory: string) => ({ run: { 'working-directory': directory } });

const requiredSettings = { ...required(repositorySettings), ...required(staging) };

const settings = job('settings', {
  name: 'Settings',
  'runs-on': runner,
  'timeout-minutes': 5,
  environment: staging,
  permissions: {},
}).step({
  name: 'Every variable and secret is set',
  env: { ...requiredSettings, REQUIRED: Object.keys(requiredSettings).join(' ') },
  run: `
    missing=""
    for name in $REQUIRED; do
      [ -n "$(printenv "$name")" ] || missing="$missing $name"
    done
    if [ -n "$missing" ]; then
      echo "::error title=Missing settings::Not set:$missing. README.md, section GitHub, says where each belongs"
      exit 1
    fi
  `,
});

const testApi = job('test-api', {
  name: 'Test API',
  needs: [settings],
  if: and(deploying, building),
  'runs-on': runner,
  'timeout-minutes': 15,
  permissions: readOnly,
  defaults: scriptsIn(images.api.context),
  // A machine may run a PostgreSQL or Redis of its own: the published ports are not the usual ones.
  services: {
    postgres: {
      image: serviceImage('postgres'),
      env: {
        POSTGRES_USER: 'azals_test',
        POSTGRES_PASSWORD: 'azals_test',
        POSTGRES_DB: 'azals_test',
      },
      ports: ['15432:5432'],
      options:
        '--health-cmd "pg_isready -h 127.0.0.1 -U azals_test" --health-interval 2s --health-timeout 5s --health-retries 30',
    },
    redis: {
      image: serviceImage('redis'),
      ports: ['16379:6379'],
      options:
        '--health-cmd "redis-cli ping" --health-interval 2s --health-timeout 5s --health-retries 30',
    },
  },
  env: {
    DATABASE_URL: 'postgresql+psycopg://azals_test:azals_test@localhost:15432/azals_test',
    REDIS_URL: 'redis://localhost:16379/0',
    ENVIRONMENT: 'test',
    SECRET_KEY: 'only-for-tests-0123456789-0123456789',
  },
})
  .step(checkout)
  .step(setUpPython)
  .step({ name: 'Install', run: 'pip install --requirement requirements-dev.txt' })
  .step({
    name: 'Lint',
    run: `
      ruff check .
      ruff format --check .
    `,
  })
  .step({
    name: 'Migrations up, down and up again',
    run: `
      alembic upgrade head
      alembic downgrade base
      alembic upgrade head
      alembic check
    `,
  })
  .step({ name: 'Tests', run: 'pytest' });

const testFrontend = job('test-frontend', {
  name: 'Test frontend',
  needs: [settings],
  if: and(deploying, building),
  'runs-on': runner,
  'timeout-minutes': 15,
  permissions: readOnly,
  defaults: scriptsIn(images.frontend.context),
})
  .step(checkout)
  .step({
    name: 'Set up Node.js',
    uses: 'actions/setup-node',
    with: {
      'node-version-file': `${images.frontend.context}/package.json`,
      cache: 'npm',
      'cache-dependency-path': [`${images.frontend.context}/package-lock.json`],
    },
  })
  .step({ name: 'Install', run: 'npm ci' })
  .step({ name: 'Types', run: 'npm run typecheck' })
  .step({ name: 'Tests', run: 'npm test' });

const buildOf = (image: keyof typeof images) =>
  ({
    name: `Build ${image}`,
    uses: 'docker/build-push-action',
    with: {
      context: images[image].context,
      file: images[image].dockerfile,
      push: true,
      tags: [text`${imageNames[image]}:${github.sha}`],
      'build-args': [
        text`VERSION=staging.${github.run_number}`,
        text`COMMIT=${github.sha}`,
        text`SOURCE=${github.server_url}/${github.repository}`,
      ],
      'cache-from': [`type=gha,scope=${image}`],
      'cache-to': [`type=gha,scope=${image},mode=max,ignore-error=true`],
      provenance: 'false',
    },
  }) as const;

const buildApi = step({ id: 'api', ...buildOf('api') });
const buildFrontend = step({ id: 'frontend', ...buildOf('frontend') });

const build = job('build', {
  name: 'Build images',
  needs: [settings],
  if: and(deploying, building),
  'runs-on': runner,
  'timeout-minutes': 20,
  permissions: { contents: 'read', packages: 'write' },
})
  .step(checkout)
  .step({ name: 'Set up Buildx', uses: 'docker/setup-buildx-action' })
  .step(logIn)
  .step(buildApi)
  .step(buildFrontend)
  .withOutputs({
    api: text`${imageNames.api}@${buildApi.outputs.digest}`,
    frontend: text`${imageNames.frontend}@${buildFrontend.outputs.digest}`,
  });

const scanOf = (image: keyof typeof images) =>
  step({
    name: `Trivy: ${image}`,
    uses: 'aquasecurity/trivy-action',
    with: {
      'image-ref': build.outputs[image],
      scanners: trivy.scanners,
      severity: trivy.severity,
      'ignore-unfixed': trivy.ignoreUnfixed,
      'exit-code': 1,
    },
  });

/** The same scan once more, for a program to read: everything that was found, without a gate. */
const reportOf = (image: keyof typeof images) =>
  step({
    name: `Trivy's report: ${image}`,
    if: always(),
    uses: 'aquasecurity/trivy-action',
    with: {
      'image-ref': build.outputs[image],
      scanners: trivy.scanners,
      severity: ['UNKNOWN', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'],
      'exit-code': 0,
      format: 'json',
      output: `trivy-${image}.json`,
    },
  });

const count = step({
  id: 'count',
  name: 'Count what was found',
  if: always(),
  writes: ['counts'],
  // By image and severity: {"api":{"HIGH":2},"frontend":{}}
  run: `
    counts=$(jq --null-input --compact-output '
      [inputs | {
        key: (input_filename | ltrimstr("trivy-") | rtrimstr(".json")),
        value: ([.Results[]? | (.Vulnerabilities, .Misconfigurations, .Secrets)[]?.Severity]
          | group_by(.) | map({key: .[0], value: length}) | from_entries)
      }] | from_entries' trivy-*.json)
    echo "counts=$counts" >> "$GITHUB_OUTPUT"
  `,
});

const scan = job('scan', {
  name: 'Scan images and code',
  needs: [build],
  'runs-on': runner,
  'timeout-minutes': 15,
  permissions: { contents: 'read', packages: 'write' },
})
  .step(checkout)
  .step(setUpPython)
  .step({
    name: 'Bandit',
    'working-directory': images.api.context,
    run: `
      pip install "$(grep "^bandit==" requirements-dev.txt)"
      bandit --recursive app scripts --configfile pyproject.toml
    `,
  })
  .step(logIn)
  .step(scanOf('api'))
  .step(scanOf('frontend'))
  .step({
    name: `Move the tag ${imageTag} to the scanned digests`,
    env: { IMAGES: text`${build.outputs.api} ${build.outputs.frontend}`, TAG: imageTag },
    run: `
      for image in $IMAGES; do
        docker buildx imagetools create --tag "\${image%@*}:$TAG" "$image"
      done
    `,
  })
  .step(reportOf('api'))
  .step(reportOf('frontend'))
  .step(count)
  .withOutputs({ counts: count.outputs.counts });

/** How every part of the one message is sent. */
const slack = {
  'bot-token': staging.secrets.SLACK_BOT_TOKEN,
  channel: staging.vars.SLACK_CHANNEL,
  'slack-api-url': staging.vars.SLACK_API_URL,
  'environment-url': staging.vars.STAGING_URL,
  operation: when(rollingBack, 'rollback', when(redeploying, 'redeploy', 'deploy')),
  stages: [
    `${settings.id}=Réglages`,
    `${testApi.id}=Tests de l’API`,
    `${testFrontend.id}=Tests du frontend`,
    `${build.id}=Images`,
    `${scan.id}=Analyse`,
    'announce=Annonce',
    'deploy=Déploiement',
    'smoke=Tests de fumée',
    'rollback=Retour en arrière',
  ],
  'github-token': github.token,
};

const begin = step({
  id: 'begin',
  name: 'Tell #staging-alerts that a run begins',
  uses: './actions/slack-notify',
  with: { phase: 'start', ...slack },
});

const announce = job('announce', {
  name: 'Announce',
  needs: [settings],
  'runs-on': runner,
  'timeout-minutes': 5,
  permissions: { actions: 'read', contents: 'read', deployments: 'read' },
  environment: staging,
})
  .step(checkout)
  .step(begin)
  .withOutputs({ message: begin.outputs.message });

const announced = when(equals(announce.result, 'success'), announce.outputs.message, '');

/** Ticks off what is done; a message that Slack does not take stops no deployment. */
const tick = {
  name: 'Tell #staging-alerts how far it is',
  'continue-on-error': true,
  uses: './actions/slack-notify',
  with: { phase: 'progress', ...slack, needs: toJson(needs), message: announced },
} as const;

const stage = step({
  id: 'stage',
  name: 'Stage the release',
  if: building,
  uses: './actions/ssh-deploy',
  with: {
    command: 'stage',
    ...connection,
    'compose-file': composeFile,
    images: [text`api=${build.outputs.api}`, text`frontend=${build.outputs.frontend}`],
    'optional-services': staging.vars.STAGING_OPTIONAL_SERVICES,
    ...registryCredentials,
  },
});

const recall = step({
  id: 'recall',
  name: 'Stage the recorded release',
  if: redeploying,
  uses: './actions/ssh-deploy',
  with: {
    command: 'stage',
    ...connection,
    release: byHand.inputs.release,
    ...registryCredentials,
  },
});

const staged = {
  release: firstOf(stage.outputs.release, recall.outputs.release),
  commit: firstOf(stage.outputs.commit, recall.outputs.commit),
  previous: firstOf(stage.outputs.previous, recall.outputs.previous),
};

const ancestry = step({
  id: 'ancestry',
  name: `The recorded release is part of ${branch}`,
  if: redeploying,
  env: { COMMIT: recall.outputs.commit },
  writes: ['refused'],
  run: `
    if ! git merge-base --is-ancestor "$COMMIT" HEAD; then
      echo "refused=true" >> "$GITHUB_OUTPUT"
      echo "::error title=Refused::Commit $COMMIT is no ancestor of this branch, so its release is not deployed"
      exit 1
    fi
  `,
});

const migrate = step({
  id: 'migrate',
  name: 'Migrate the database',
  // A recorded release has run with this database before; the schema may have moved on since.
  if: building,
  uses: './actions/run-migrations',
  with: { ...connection, release: stage.outputs.release },
});

const deploy = job('deploy', {
  name: 'Deploy',
  needs: [settings, testApi, testFrontend, build, scan, announce],
  if: and(
    not(cancelled()),
    onBranch,
    equals(settings.result, 'success'),
    or(
      and(deploying, redeploying),
      and(
        equals(testApi.result, 'success'),
        equals(testFrontend.result, 'success'),
        equals(build.result, 'success'),
        equals(scan.result, 'success'),
      ),
    ),
  ),
  'runs-on': runner,
  'timeout-minutes': 60,
  permissions: { contents: 'read', packages: 'read' },
  environment: { name: staging, url: staging.vars.STAGING_URL },
})
  .step({
    name: 'Check out',
    uses: 'actions/checkout',
    // The whole history tells whether a recorded commit is part of it.
    with: { 'persist-credentials': false, 'fetch-depth': when(redeploying, '0', '1') },
  })
  .step(tick)
  .step(stage)
  .step(recall)
  .step(ancestry)
  .step(migrate)
  .step({
    name: 'Release',
    uses: './actions/ssh-deploy',
    with: { command: 'release', ...connection, release: staged.release },
  })
  .withOutputs({
    ...staged,
    from: migrate.outputs.from,
    to: migrate.outputs.to,
    migrations: migrate.outputs.applied,
    refused: ancestry.outputs.refused,
  });

const ask = step({
  id: 'ask',
  name: 'Ask staging what it runs',
  uses: './actions/smoke-test',
  with: {
    url: staging.vars.STAGING_URL,
    commit: deploy.outputs.commit,
    checks: JSON.stringify(smokeChecks, null, 2),
  },
});

const smoke = job('smoke', {
  name: 'Smoke test',
  needs: [settings, testApi, testFrontend, build, scan, announce, deploy],
  // A redeploy skips jobs before the deployment, which success() takes for a reason to skip this one too.
  if: and(not(cancelled()), equals(deploy.result, 'success')),
  'runs-on': runner,
  'timeout-minutes': 10,
  permissions: readOnly,
  environment: staging,
})
  .step(checkout)
  .step(tick)
  .step(ask)
  .step({
    name: 'Confirm the release',
    uses: './actions/ssh-deploy',
    with: { command: 'confirm', ...connection, release: deploy.outputs.release },
  })
  .withOutputs({ results: ask.outputs.results });

const goBack = step({
  id: 'back',
  name: 'Return to the release before',
  uses: './actions/ssh-deploy',
  with: {
    command: 'rollback',
    ...connection,
    release: when(rollingBack, byHand.inputs.release, ''),
    leave: when(deploying, deploy.outputs.release, ''),
  },
});

const rollback = job('rollback', {
  name: 'Roll back',
  needs: [settings, deploy, smoke],
  // Also where the deployment failed or was cancelled: by then its release may be live.
  if: and(
    always(),
    onBranch,
    equals(settings.result, 'success'),
    or(
      rollingBack,
      and(
        differs(deploy.result, 'skipped'),
        differs(deploy.outputs.release, ''),
        // A redeploy of the live release has left nothing that it could return to.
        differs(deploy.outputs.release, deploy.outputs.previous),
        differs(smoke.result, 'success'),
      ),
    ),
  ),
  'runs-on': runner,
  'timeout-minutes': 15,
  permissions: readOnly,
  environment: staging,
})
  .step(checkout)
  .step(goBack)
  .withOutputs({
    release: goBack.outputs.release,
    commit: goBack.outputs.commit,
    previous: goBack.outputs.previous,
  });

/** What staging says of itself, for the message; a server that does not answer does not hold it up for long. */
const look = step({
  id: 'look',
  name: 'Ask the server what is live',
  // Also where nothing was deployed: the message says what is live, or that nothing is yet.
  if: and(onBranch, equals(settings.result, 'success')),
  'continue-on-error': true,
  'timeout-minutes': 2,
  uses: './actions/ssh-deploy',
  with: { command: 'status', ...connection, 'connect-timeout': 10 },
});

/** Where the release stands by what the jobs did. */
const stateByJobs = when(
  equals(deploy.outputs.refused, 'true'),
  'refused',
  when(
    equals(smoke.result, 'success'),
    // Confirming is the last step of the smoke test, so its success is the release's.
    'confirmed',
    when(
      equals(rollback.result, 'success'),
      when(
        equals(rollback.outputs.release, ''),
        // The first release has none before it, so it was taken down.
        'nothing-live',
        // Where another release was live already, there was nothing to roll back.
        when(differs(rollback.outputs.previous, ''), 'rolled-back', 'untouched'),
      ),
      'unknown',
    ),
  ),
>>>>>>> rollback
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

const smoke = smokeTest({ project, messages, announced, before, deploy, checks: smokeChecks });
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
});
