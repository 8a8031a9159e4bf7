import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { AdoptingRepository, workflowWith } from './adopting-repository.ts';

const smokeTest = workflowWith(`  .step({
    name: 'Ask',
    uses: './actions/smoke-test',
    with: { url: 'http://localhost', commit: 'x', checks: '[]' },
  })`);
const folder = 'pipeline/actions/smoke-test';
const byHand = 'name: Ours\nruns: { using: node24, main: dist/index.js }\n';

it('copies the actions that workflows use, flat, with a notice, and takes them away again', async () => {
  await using repository = await AdoptingRepository.make({
    'pipeline/staging.ts': smokeTest,
    'pipeline/actions/ours/action.yml': byHand,
  });
  const built = await repository.run(['build', '--no-lint']);
  expect(built).toMatchObject({ exitCode: 0 });
  const bundle = join(packageRoot, 'actions/smoke-test/dist');
  const copied = await readdir(join(repository.path, folder));
  expect(copied.sort()).toEqual(['action.yml', ...(await readdir(bundle))].sort());
  expect(built.output.split('\n').sort()).toEqual(
    ['.github/workflows/staging.yml', ...copied.map((file) => `${folder}/${file}`)]
      .map((path) => `wrote ${path}`)
      .sort(),
  );
  const metadata = await repository.read(`${folder}/action.yml`);
  expect(metadata).toMatch(
    /^# Copied from staging-pipeline by `staging-pipeline build`: do not edit it\.\n/,
  );
  const { runs } = parse(metadata);
  // The runner finds the bundle where the metadata says, without a dist/ that a .gitignore hides.
  expect(runs.main).not.toContain('/');
  expect(await repository.read(`${folder}/${runs.main}`)).toBe(
    await readFile(join(bundle, runs.main), 'utf8'),
  );
  expect(await repository.read('.github/workflows/staging.yml')).toContain(`uses: ./${folder}\n`);
  expect((await repository.run(['build', '--no-lint'])).output).toBe(
    'Every generated file is up to date.',
  );

  await repository.write(
    'pipeline/staging.ts',
    workflowWith("  .step({ name: 'Greet', run: 'echo hello' })"),
  );
  const without = await repository.run(['build', '--no-lint']);
  const removed = copied.map((file) => `removed ${folder}/${file}`);
  expect(without.output.split('\n')).toEqual(expect.arrayContaining(removed));
  expect(existsSync(join(repository.path, folder, 'action.yml'))).toBe(false);
  expect(await repository.read('pipeline/actions/ours/action.yml')).toBe(byHand);
});

it('copies nothing where the settings name the actions of another repository', async () => {
  const sha = 'ab'.repeat(20);
  await using repository = await AdoptingRepository.make({ 'pipeline/staging.ts': smokeTest });
  const settings = await repository.read('pipeline/settings.ts');
  const place = `actions: { repository: 'example/pipeline', sha: '${sha}', version: 'v1.2.3' },`;
  await repository.write(
    'pipeline/settings.ts',
    settings.replace('  baseDirectory', `  ${place}\n  baseDirectory`),
  );
  expect((await repository.run(['build', '--no-lint'])).output).toBe(
    'wrote .github/workflows/staging.yml',
  );
  expect(await repository.read('.github/workflows/staging.yml')).toContain(
    `uses: example/pipeline/actions/smoke-test@${sha} # v1.2.3\n`,
  );
});

it('finds a copy that somebody has changed', async () => {
  await using repository = await AdoptingRepository.make({ 'pipeline/staging.ts': smokeTest });
  await repository.run(['build', '--no-lint']);
  await repository.write(
    `${folder}/action.yml`,
    `${await repository.read(`${folder}/action.yml`)}#\n`,
  );
  const { exitCode, output } = await repository.run(['check']);
  expect(output).toContain(`  ${folder}/action.yml: out of date\n`);
  expect(exitCode).toBe(1);
});
