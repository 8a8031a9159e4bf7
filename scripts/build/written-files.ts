import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What files held; `undefined` where there was none. */
export type Contents = ReadonlyMap<string, Buffer | undefined>;

/** What files hold now, by their paths relative to `root`. */
export async function present(root: string, paths: readonly string[]): Promise<Contents> {
  const entries = paths.map(
    async (path) => [path, await readFile(join(root, path)).catch(() => undefined)] as const,
  );
  return new Map(await Promise.all(entries));
}

/** Makes files what they were. */
export async function restore(root: string, contents: Contents): Promise<void> {
  for (const [path, content] of contents)
    if (content === undefined) await rm(join(root, path), { force: true });
    else await writeFile(join(root, path), content);
}
