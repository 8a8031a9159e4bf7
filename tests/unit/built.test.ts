import { mkdir, mkdtempDisposable, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { isBuilt, recordBuilt } from '../../scripts/package/built.ts';

it('knows whether anything has changed since the last build, in what it read or in what it wrote', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'built-'));
  const root = folder.path;
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  await write('actions/one/src/main.ts', 'source');
  await write('actions/one/dist/index.mjs', 'bundle');
  await write('package-lock.json', '{}');
  expect(await isBuilt(root)).toBe(false);
  await recordBuilt(root);
  expect(await isBuilt(root)).toBe(true);

  await write('README.md', 'no part of it');
  expect(await isBuilt(root)).toBe(true);
  for (const path of [
    'actions/one/src/main.ts',
    'actions/one/dist/index.mjs',
    'package-lock.json',
    'src/new.ts',
  ]) {
    await write(path, `${path} changed`);
    expect(await isBuilt(root), path).toBe(false);
    await recordBuilt(root);
  }
  await rm(join(root, 'actions/one/dist/index.mjs'));
  expect(await isBuilt(root)).toBe(false);
});
