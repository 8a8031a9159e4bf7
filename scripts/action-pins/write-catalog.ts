import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CatalogFiles, packageCatalog } from '../generate-actions/catalog-files.ts';
import { formatted } from '../generate-actions/formatted.ts';
import type { Interface } from '../generate-actions/interfaces.ts';
import type { Lock } from '../generate-actions/lock.ts';
import { render } from '../generate-actions/render.ts';

/** Writes the lock of a catalog below `root`, and what is generated from it. */
export async function writeCatalog(
  root: string,
  files: CatalogFiles,
  { lock, actions }: { readonly lock: Lock; readonly actions: readonly Interface[] },
): Promise<void> {
  const sorted = Object.entries(lock).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const texts = {
    [files.lock]: JSON.stringify(Object.fromEntries(sorted), null, 2),
    [files.generated]: render(actions, files),
  };
  for (const [path, text] of Object.entries(texts))
    await writeFile(
      join(root, path),
      files === packageCatalog ? await formatted(text, path) : `${text.trim()}\n`,
    );
}
