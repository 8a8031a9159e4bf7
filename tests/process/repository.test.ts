import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { temporaryFolder } from '../unit/stand-ins-process.ts';
import { AdoptingRepository, settings } from './adopting-repository.ts';
import { copyOfRepository } from './copy-of-repository.ts';

let repository: AdoptingRepository;

beforeAll(async () => {
  repository = await AdoptingRepository.make({ 'web/src/settings.ts': 'export default {};\n' });
});

afterAll(() => repository?.[Symbol.asyncDispose]());

it.each(['.', 'pipeline', 'web/src'])(
  'finds the one pipeline of a repository from its folder %s',
  async (folder) => {
    const { exitCode, output } = await repository.run(['graph'], { folder });
    expect(output).toContain('flowchart');
    expect(exitCode).toBe(0);
  },
);

it('says that a folder is in no repository', async () => {
  await using outside = await temporaryFolder();
  await mkdir(join(outside.path, 'empty'));
  const { exitCode, output } = await repository.run(['graph'], {
    folder: join('../..', '..', outside.path, 'empty'),
    env: { GIT_CEILING_DIRECTORIES: '/' },
  });
  expect(output).toContain('empty is in no Git repository: run this in the one of your pipeline.');
  expect(exitCode).toBe(1);
});

it('says that a repository has no pipeline', async () => {
  await using none = await AdoptingRepository.make({
    'pipeline/settings.ts': 'export default {};\n',
  });
  const { exitCode, output } = await none.run(['build']);
  expect(output).toContain(
    `${none.path} has no settings.ts that imports staging-pipeline: docs/adopting.md`,
  );
  expect(exitCode).toBe(1);
});

it('takes, of several pipelines, the one it is run in, and asks where it is run in none', async () => {
  await using several = await AdoptingRepository.make({
    'other/package.json': JSON.stringify({ type: 'module' }),
    'other/settings.ts': settings.replace('develop', 'main'),
  });
  await several.install('other', packageRoot);
  const outside = await several.run(['graph'], { folder: '.' });
  expect(outside.output).toContain(
    'There are several pipelines here: other, pipeline. Run the command in the folder of one.',
  );
  expect(outside.exitCode).toBe(1);
  expect((await several.run(['graph'], { folder: 'pipeline' })).output).toContain('flowchart');
  const inside = await several.run(['graph'], { folder: 'other' });
  expect(inside.output).toContain('There is no workflow staging');
});

it('says that the settings use another copy of the package', async () => {
  await using copy = await copyOfRepository();
  await using two = await AdoptingRepository.make({
    'pipeline/settings.ts': undefined,
    'other/package.json': JSON.stringify({ type: 'module' }),
    'other/settings.ts': settings,
  });
  await two.install('other', copy.path);
  const { exitCode, output } = await two.run(['graph'], { folder: 'other' });
  expect(output).toContain(
    `the default export of other/settings.ts was not made by defineProject() of ${packageRoot}.`,
  );
  expect(output).toContain('run the command by npx or npm run in other.');
  expect(exitCode).toBe(1);
});

it('says that the settings export no project', async () => {
  await using none = await AdoptingRepository.make({
    'pipeline/settings.ts': settings.replace('export default', 'export const project ='),
  });
  const { output } = await none.run(['graph']);
  expect(output).toContain('the default export of pipeline/settings.ts was not made by');
});

it('says what to install where an import is not there', async () => {
  await using lacking = await AdoptingRepository.make({
    'pipeline/settings.ts': `import 'no-such-package';\n${settings}`,
  });
  const { exitCode, output } = await lacking.run(['graph']);
  expect(output).toContain(
    'pipeline/settings.ts imports no-such-package, which is not installed: npm ci --prefix pipeline',
  );
  expect(output).not.toContain('    at ');
  expect(exitCode).toBe(1);
});
