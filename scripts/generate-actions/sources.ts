import { glob, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CatalogFiles } from './catalog-files.ts';
import { type Lock, metadataOf } from './lock.ts';
import { type Metadata, parseMetadata } from './metadata.ts';

/** An action that a step may use, and what its metadata says. */
export interface Action {
  /** What an author writes in `uses`, without the ref. */
  readonly key: string;
  /** What is compiled. */
  readonly uses: string;
  readonly version?: string;
  readonly metadata: Metadata;
}

/** The package's own actions below `root` and the third-party ones of the lock, in the order of their keys. */
export async function readActions(
  root: string,
  { ownActions }: CatalogFiles,
  lock: Lock,
): Promise<readonly Action[]> {
  const others = Object.entries(lock).map(([key, entry]): Action => {
    const pin = { uses: `${key}@${entry.sha}`, version: entry.tag };
    return { key, ...pin, metadata: metadataOf(entry) };
  });
  const own = ownActions === undefined ? [] : await readOwnActions(root, ownActions);
  return [...own, ...others].sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function readOwnActions(root: string, pattern: string): Promise<readonly Action[]> {
  const actions: Action[] = [];
  for await (const path of glob(pattern, { cwd: root })) {
    const key = `./actions/${basename(dirname(path))}`;
    const metadata = parseMetadata(await readFile(join(root, path), 'utf8'), path);
    actions.push({ key, uses: key, metadata });
  }
  return actions;
}
