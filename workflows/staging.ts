import { expressions, NormalJob, Step, Workflow } from '@github-actions-workflow-ts/lib';
import {
  branch,
  composeFile,
  environment,
  images,
  imageTag,
  type optionalVariables,
  secrets,
  serviceImage,
  smokeChecks,
  trivy,
  variables,
} from './settings.ts';
import { pinned } from './third-party.ts';

const runner = 'ubuntu-24.04';
const readOnly = { contents: 'read' } as const;
const expn = (expression: string) => expressions.expn(expression);
const secret = (name: keyof typeof secrets) => expressions.secret(name);
const variable = (name: keyof typeof variables | keyof typeof optionalVariables) =>
  expressions.var(name);
const names = <T extends object>(of: T) => Object.keys(of) as (keyof T)[];

const registry = variable('REGISTRY');
const imageNames = {
  api: `${registry}/${variable('IMAGE_REPOSITORY')}/api`,
  frontend: `${registry}/${variable('IMAGE_REPOSITORY')}/frontend`,
};

/** How every action that goes to the staging server finds and trusts it. */
const connection = {
  host: variable('STAGING_HOST'),
  port: variable('STAGING_SSH_PORT'),
  user: variable('STAGING_SSH_USER'),
  'private-key': secret('STAGING_SSH_KEY'),
  'known-hosts': variable('STAGING_KNOWN_HOSTS'),
};

const registryCredentials = {
  registry,
  username: expn('github.actor'),
  password: expn('github.token'),
};

const checkout = () =>
  new Step({
    name: 'Check out',
    uses: pinned('actions/checkout'),
    with: { 'persist-credentials': false },
  });

const setupPython = () =>
  new Step({
    name: 'Set up Python',
    uses: pinned('actions/setup-python'),
    with: {
      'python-version-file': `${images.api.context}/pyproject.toml`,
      cache: 'pip',
      'cache-dependency-path': `${images.api.context}/requirements*.txt`,
    },
  });

const logIn = () =>
  new Step({
    name: 'Log in to the registry',
    uses: pinned('docker/login-action'),
    with: registryCredentials,
  });

const settings = new NormalJob('settings', {
  name: 'Settings',
  'runs-on': runner,
  'timeout-minutes': 5,
  environment,
  permissions: {},
}).addSteps([
  new Step({
    name: 'Every variable and secret is set',
    env: {
      ...Object.fromEntries(names(variables).map((name) => [name, variable(name)])),
      ...Object.fromEntries(names(secrets).map((name) => [name, secret(name)])),
      REQUIRED: [...names(variables), ...names(secrets)].join(' '),
    },
    run: [
      'missing=""',
      'for name in $REQUIRED; do',
      '  [ -n "$(printenv "$name")" ] || missing="$missing $name"',
      'done',
      'if [ -n "$missing" ]; then',
      '  echo "::error title=Missing settings::Not set:$missing. README.md, section GitHub, says where each belongs"',
      '  exit 1',
      'fi',
    ].join('\n'),
  }),
]);

