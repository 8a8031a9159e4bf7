import { expect, it } from 'vitest';
import { AdoptingRepository, workflowWith } from './adopting-repository.ts';

const sha = 'ab'.repeat(20);
const lock = JSON.stringify({
  'acme/greet': {
    tag: 'v1.2.3',
    sha,
    released: '2026-01-02',
    using: 'node24',
    inputs: {
      whom: { required: true, default: null },
      loud: { required: false, default: 'false' },
      tone: { required: false, default: 'kind' },
    },
    outputs: ['answer'],
  },
});
const types = `acme/greet:
  inputs:
    tone: { type: enum, allowed-values: [kind, curt] }
`;

const step = (inputs: string) =>
  workflowWith(`  .step({ name: 'Greet', uses: 'acme/greet', with: { ${inputs} } })`);

async function adopting(inputs: string): Promise<AdoptingRepository> {
  return await AdoptingRepository.make({
    'pipeline/actions.lock.json': lock,
    'pipeline/action-types.yml': types,
    'pipeline/staging.ts': step(inputs),
  });
}

const build = ['build', '--no-lint', '--types'];

it('makes an action of a project’s own known to its workflows, at the first build', async () => {
  await using repository = await adopting("whom: 'all', loud: true, tone: 'curt'");
  const { exitCode, output } = await repository.run(build);
  expect(output).toBe('wrote pipeline/actions.generated.ts\nwrote .github/workflows/staging.yml');
  expect(exitCode).toBe(0);
  expect(await repository.read('.github/workflows/staging.yml')).toContain(
    `uses: acme/greet@${sha} # v1.2.3\n        with:\n          whom: all\n          loud: true\n          tone: curt\n`,
  );
  // The package's own catalog is as it was.
  expect(await repository.read('pipeline/actions.generated.ts')).not.toContain('actions/checkout');
});

it.each([
  ['an input that it does not have', "whom: 'all', when: 'now'", 'acme/greet has no input when'],
  ['a value that is none', "whom: 'all', tone: 'rude'", 'not a value of this input'],
  ['a type that is another', "whom: 'all', loud: 'yes'", 'not a value of this input'],
  ['nothing for what it requires', "tone: 'kind'", 'acme/greet requires the input whom'],
])('refuses %s, with the line', async (_, inputs, expected) => {
  await using repository = await adopting(inputs);
  const { exitCode, output } = await repository.run(build);
  expect(output).toMatch(new RegExp(`^pipeline/staging\\.ts:10:\\d+: [^]*${expected}`, 'm'));
  expect(exitCode).toBe(1);
});

it('takes what the package says of an action for another commit of it', async () => {
  await using repository = await AdoptingRepository.make({
    'pipeline/actions.lock.json': JSON.stringify({
      'actions/checkout': {
        tag: 'v9.9.9',
        sha,
        released: '2026-01-02',
        using: 'node24',
        inputs: {
          token: { required: false, default: '${{ github.token }}' },
          'persist-credentials': { required: false, default: 'true' },
          'fetch-depth': { required: false, default: '1' },
          submodules: { required: false, default: 'false' },
        },
        outputs: [],
      },
    }),
  });
  expect(await repository.run(build)).toMatchObject({ exitCode: 0 });
  const generated = await repository.read('pipeline/actions.generated.ts');
  // Neither is in the metadata.
  expect(generated).toContain('"submodules"?: boolean | "recursive";');
  expect(generated).toContain('"permissions":{"contents":{"least":"read","most":"read"}}');
  expect(await repository.read('.github/workflows/staging.yml')).toContain(
    `uses: actions/checkout@${sha} # v9.9.9\n`,
  );
});

it('names the line of a type that the metadata contradicts', async () => {
  await using repository = await adopting("whom: 'all'");
  await repository.write('pipeline/action-types.yml', types.replace('tone:', 'tune:'));
  const { exitCode, output } = await repository.run(build);
  expect(output).toContain(
    'pipeline/action-types.yml:3: the input tune of acme/greet does not exist in v1.2.3',
  );
  expect(exitCode).toBe(1);
});
