import { mkdir, mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { codeOwnersOf } from '../../scripts/build/code-owners.ts';
import { apply, differences } from '../../scripts/build/generated-files.ts';
import { smallProject } from './small-project.ts';

/** Writes the owners of a project whose settings name these, and returns the file that GitHub reads. */
async function written(root: string, codeOwners: readonly string[], path = '.github/CODEOWNERS') {
  const project = smallProject({
    root,
    codeOwners,
    files: ['infra', 'my conf'],
    images: { api: { context: 'api', dockerfile: 'api/Dockerfile' } },
    actions: { folder: 'ci/actions' },
  });
  const made = await codeOwnersOf({ root, folder: 'ci', project });
  await apply(root, made, await differences(root, made, []));
  return await readFile(join(root, path), 'utf8').catch(() => undefined);
}

const ours = (owners: string) =>
  [
    '.github/workflows/',
    '.github/CODEOWNERS',
    'ci/',
    'ci/actions/',
    'compose.yml',
    '.env.example',
    'infra',
    'my\\ conf',
    'api/Dockerfile',
  ].map((path) => `/${path} ${owners}`);

it('names whom the settings name for all that reaches the server', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'owners-'));
  expect(await written(folder.path, [])).toBeUndefined();
  const text = await written(folder.path, ['@acme/devops', '@ines']);
  expect(text?.split('\n').slice(1, -2)).toEqual(ours('@acme/devops @ines'));
  expect(await written(folder.path, ['@acme/devops', '@ines'])).toBe(text);
});

it('leaves the lines of others, before its own, and takes its own away again', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'owners-'));
  const others = '# Ours.\n* @acme/everybody\n/docs/ @acme/writers\n';
  await mkdir(join(folder.path, 'docs'));
  await writeFile(join(folder.path, 'docs/CODEOWNERS'), others);
  const path = 'docs/CODEOWNERS';
  const text = (await written(folder.path, ['@acme/devops'], path)) ?? '';
  expect(text.startsWith(`${others}\n#`)).toBe(true);
  expect(text).toContain('/docs/CODEOWNERS @acme/devops\n');
  const another = (await written(folder.path, ['@acme/platform'], path)) ?? '';
  expect(another).toBe(text.replaceAll('@acme/devops', '@acme/platform'));
  await writeFile(join(folder.path, path), `${another}/last/ @acme/everybody\n`);
  expect(await written(folder.path, [], path)).toBe(`${others}/last/ @acme/everybody\n`);
});
