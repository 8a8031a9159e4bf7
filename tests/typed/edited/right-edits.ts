import type { Edit, Row } from './edit.ts';

const lastStep = "  .step({ name: 'Unit tests', run: 'npm run test:unit' });";
const addStep = (definition: string) => `${lastStep.slice(0, -1)}\n  .step(${definition});`;
const kept = "    with: { 'persist-credentials': false },\n  })";
const tests = "step({ name: 'Tests', run: 'pytest' })";
const sendRun = '      tar --create dist | curl --fail --header';
const sent = (line: string) => `      ${line}\n${sendRun}`;
const readOnly = "  permissions: { contents: 'read' },";

const rows: readonly Row[] = [
  [
    'OIDC with a script',
    'pipeline-checks',
    readOnly,
    "  permissions: { contents: 'read', 'id-token': 'write' },",
  ],
  [
    'OIDC with curl',
    'ci',
    '  permissions: {},\n  environment: docs',
    "  permissions: { 'id-token': 'write' },\n  environment: docs",
  ],
  [
    'git push with kept credentials',
    'pipeline-checks',
    `${readOnly}\n})\n  .step({\n    name: 'Check out',\n    uses: 'actions/checkout',\n${kept}`,
    `  permissions: { contents: 'write' },\n})\n  .step({\n    name: 'Check out',\n    uses: 'actions/checkout',\n    with: { 'persist-credentials': true },\n  })\n  .step({ name: 'Tag', run: 'git tag --force checked && git push --force origin checked' })`,
  ],
  [
    'a variable that an action exports',
    'ci',
    "  .step({ name: 'Install', run: 'pip",
    "  .step({ name: 'Describe', uses: 'docker/metadata-action', with: { images: ['example.org/api'] } })\n  .step({ name: 'Labels', run: 'echo \"$DOCKER_METADATA_OUTPUT_JSON\"' })\n  .step({ name: 'Install', run: 'pip",
  ],
  [
    'the workspace in the env of a job',
    'ci',
    "    REDIS_URL: 'redis://localhost:6379/0',",
    "    REDIS_URL: 'redis://localhost:6379/0',\n    BUNDLE_GEMFILE: text`${github.workspace}/api/Gemfile`,",
  ],
  [
    'an exported expression that nobody uses yet',
    'staging',
    'const { branch, images } = project;',
    "export const onMain = equals(github.ref, 'refs/heads/main');\nconst { branch, images } = project;",
  ],
  [
    'JavaScript on plain values',
    'staging',
    'const { branch, images } = project;',
    "const { branch, images } = project;\nexport const label = branch === 'main' || branch === 'develop' ? 'ours' : !branch;",
  ],
  [
    'a job that may fail and checks nothing',
    'ci',
    "  name: 'Say it in the pull request',",
    "  name: 'Say it in the pull request',\n  'continue-on-error': true,",
  ],
  [
    'a report that may fail',
    'ci',
    "    name: 'Keep the report',\n",
    "    name: 'Keep the report',\n    if: always(),\n    'continue-on-error': true,\n",
  ],
  [
    'a step that looks at how another ended',
    'ci',
    "  .step({ name: 'Install', run: 'pip",
    "  .step(trial)\n  .step({ name: 'Was it?', if: equals(trial.outcome, 'failure'), run: 'echo \"::warning::slow\"' })\n  .step({ name: 'Install', run: 'pip",
  ],
  [
    'clean-up that may fail',
    'settings',
    tests,
    "step({ name: 'Tests', run: 'pytest\\nrm -f pytest.log || true' })",
  ],
  [
    '|| with its own failure',
    'settings',
    tests,
    "step({ name: 'Tests', run: \"pytest || { echo '::error::broken'; exit 1; }\" })",
  ],
  [
    'a grep that finds nothing',
    'settings',
    tests,
    "step({ name: 'Tests', run: 'pytest\\ngrep -c TODO tests/test_auth.py || true' })",
  ],
  [
    'what a test prints to a file',
    'settings',
    tests,
    "step({ name: 'Tests', run: 'pytest | tee pytest.log', shell: 'bash' })",
  ],
  [
    'a folder that the script makes',
    'settings',
    tests,
    "step({ name: 'Tests', run: 'mkdir -p reports\\ncd reports\\npytest ..' })",
  ],
  [
    'a folder that the build makes',
    'ci',
    '      npm run build -- --mode "$VERSION"\n',
    '      npm run build -- --mode "$VERSION"\n      cd dist\n      ls\n',
  ],
  [
    'a document of the shell',
    'ci',
    'cat > built-by.json <<EOF',
    'cat > check.sh <<\'END\'\n    echo "$REF_NAME"\n    END\n    cat > built-by.json <<EOF',
  ],
  [
    'a regular expression with both backslashes',
    'ci',
    "run: 'pip install --requirement requirements-dev.txt'",
    'run: \'pip install --requirement requirements-dev.txt && grep -E "\\\\.txt$" requirements-dev.txt\'',
  ],
  [
    'curl to a file',
    'pipeline-checks',
    lastStep,
    addStep(
      "{ name: 'Tool', run: 'curl -sSLo tool.tar.gz https://example.com/tool.tar.gz && tar xzf tool.tar.gz' }",
    ),
  ],
  [
    'curl into jq',
    'pipeline-checks',
    lastStep,
    addStep(
      "{ name: 'Ask', run: 'curl -sSf https://example.com/version.json | jq --raw-output .version' }",
    ),
  ],
  [
    'a secret on standard input',
    'ci',
    sendRun,
    sent('printf %s "$TOKEN" | docker login --username bot --password-stdin "$HOST"'),
  ],
  ['a secret in a file', 'ci', sendRun, sent('echo "$TOKEN" | base64 --decode > key.pem')],
  [
    'an output of several lines',
    'ci',
    'echo "version=$version" >> "$GITHUB_OUTPUT"',
    'echo "version=$version" >> "$GITHUB_OUTPUT"\n    end="end-$RANDOM"\n    {\n      echo "files<<$end"\n      git ls-files\n      echo "$end"\n    } >> "$GITHUB_OUTPUT"',
  ],
  [
    'the last commit as an output',
    'ci',
    'version=$(git describe --always)',
    'version=$(git log -1 --format=%h)',
  ],
  [
    'a branch as an output',
    'ci',
    'echo "version=$version" >> "$GITHUB_OUTPUT"',
    'echo "version=$version" >> "$GITHUB_OUTPUT"\n    echo "branch=$REF_NAME" >> "$GITHUB_OUTPUT"',
  ],
  [
    'a group for branches or else the run',
    'ci',
    'group: text`ci-${github.ref}`',
    'group: text`ci-${firstOf(github.head_ref, github.run_id)}`',
  ],
  [
    'a cache by commit',
    'ci',
    "key: text`pip-${versions.values.python}-${hashFiles('api/requirements-dev.txt')}`",
    'key: text`pip-${versions.values.python}-${github.sha}`',
  ],
  [
    'all artifacts',
    'ci',
    "with: { name: 'frontend-dist', path: 'dist' }",
    "with: { pattern: 'frontend-*', path: 'dist', 'merge-multiple': true }",
  ],
  [
    'an artifact of another run',
    'ci',
    "with: { name: 'frontend-dist', path: 'dist' }",
    "with: { name: 'website', path: 'dist', 'run-id': text`${github.run_id}` }",
  ],
  [
    'an artifact that is overwritten',
    'ci',
    '  .withOutputs({\n    version: version.outputs.version,',
    "  .step({ name: 'Again', uses: 'actions/upload-artifact', with: { name: 'frontend-dist', path: ['frontend/dist'], overwrite: true } })\n  .withOutputs({\n    version: version.outputs.version,",
  ],
  [
    'a port of its own',
    'ci',
    "    REDIS_URL: 'redis://localhost:6379/0',",
    "    REDIS_URL: 'redis://localhost:6379/0',\n    API_URL: 'http://localhost:8000',",
  ],
  [
    'a host of the network',
    'ci',
    "    REDIS_URL: 'redis://localhost:6379/0',",
    "    REDIS_URL: 'redis://localhost:6379/0',\n    SENTRY_DSN: 'https://key@sentry.example.com/1',",
  ],
  [
    'options with equals signs',
    'ci',
    '--health-interval 2s',
    '--health-interval=2s --health-timeout=1m30s',
  ],
  [
    'gh with the least permission',
    'ci',
    "run: 'gh pr comment",
    'run: \'gh pr view "$NUMBER" --repo "$REPOSITORY" && gh pr comment',
  ],
  [
    'a branch with a pattern',
    'ci',
    "branches: ['develop', 'feature/**']",
    "branches: ['develop', 'feature/**', '!feature/draft-*']",
  ],
  [
    'paths of a kind',
    'ci',
    "paths: ['api/**', 'frontend/**']",
    "paths: ['**/*.py', 'frontend/**', '!**/*.md']",
  ],
  [
    'an input that is not its default',
    'ci',
    "const onDevelop = equals(github.ref, 'refs/heads/develop');",
    "const onDevelop = and(equals(github.ref, 'refs/heads/develop'), not(equals(byHand.inputs.level, 'all')));",
  ],
  [
    'a boolean input in an if',
    'ci',
    "    name: 'Keep the report',\n",
    "    name: 'Keep the report',\n    if: equals(byHand.inputs.verbose, true),\n",
  ],
  [
    'an input of a boolean',
    'ci',
    "with: { 'persist-credentials': false },",
    "with: { 'persist-credentials': false, 'fetch-tags': byHand.inputs.verbose },",
  ],
  [
    'a choice of right values',
    'ci',
    "'if-no-files-found': 'error'",
    "'if-no-files-found': when(onDevelop, 'error', 'warn')",
  ],
  [
    'an output under its own condition',
    'ci',
    "  .step({\n    name: 'Build',\n",
    "  .step({ name: 'Docs', if: equals(github.event_name, 'pull_request'), env: { DOCS: changes.outputs.docs }, run: 'echo \"$DOCS\"' })\n  .step({\n    name: 'Build',\n",
  ],
  [
    'an output that is compared',
    'ci',
    "  .step({\n    name: 'Build',\n",
    "  .step({ name: 'Docs', if: equals(changes.outputs.docs, 'true'), run: 'ls docs' })\n  .step({\n    name: 'Build',\n",
  ],
  [
    'JSON of a type',
    'ci',
    "    equals(pages.result, 'success'),\n",
    "    equals(pages.result, 'success'),\n    fromJson(pages.outputs.docs, 'boolean'),\n",
  ],
  [
    'a waived rule',
    'settings',
    tests,
    "step({ name: 'Tests', run: 'pytest || true', waive: { gates: 'the suite is being repaired until Friday' } })",
  ],
  [
    'a matrix of whole numbers',
    'ci',
    "matrix({ python: ['3.12', '3.13'] })",
    "matrix({ python: ['3.12', '3.13'], shard: [1, 2] })",
  ],
  [
    'a script of many words',
    'settings',
    tests,
    "step({ name: 'Tests', run: 'for file in tests/test_*.py; do\\n  pytest \"$file\"\\ndone' })",
  ],
  [
    'a test of one case',
    'settings',
    tests,
    "step({ name: 'Tests', run: 'pytest tests/test_auth.py::test_sign_in -k \"not slow\" --junitxml=reports/unit.xml' })",
  ],
  [
    'the Docker socket of a test',
    'settings',
    tests,
    "step({ name: 'Tests', env: { TESTCONTAINERS_HOST_OVERRIDE: 'localhost' }, run: 'pytest' })",
  ],
  [
    'a job in a container',
    'ci',
    "  env: {\n    DATABASE_URL: 'postgresql://tests:secret@localhost:15432/tests',\n    REDIS_URL: 'redis://localhost:6379/0',\n  },",
    "  container: { image: 'python:3.13-slim@sha256:0123456789012345678901234567890123456789012345678901234567890123' },\n  env: {\n    DATABASE_URL: 'postgresql://tests:secret@postgres:5432/tests',\n    REDIS_URL: 'redis://redis:6379/0',\n  },",
  ],
  [
    'a schedule of a time zone',
    'ci',
    "cron: '17 4 * * 1'",
    "cron: '17 4 * * 1', timezone: 'Europe/Paris'",
  ],
  ['a release', 'ci', 'pull_request: {},', "pull_request: {}, release: { types: ['published'] },"],
  [
    'a timeout of a step',
    'settings',
    tests,
    "step({ name: 'Tests', 'timeout-minutes': 10, run: 'pytest' })",
  ],
  [
    'another job by hand',
    'staging',
    'const announced = announce(messages, { needs: [settings] });',
    "const announced = announce(messages, { needs: [settings], if: or(equals(github.event_name, 'push'), equals(byHand.inputs.action, 'deploy')) });",
  ],
  [
    'a retry until it works',
    'settings',
    tests,
    "step({ name: 'Tests', run: 'until pg_isready; do sleep 1; done\\npytest' })",
  ],
  [
    'quotes within quotes',
    'settings',
    tests,
    "step({ name: 'Tests', run: \"awk '{ print $1 }' pyproject.toml\\npytest -k 'not slow'\" })",
  ],
  [
    'a case',
    'settings',
    tests,
    "step({ name: 'Tests', run: 'case \"$CI\" in\\n  true) pytest ;;\\n  *) exit 1 ;;\\nesac' })",
  ],
  [
    'a function with a loop',
    'settings',
    tests,
    "step({ name: 'Tests', run: 'again() { for i in 1 2 3; do \"$@\" && return 0; done; return 1; }\\nagain pytest' })",
  ],
  [
    'a probe of a host with its own certificate',
    'ci',
    sendRun,
    sent('curl --insecure --silent --output /dev/null "https://$HOST"'),
  ],
  [
    'text of others as an argument of jq',
    'ci',
    'version=$(git describe --always)',
    'jq --null-input --arg note "$NOTE" \'{ note: $note }\' > note.json\n    version=1',
  ],
  [
    'one line of a file',
    'ci',
    'version=$(git describe --always)',
    'version=$(sed -n 1p api/pyproject.toml)',
  ],
  [
    'a module of the folder',
    'ci',
    "run: 'pip install --requirement requirements-dev.txt'",
    "run: 'python -m app.wait_for_database && python -m pip install --requirement requirements-dev.txt'",
  ],
  [
    'a hidden file that is asked for',
    'ci',
    "path: ['frontend/dist']",
    "path: ['frontend/.coverage'], 'include-hidden-files': true",
  ],
  [
    'a job only by hand',
    'ci',
    "needs: [pages],\n  if: equals(github.event_name, 'pull_request')",
    "needs: [pages],\n  if: and(equals(github.event_name, 'pull_request'), equals(github.event.action, 'synchronize'))",
  ],
];

/** Changes of right definitions that leave them right, many of which look like a mistake. */
export const rightEdits: readonly Edit[] = rows.map(([name, file, find, replace]) => ({
  ...{ kind: 'right', name, file, find, replace },
}));