const testApi = new NormalJob('test-api', {
  name: 'Test API',
  'runs-on': runner,
  'timeout-minutes': 15,
  permissions: readOnly,
  defaults: { run: { 'working-directory': images.api.context } },
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
  .needs([settings])
  .addSteps([
    checkout(),
    setupPython(),
    new Step({ name: 'Install', run: 'pip install --requirement requirements-dev.txt' }),
    new Step({ name: 'Lint', run: 'ruff check .\nruff format --check .' }),
    new Step({
      name: 'Migrations up, down and up again',
      run: 'alembic upgrade head\nalembic downgrade base\nalembic upgrade head\nalembic check',
    }),
    new Step({ name: 'Tests', run: 'pytest' }),
  ]);

const testFrontend = new NormalJob('test-frontend', {
  name: 'Test frontend',
  'runs-on': runner,
  'timeout-minutes': 15,
  permissions: readOnly,
  defaults: { run: { 'working-directory': images.frontend.context } },
})
  .needs([settings])
  .addSteps([
    checkout(),
    new Step({
      name: 'Set up Node.js',
      uses: pinned('actions/setup-node'),
      with: {
        'node-version-file': `${images.frontend.context}/package.json`,
        cache: 'npm',
        'cache-dependency-path': `${images.frontend.context}/package-lock.json`,
      },
    }),
    new Step({ name: 'Install', run: 'npm ci' }),
    new Step({ name: 'Types', run: 'npm run typecheck' }),
    new Step({ name: 'Tests', run: 'npm test' }),
  ]);

const buildImage = (image: keyof typeof images) =>
  new Step({
    id: image,
    name: `Build ${image}`,
    uses: pinned('docker/build-push-action'),
    with: {
      context: images[image].context,
      file: images[image].dockerfile,
      push: true,
      tags: `${imageNames[image]}:${expn('github.sha')}`,
      'build-args': [
        `VERSION=staging.${expn('github.run_number')}`,
        `COMMIT=${expn('github.sha')}`,
        `SOURCE=${expn('github.server_url')}/${expn('github.repository')}`,
      ].join('\n'),
      'cache-from': `type=gha,scope=${image}`,
      'cache-to': `type=gha,scope=${image},mode=max,ignore-error=true`,
      provenance: false,
    },
  });

const build = new NormalJob('build', {
  name: 'Build images',
  'runs-on': runner,
  'timeout-minutes': 20,
  permissions: { contents: 'read', packages: 'write' },
  outputs: {
    api: `${imageNames.api}@${expn('steps.api.outputs.digest')}`,
    frontend: `${imageNames.frontend}@${expn('steps.frontend.outputs.digest')}`,
  },
})
  .needs([settings])
  .addSteps([
    checkout(),
    new Step({ name: 'Set up Buildx', uses: pinned('docker/setup-buildx-action') }),
    logIn(),
    buildImage('api'),
    buildImage('frontend'),
  ]);

const built = {
  api: expn('needs.build.outputs.api'),
  frontend: expn('needs.build.outputs.frontend'),
};

const scanImage = (image: keyof typeof images) =>
  new Step({
    name: `Trivy: ${image}`,
    uses: pinned('aquasecurity/trivy-action'),
    with: {
      'image-ref': built[image],
      scanners: trivy.scanners,
      severity: trivy.severity,
      'ignore-unfixed': trivy.ignoreUnfixed,
      'exit-code': '1',
    },
  });

const scan = new NormalJob('scan', {
  name: 'Scan images and code',
  'runs-on': runner,
  'timeout-minutes': 15,
  permissions: { contents: 'read', packages: 'write' },
})
  .needs([build])
  .addSteps([
    checkout(),
    setupPython(),
    new Step({
      name: 'Bandit',
      'working-directory': images.api.context,
      run: 'pip install "$(grep "^bandit==" requirements-dev.txt)"\nbandit --recursive app scripts --configfile pyproject.toml',
    }),
    logIn(),
    scanImage('api'),
    scanImage('frontend'),
    new Step({
      name: `Move the tag ${imageTag} to the scanned digests`,
      env: { IMAGES: `${built.api} ${built.frontend}`, TAG: imageTag },
      run: [
        'for image in $IMAGES; do',
        '  docker buildx imagetools create --tag "${image%@*}:$TAG" "$image"',
        'done',
      ].join('\n'),
    }),
  ]);

const deploy = new NormalJob('deploy', {
  name: 'Deploy',
  'runs-on': runner,
  'timeout-minutes': 30,
  // By hand a run can be started on any branch: it tests and builds, but only develop is deployed.
  if: `github.ref == 'refs/heads/${branch}'`,
  permissions: { contents: 'read', packages: 'read' },
  environment: { name: environment, url: variable('STAGING_URL') },
  outputs: {
    release: expn('steps.stage.outputs.release'),
    from: expn('steps.migrate.outputs.from'),
    to: expn('steps.migrate.outputs.to'),
  },
})
  .needs([testApi, testFrontend, build, scan])
  .addSteps([
    checkout(),
    new Step({
      id: 'stage',
      name: 'Stage the release',
      uses: './actions/ssh-deploy',
      with: {
        command: 'stage',
        ...connection,
        'compose-file': composeFile,
        images: `api=${built.api}\nfrontend=${built.frontend}`,
        'optional-services': variable('STAGING_OPTIONAL_SERVICES'),
        registry,
        'registry-username': registryCredentials.username,
        'registry-password': registryCredentials.password,
      },
    }),
    new Step({
      id: 'migrate',
      name: 'Migrate the database',
      uses: './actions/run-migrations',
      with: { ...connection, release: expn('steps.stage.outputs.release') },
    }),
    new Step({
      name: 'Release',
      uses: './actions/ssh-deploy',
      with: { command: 'release', ...connection, release: expn('steps.stage.outputs.release') },
    }),
  ]);

const smoke = new NormalJob('smoke', {
  name: 'Smoke test',
  'runs-on': runner,
  'timeout-minutes': 10,
  permissions: readOnly,
  environment,
})
  .needs([deploy])
  .addSteps([
    checkout(),
    new Step({
      name: 'Ask staging what it runs',
      uses: './actions/smoke-test',
      with: {
        url: variable('STAGING_URL'),
        commit: expn('github.sha'),
        checks: JSON.stringify(smokeChecks, null, 2),
      },
    }),
    new Step({
      name: 'Confirm the release',
      uses: './actions/ssh-deploy',
      with: { command: 'confirm', ...connection, release: expn('needs.deploy.outputs.release') },
    }),
  ]);

const rollback = new NormalJob('rollback', {
  name: 'Roll back',
  'runs-on': runner,
  'timeout-minutes': 15,
  permissions: readOnly,
  environment,
  if: "always() && needs.deploy.result == 'success' && (needs.smoke.result == 'failure' || needs.smoke.result == 'cancelled')",
})
  .needs([deploy, smoke])
  .addSteps([
    checkout(),
    new Step({
      name: 'Return to the last confirmed release',
      uses: './actions/ssh-deploy',
      with: { command: 'rollback', ...connection },
    }),
  ]);

const notify = new NormalJob('notify', {
  name: 'Notify',
  'runs-on': runner,
  'timeout-minutes': 5,
  permissions: { actions: 'read', contents: 'read' },
  environment,
  if: 'always()',
})
  .needs([settings, testApi, testFrontend, build, scan, deploy, smoke, rollback])
  .addSteps([
    checkout(),
    new Step({
      name: 'Tell #staging-alerts',
      uses: './actions/slack-notify',
      with: {
        'webhook-url': secret('SLACK_WEBHOOK_URL'),
        needs: expn('toJSON(needs)'),
        'environment-url': variable('STAGING_URL'),
        // A release that was only staged is not deployed; a migration counts even if the release failed.
        release: expn("needs.deploy.result == 'success' && needs.deploy.outputs.release || ''"),
        'migration-from': expn(
          "needs.deploy.result != 'skipped' && needs.deploy.outputs.from || ''",
        ),
        'migration-to': expn("needs.deploy.result != 'skipped' && needs.deploy.outputs.to || ''"),
        'github-token': expn('github.token'),
      },
    }),
  ]);

/** What a run by hand can be told. */
export const dispatchInputs = {
  reason: {
    description: 'Why this run was started by hand; shown in the list of runs',
    type: 'string',
    required: false,
  },
} as const;

export default new Workflow('staging', {
  name: 'Staging',
  on: {
    push: { branches: [branch] },
    workflow_dispatch: { inputs: dispatchInputs },
  },
  'run-name': expn("inputs.reason || github.event.head_commit.message || 'Redeploy'"),
  permissions: {},
  // GitHub cancels no deployment half way; the host's own lock decides between two runs.
  concurrency: { group: 'staging', 'cancel-in-progress': false },
  defaults: { run: { shell: 'bash' } },
}).addJobs([settings, testApi, testFrontend, build, scan, deploy, smoke, rollback, notify]);
