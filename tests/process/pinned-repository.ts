import { AdoptingRepository, settings, workflowWith } from './adopting-repository.ts';

export const before = {
  checkout: 'a1'.repeat(20),
  upload: 'b1'.repeat(20),
};

const entry = { released: '2026-01-02', using: 'node24' };

/** What the lock of the small repository has: an action at another commit than the package, and one of its own. */
export const lock = {
  'actions/checkout': {
    tag: 'v7.0.1',
    sha: before.checkout,
    ...entry,
    inputs: {
      depth: { required: false, default: '1' },
      submodules: { required: false, default: 'false' },
      // What the package's own steps give it.
      'persist-credentials': { required: false, default: 'true' },
      'fetch-depth': { required: false, default: '1' },
    },
    outputs: ['commit', 'ref'],
  },
  'github/codeql-action/upload-sarif': {
    tag: 'v4.36.2',
    sha: before.upload,
    ...entry,
    inputs: { sarif_file: { required: false, default: '../results' } },
    outputs: ['sarif-id'],
  },
};

const types = `actions/checkout:
  inputs:
    submodules: { type: enum, allowed-values: ["true", "false", recursive] }
`;

const definition = `import { step } from 'staging-pipeline';

export const checkOut = step({
  name: 'Check out',
  uses: 'actions/checkout',
  with: {
    depth: 2,
    submodules: 'recursive',
  },
});
`;

const workflow = workflowWith(`  .step({
    name: 'Upload',
    uses: 'github/codeql-action/upload-sarif',
    with: { sarif_file: 'x.sarif' },
  })
  .step({ ...checkOut, name: 'Check out again' })
  .step({ name: 'Deploy', uses: './actions/smoke-test', with: { url: 'http://x', commit: 'y', checks: '[]' } })`)
  // None of the two takes a token in this lock.
  .replace("permissions: { contents: 'read' }", 'permissions: {}')
  .replace(/ {2}\.step\(\{ name: 'Check out'.*\n/, '  .step(checkOut)\n')
  .replace(/^/, "import { checkOut } from './check-out.ts';\n");

const byHand = `name: By hand
jobs: { one: { steps: [{ uses: actions/checkout@v1 }] } }
`;

/** What a bot finds: a repository with a catalog of its own, built. */
export async function pinnedRepository(): Promise<AdoptingRepository> {
  const repository = await AdoptingRepository.make({
    'pipeline/settings.ts': settings,
    'pipeline/actions.lock.json': JSON.stringify(lock),
    'pipeline/action-types.yml': types,
    'pipeline/check-out.ts': definition,
    'pipeline/staging.ts': workflow,
    '.github/workflows/by-hand.yml': byHand,
  });
  const { exitCode, output } = await repository.run(['build', '--no-lint']);
  if (exitCode !== 0) throw new Error(output);
  return repository;
}

/** Changes the compiled workflow as a bot does, which knows nothing of its source. */
export async function edit(
  repository: AdoptingRepository,
  change: (text: string) => string,
): Promise<void> {
  const path = '.github/workflows/staging.yml';
  const text = await repository.read(path);
  const changed = change(text);
  if (changed === text) throw new Error('The edit changed nothing');
  await repository.write(path, changed);
}

/** All that the command may write. */
export async function state(repository: AdoptingRepository): Promise<readonly string[]> {
  return await Promise.all(
    [
      'pipeline/actions.lock.json',
      'pipeline/actions.generated.ts',
      'pipeline/action-types.yml',
      '.github/workflows/staging.yml',
    ].map((path) => repository.read(path)),
  );
}
