import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { apply, differences, madeEarlier } from '../../scripts/build/generated-files.ts';
import { bundledEarlier } from '../../scripts/package/generated-files.ts';
import { smallProject } from './small-project.ts';
import { temporaryFolder } from './stand-ins-process.ts';

const notice = '# Compiled from workflows/x.ts\n';

async function folderWith(files: Record<string, string>) {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, path)), { recursive: true });
    await writeFile(join(folder.path, path), text);
  }
  return folder;
}

const made = new Map(
  Object.entries({
    '.github/workflows/staging.yml': notice,
    'actions/one/dist/index.mjs': 'new',
    'actions/one/dist/post.mjs': 'same',
    'actions/one/README.md': 'table',
  }).map(([path, text]) => [path, Buffer.from(text)]),
);
const present = {
  '.github/workflows/removed.yml': notice,
  '.github/workflows/by-hand.yml': 'name: By hand\n',
  'actions/one/dist/index.mjs': 'old',
  'actions/one/dist/post.mjs': 'same',
  'actions/one/dist/nested/left-over.mjs': '',
  'actions/one/README.md': 'table',
  'actions/one/src/index.ts': 'source',
};

async function differencesIn(root: string) {
  const repository = { root, folder: 'workflows', project: smallProject({ root }) };
  const earlier = [...(await madeEarlier(repository)), ...(await bundledEarlier(root))];
  return await differences(root, made, earlier);
}

it('finds what is missing, out of date and stale, and leaves work by hand alone', async () => {
  await using found = await folderWith(present);
  expect(await differencesIn(found.path)).toEqual([
    { path: '.github/workflows/removed.yml', state: 'stale' },
    { path: '.github/workflows/staging.yml', state: 'missing' },
    { path: 'actions/one/dist/index.mjs', state: 'out of date' },
    { path: 'actions/one/dist/nested/left-over.mjs', state: 'stale' },
  ]);
});

it('mends every difference, and only those', async () => {
  await using found = await folderWith(present);
  const list = await differencesIn(found.path);
  await apply(found.path, made, list);
  expect(await differencesIn(found.path)).toEqual([]);
  expect(await readFile(join(found.path, 'actions/one/dist/index.mjs'), 'utf8')).toBe('new');
  for (const kept of ['.github/workflows/by-hand.yml', 'actions/one/src/index.ts'])
    expect(existsSync(join(found.path, kept))).toBe(true);
});
