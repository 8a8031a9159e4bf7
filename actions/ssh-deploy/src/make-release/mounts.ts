import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInput } from '../../../shared/src/errors.ts';

/** A path of the workspace that services read, with the hash of what it holds. */
export interface Mount {
  /** The first 12 hexadecimal digits of the content's SHA-256. */
  readonly hash: string;
  /** Relative to the workspace, without `./`. */
  readonly path: string;
}

/** Where on the host the content of a mount lies; never changed once it is there. */
export function mountSource(baseDirectory: string, { hash, path }: Mount): string {
  return `${baseDirectory}/mounts/${hash}/${path}`;
}

/** Where on the host the proxy's files lie: one place for all releases, so that the proxy need not be replaced. */
export function proxySource(baseDirectory: string, path: string): string {
  return `${baseDirectory}/mounts/proxy/${path}`;
}

/**
 * The hash of a file or folder of the workspace: of the sorted paths of its files, whether each may be executed, and
 * their bytes. Links count as what they say. Throws `InvalidInput` where there is nothing at the path.
 */
export async function hashContent(workspace: string, path: string): Promise<Mount> {
  const hash = createHash('sha256');
  for (const file of await filesBelow(workspace, path)) {
    const full = join(workspace, file);
    const status = await lstat(full);
    if (status.isSymbolicLink()) {
      hash.update(`link ${file}\0${await readlink(full)}\0`);
    } else {
      const mode = status.mode & 0o100 ? 'program' : 'file';
      hash.update(`${mode} ${file}\0${status.size}\0`).update(await readFile(full));
    }
  }
  return { hash: hash.digest('hex').slice(0, 12), path };
}

async function filesBelow(workspace: string, path: string): Promise<string[]> {
  const status = await lstat(join(workspace, path)).catch(() => undefined);
  if (status === undefined) throw new InvalidInput(`there is no ${path} in the workspace`);
  if (!status.isDirectory()) return [path];
  const names = await readdir(join(workspace, path));
  const below = await Promise.all(names.map((name) => filesBelow(workspace, `${path}/${name}`)));
  return below.flat().sort();
}
