/** What differs between projects: branch, images, secrets, variables, tests, gates and smoke checks. */
import {
  type Bandit,
  defineProject,
  type NodeTests,
  type PythonTests,
  postgresService,
  redisService,
  repositorySettings,
  stagingEnvironment,
  step,
  type Trivy,
  testMigrations,
} from 'staging-pipeline';
import { environment } from './environment.ts';

const project = defineProject({
  branch: 'develop',
  composeFile: 'docker-compose.staging.yml',
  environmentExample: '.env.staging.example',
  environment,
  files: ['infra'],
  images: {
    api: { context: 'api', dockerfile: 'api/Dockerfile' },
    frontend: { context: 'frontend', dockerfile: 'frontend/Dockerfile' },
  },
  migrations: { service: 'api', database: 'postgres', target: 'head' },
  baseDirectory: '/srv/azals-staging',
  actions: { folder: 'actions' },
  documentation: 'docs/pipeline.md',
  dependabot: {
    interval: 'weekly',
    packages: { npm: ['.', 'frontend'], pip: ['api', 'tests/integration'] },
  },
  suites: {
    integration: {
      name: 'Integration tests',
      needs: {
        python: {
          file: 'api/pyproject.toml',
          requirements: 'tests/integration/requirements.txt',
        },
      },
      folder: '.',
      command: ['pytest', 'tests/integration/', '--base-url={url}'],
      report: 'reports/integration.xml',
      limit: 10,
      onFailure: 'rollback',
    },
    browser: {
      name: 'Browser tests',
      needs: { node: { file: 'frontend/package.json' }, browser: true },
      folder: 'frontend',
      command: ['npx', 'playwright', 'test', '--config=playwright.staging.config.ts'],
      report: 'reports/browser.xml',
      keeps: ['reports/browser'],
      limit: 15,
      onFailure: 'rollback',
    },
    load: {
      name: 'Load test',
      needs: { k6: '1.8.1' },
      folder: '.',
      command: ['k6', 'run', 'tests/load/staging-load-test.js'],
      report: 'reports/load.xml',
      keeps: ['reports/load.json'],
      limit: 10,
      onFailure: 'warn',
    },
  },
  local: {
    repository: 'azals/azals',
    addresses: { Frontend: '/', API: '/api', 'API Docs': '/docs' },
    environment: {
      CORS_ORIGINS: '{url}',
      STRIPE_SECRET_KEY: { generate: 'hex', bytes: 12, prefix: 'sk_test_' },
    },
    passwords: ['TEST_TENANT_PASSWORD', 'STAGING_RATE_LIMIT_KEY'],
    // Who sends the key is not held up by the limit of requests: docs/operations.md, Load.
    serverFiles: {
      'mounts/proxy/infra/nginx/rate-limit-key.conf': 'secure_link {md5:STAGING_RATE_LIMIT_KEY};\n',
    },
    hint: 'Sign in to tenant-test as qa@azals.test; the password is TEST_TENANT_PASSWORD in {secrets}',
  },
});

export default project;

/** The tag that follows the digests which passed tests and scan. */
export const imageTag = 'staging';

/** What the repository itself has to set: every job can read it. */
export const repository = repositorySettings();

/** The GitHub environment of the staging server: only the jobs that name it can read what it sets. */
export const staging = stagingEnvironment('staging', {
  // Without it the suites wait when they have asked too much.
  optional: ['STAGING_RATE_LIMIT_KEY'],
  secrets: {
    TEST_TENANT_PASSWORD:
      'Password of the test tenants, which the smoke test makes and signs in to',
    STAGING_RATE_LIMIT_KEY: 'Key with which the suites are not held up by the limit of requests',
  },
});

/** What Slack’s message shows, in French. */
export const slack = {
  locale: 'fr',
  stages: {
    settings: 'Réglages',
    'test-api': 'Tests de l’API',
    'test-frontend': 'Tests du frontend',
    build: 'Images',
    scan: 'Analyse',
    tag: 'Étiquette des images',
    announce: 'Annonce',
    deploy: 'Déploiement',
    smoke: 'Tests de fumée',
    integration: 'Tests d’intégration',
    browser: 'Tests navigateur',
    load: 'Test de charge',
    confirm: 'Confirmation',
    rollback: 'Retour en arrière',
  },
} as const;

const python = {
  directory: 'api',
  python: { file: 'api/pyproject.toml' },
  packages: { manager: 'pip', requirements: ['requirements-dev.txt'] },
} as const;

export const api: PythonTests = {
  name: 'Test API',
  ...python,
  services: {
    postgres: postgresService({
      image: project.serviceImage('postgres'),
      name: 'azals_test',
      port: 15432,
    }),
    redis: redisService({ image: project.serviceImage('redis'), port: 16379 }),
  },
  env: {
    DATABASE_URL: 'postgresql+psycopg://azals_test:azals_test@localhost:15432/azals_test',
    REDIS_URL: 'redis://localhost:16379/0',
    ENVIRONMENT: 'test',
    SECRET_KEY: 'only-for-tests-0123456789-0123456789',
  },
  steps: [
    step({
      name: 'Lint',
      run: `
        ruff check .
        ruff format --check .
      `,
    }),
    testMigrations({ from: 'base' }),
    step({ name: 'Tests', run: 'pytest' }),
  ],
};

export const frontend: NodeTests = {
  name: 'Test frontend',
  directory: 'frontend',
  node: { file: 'frontend/package.json' },
  packages: { manager: 'npm' },
  steps: [
    step({ name: 'Types', run: 'npm run typecheck' }),
    step({ name: 'Tests', run: 'npm test' }),
  ],
};

/** What makes the image scan fail the run. */
export const trivy: Trivy = {
  severity: ['CRITICAL', 'HIGH'],
  ignoreUnfixed: true,
  packages: { api: ['python-pkg'], repository: ['npm', 'pip'] },
  // The package's own: they run nowhere but in its tests and on the machine of a maintainer.
  skip: ['scripts/local', 'tests'],
};

export const bandit: Bandit = {
  ...python,
  install: 'pip install "$(grep "^bandit==" requirements-dev.txt)"',
  paths: ['app', 'scripts'],
  configuration: 'pyproject.toml',
};
export { smokeChecks } from './smoke-checks.ts';

/** What the suites sign in with, and what spares them the limit of requests. */
export const suiteSecrets = {
  TEST_TENANT_PASSWORD: staging.secrets.TEST_TENANT_PASSWORD,
  STAGING_RATE_LIMIT_KEY: staging.secrets.STAGING_RATE_LIMIT_KEY,
};
