import { createHash } from 'node:crypto';
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageRoot } from '../repository/repository.ts';

/** What a build reads and what it writes. */
const files = ['{actions,scripts,src}/**', 'package.json', 'package-lock.json'];

const record = 'node_modules/.cache/staging-pipeline/built';

/** Whether the last build left these very files: then another one would write nothing. */
export async function isBuilt(root: string = packageRoot): Promise<boolean> {
  const recorded = await readFile(join(root, record), 'utf8').catch(() => '');
  return recorded !== '' && recorded === (await hashOf(root));
}

/** Remembers that a build has left the files as they are now. */
export async function recordBuilt(root: string = packageRoot): Promise<void> {
  const hash = await hashOf(root);
  await mkdir(dirname(join(root, record)), { recursive: true });
  await writeFile(join(root, record), hash);
}

async function hashOf(root: string): Promise<string> {
  const entries = await Array.fromAsync(glob(files, { cwd: root, withFileTypes: true }));
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const hash = createHash('sha256');
  for (const path of paths.sort()) {
    const content = await readFile(path);
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
