import { glob, mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Files } from '../build/generated-files.ts';
import { packageCatalog } from '../generate-actions/catalog-files.ts';
import { generateActions } from '../generate-actions/generate-actions.ts';
import { packageRoot } from '../repository/repository.ts';
import { renderActionReadmes } from './action-readmes.ts';
import { buildActions } from './build-actions.ts';

/** Everything that is generated in the package: the catalog of actions, their bundles, and the tables of their pages. */
export async function generatePackage(): Promise<Files> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'bundles-'));
  await buildActions(folder.path);
  const files = new Map<string, Buffer>();
  for (const file of await filesIn(folder.path))
    files.set(join('actions', relative(folder.path, file)), await readFile(file));
  for (const [path, text] of await renderActionReadmes())
    files.set(relative(packageRoot, path), Buffer.from(text));
  return files.set(packageCatalog.generated, Buffer.from(await generateActions()));
}

/** The bundles that earlier builds have made below `root`, as far as they are there. */
export async function bundledEarlier(root: string = packageRoot): Promise<readonly string[]> {
  const files = await filesIn(join(root, 'actions'), '*/dist/**');
  return files.map((file) => relative(root, file));
}

async function filesIn(folder: string, pattern = '**'): Promise<readonly string[]> {
  const entries = glob(pattern, { cwd: folder, withFileTypes: true });
  const found = await Array.fromAsync(entries);
  return found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}
