/** What differs in this repository: images, services, tests and what the deployed staging has to answer. */
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

const project = defineProject({
  branch: 'trunk',
  composeFile: 'deploy/compose.staging.yml',
  environmentExample: 'deploy/staging.env.example',
  files: ['deploy/edge'],
  images: {
    backend: { context: '.', dockerfile: 'Dockerfile' },
    web: { context: 'web', dockerfile: 'web/Dockerfile' },
  },
  proxy: 'edge',
  migrations: { service: 'backend', database: 'db', target: 'heads' },
  baseDirectory: '/srv/workshop',
  local: {
    repository: 'velo/workshop',
    addresses: { Site: '/', Status: '/v2/status' },
    environment: {
      WORKSHOP_PUBLIC_URL: '{url}',
      WORKSHOP_SEAL_KEY: { generate: 'fernet' },
    },
  },
});

export default project;

/** What GitHub has to have: for the repository, and for the environment of the staging server. */
export const repository = repositorySettings();
export const staging = stagingEnvironment('staging');

const python = {
  directory: '.',
  python: { file: 'pyproject.toml' },
  packages: { manager: 'pip', requirements: ['requirements/dev.txt'] },
} as const;

export const backend: PythonTests = {
  name: 'Test backend',
  ...python,
  services: {
    db: postgresService({ image: project.serviceImage('db'), name: 'workshop_test', port: 15544 }),
    cache: redisService({ image: project.serviceImage('cache'), port: 16544 }),
  },
  env: {
    DATABASE_URL: 'postgresql+psycopg2://workshop_test:workshop_test@localhost:15544/workshop_test',
    WORKSHOP_CACHE: 'redis://localhost:16544/0',
    WORKSHOP_PUBLIC_URL: 'http://localhost',
    WORKSHOP_SEAL_KEY: 'b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMhISE=',
  },
  steps: [
    step({ name: 'Lint', run: 'ruff check src tests' }),
    testMigrations({ from: 'base' }),
    step({ name: 'Tests', run: 'pytest' }),
  ],
};

export const web: NodeTests = {
  name: 'Test web',
  directory: 'web',
  node: { file: 'web/package.json' },
  packages: { manager: 'pnpm', version: '9.15.9' },
  steps: [step({ name: 'Tests', run: 'pnpm test' })],
};

export const trivy: Trivy = {
  severity: ['CRITICAL', 'HIGH'],
  ignoreUnfixed: true,
};

export const bandit: Bandit = {
  ...python,
  install: 'pip install "bandit>=1.8,<2"',
  paths: ['src', 'migrations'],
};

/** The titles of the jobs in Slack's message, in order. */
export const slack = {
  locale: 'en',
  stages: {
    settings: 'Settings',
    'test-backend': 'Tests of the backend',
    'test-web': 'Tests of the site',
    build: 'Images',
    scan: 'Scan',
    announce: 'Announcement',
    deploy: 'Deployment',
    smoke: 'Smoke test',
    rollback: 'Rollback',
  },
} as const;

/** What the deployed staging has to answer; `{commit}` is the commit that was deployed. */
export const smokeChecks = [
  {
    name: 'The backend runs this commit',
    path: '/v2/status',
    status: 200,
    json: { '/build/commit': '{commit}', '/state': 'up', '/cache': 'up' },
  },
  {
    name: 'The site is of this commit',
    path: '/build.json',
    status: 200,
    json: { '/commit': '{commit}' },
  },
  { name: 'The site is served', path: '/', status: 200, contains: '<main id="workshop">' },
  {
    name: 'The tables are there',
    path: '/v2/bookings',
    status: 200,
    headers: { 'X-Workshop': 'north' },
  },
  { name: 'Bookings want a workshop', path: '/v2/bookings', status: 400 },
];
