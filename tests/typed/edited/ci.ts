/** A right definition of everyday things, for the edits of mistakes.ts and right-edits.ts. */
import {
  and,
  cancelled,
  dispatch,
  environment,
  equals,
  firstOf,
  github,
  hashFiles,
  job,
  matrix,
  not,
  step,
  text,
  when,
  workflow,
} from 'staging-pipeline';

const docs = environment('docs', {
  variables: { DOCS_HOST: 'Where the pages are' },
  secrets: { DOCS_TOKEN: 'Writes there' },
});

const byHand = dispatch({
  level: {
    description: 'How much is tested',
    type: 'choice',
    options: ['quick', 'all'],
    default: 'quick',
  },
  verbose: { description: 'Print more', type: 'boolean', default: false },
  note: { description: 'Why', type: 'string' },
});

const versions = matrix({ python: ['3.12', '3.13'] });
const basics = { 'runs-on': 'ubuntu-24.04', 'timeout-minutes': 10 } as const;
const onDevelop = equals(github.ref, 'refs/heads/develop');

const checkout = step({
  name: 'Check out',
  uses: 'actions/checkout',
  with: { 'persist-credentials': false },
});

export const trial = step({
  id: 'trial',
  name: 'Try the slow tests',
  'continue-on-error': true,
  run: 'pytest --durations=5',
});

const unit = job('unit', {
  ...basics,
  name: text`Unit tests on Python ${versions.values.python}`,
  strategy: { matrix: versions, 'fail-fast': false },
  permissions: { contents: 'read' },
  defaults: { run: { 'working-directory': 'api' } },
  concurrency: { group: text`unit-${github.ref}-${versions.values.python}` },
  env: {
    DATABASE_URL: 'postgresql://tests:secret@localhost:15432/tests',
    REDIS_URL: 'redis://localhost:6379/0',
  },
  services: {
    postgres: {
      image:
        'postgres:15-alpine@sha256:0123456789012345678901234567890123456789012345678901234567890123',
      env: { POSTGRES_USER: 'tests', POSTGRES_PASSWORD: 'secret', POSTGRES_DB: 'tests' },
      ports: ['15432:5432'],
      options: '--health-cmd "pg_isready -U tests" --health-interval 2s --health-retries 30',
    },
    redis: {
      image:
        'redis:7-alpine@sha256:0123456789012345678901234567890123456789012345678901234567890123',
      ports: ['6379:6379'],
    },
  },
})
  .step(checkout)
  .step({
    name: 'Set up Python',
    uses: 'actions/setup-python',
    with: { 'python-version': versions.values.python },
  })
  .step({
    name: 'Cache',
    uses: 'actions/cache',
    with: {
      path: '~/.cache/pip',
      key: text`pip-${versions.values.python}-${hashFiles('api/requirements-dev.txt')}`,
      'restore-keys': [text`pip-${versions.values.python}-`],
    },
  })
  .step({ name: 'Install', run: 'pip install --requirement requirements-dev.txt' })
  .step({
    name: 'Tests',
    run: `
      alembic upgrade heads
      pytest tests/test_health.py | tee pytest.log
    `,
  })
  .step({
    name: 'Keep the report',
    uses: 'actions/upload-artifact',
    with: {
      name: text`report-${versions.values.python}`,
      path: ['api/pytest.log'],
      'retention-days': 7,
    },
  });

const version = step({
  id: 'version',
  name: 'Version',
  env: { REF_NAME: github.ref_name, NOTE: byHand.inputs.note },
  run: `
    version=$(git describe --always)
    echo "version=$version" >> "$GITHUB_OUTPUT"
    {
      echo "note<<end-$GITHUB_RUN_ID-$RANDOM"
      printf '%s\\n' "$NOTE"
      echo "end-$GITHUB_RUN_ID-$RANDOM"
    } > note.txt
    cat > built-by.json <<EOF
    { "ref": "$REF_NAME" }
    EOF
  `,
  writes: ['version'],
});

const changes = step({
  id: 'changes',
  name: 'Changes',
  if: equals(github.event_name, 'pull_request'),
  run: 'echo "docs=true" >> "$GITHUB_OUTPUT"',
  writes: ['docs'],
});

const pages = job('pages', {
  ...basics,
  name: 'Build the pages',
  permissions: { contents: 'read' },
})
  .step(checkout)
  .step({
    name: 'Set up Node.js',
    uses: 'actions/setup-node',
    with: {
      'node-version-file': 'frontend/package.json',
      cache: 'npm',
      'cache-dependency-path': ['frontend/package-lock.json'],
    },
  })
  .step(version)
  .step(changes)
  .step({
    name: 'Build',
    'working-directory': 'frontend',
    env: { VERSION: version.outputs.version },
    run: `
      npm ci
      npm run typecheck
      npm run build -- --mode "$VERSION"
    `,
  })
  .step({
    name: 'Keep the pages',
    uses: 'actions/upload-artifact',
    with: { name: 'frontend-dist', path: ['frontend/dist'], 'if-no-files-found': 'error' },
  })
  .withOutputs({
    version: version.outputs.version,
    docs: firstOf(changes.outputs.docs, 'false'),
  });

const publish = job('publish', {
  ...basics,
  name: 'Publish the pages',
  needs: [unit, pages],
  if: and(
    not(cancelled()),
    onDevelop,
    equals(unit.result, 'success'),
    equals(pages.result, 'success'),
  ),
  permissions: {},
  environment: docs,
  concurrency: { group: 'docs', 'cancel-in-progress': false },
})
  .step({
    name: 'Get the pages',
    uses: 'actions/download-artifact',
    with: { name: 'frontend-dist', path: 'dist' },
  })
  .step({
    name: 'Send',
    env: {
      TOKEN: docs.secrets.DOCS_TOKEN,
      HOST: docs.vars.DOCS_HOST,
      VERSION: pages.outputs.version,
      MODE: when(equals(github.event_name, 'push'), 'push', 'hand'),
    },
    run: `
      tar --create dist | curl --fail --header "Authorization: Bearer $TOKEN" --data-binary @- "https://$HOST/$VERSION?mode=$MODE"
    `,
  });

const comment = job('comment', {
  ...basics,
  name: 'Say it in the pull request',
  needs: [pages],
  if: equals(github.event_name, 'pull_request'),
  permissions: { 'pull-requests': 'write' },
}).step({
  name: 'Comment',
  env: {
    GH_TOKEN: github.token,
    NUMBER: github.event.pull_request.number,
    TITLE: github.event.pull_request.title,
    REPOSITORY: github.repository,
    VERSION: pages.outputs.version,
  },
  run: 'gh pr comment "$NUMBER" --repo "$REPOSITORY" --body "$TITLE: built as $VERSION"',
});

export default workflow('ci', {
  name: 'CI',
  on: {
    push: { branches: ['develop', 'feature/**'], paths: ['api/**', 'frontend/**'] },
    pull_request: {},
    schedule: [{ cron: '17 4 * * 1' }],
    workflow_dispatch: byHand,
  },
  permissions: {},
  concurrency: {
    group: text`ci-${github.ref}`,
    'cancel-in-progress': equals(github.event_name, 'pull_request'),
  },
  defaults: { run: { shell: 'bash' } },
  jobs: [unit, pages, publish, comment],
  promises: [{ jobs: [publish], after: [unit, pages] }],
});
