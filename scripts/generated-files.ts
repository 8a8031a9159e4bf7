import { copyFile, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { renderActionReadmes } from './action-readmes.ts';
import { buildActions } from './build-actions.ts';
import { generatedPath } from './generate-actions/render.ts';
import { generateActions } from './generate-actions.ts';
import { renderReadme } from './readme.ts';
import { repositoryRoot } from './repository.ts';
import { buildWorkflows } from './workflows.ts';

const patterns = [
  '.github/workflows/*.yml',
  'actions/*/dist/**',
  'actions/*/README.md',
  'README.md',
  generatedPath,
];

/** A file that is not what its sources make, relative to the repository's top. */
export interface Difference {
  readonly path: string;
  /** `stale`: no source makes it any more. */
  readonly state: 'missing' | 'out of date' | 'stale';
}

/** Makes every generated file of the repository below `folder`: compiled workflows, types of actions, bundles, READMEs' tables. */
export async function generate(folder: string): Promise<void> {
  await buildWorkflows(folder);
  await mkdir(dirname(join(folder, generatedPath)), { recursive: true });
  await writeFile(join(folder, generatedPath), await generateActions());
  await buildActions(join(folder, 'actions'));
  for (const [path, text] of [...(await renderActionReadmes()), ...(await renderReadme())])
    await writeFile(join(folder, relative(repositoryRoot, path)), text);
}

/** How the generated files in `present` differ from those in `made`, in the order of their paths. */
export async function differences(made: string, present: string): Promise<readonly Difference[]> {
  const wanted = await read(made);
  const found = await read(present);
  return [...new Set([...wanted.keys(), ...found.keys()])].sort().flatMap((path): Difference[] => {
    const [want, have] = [wanted.get(path), found.get(path)];
    if (!want) return [{ path, state: 'stale' }];
    if (!have) return [{ path, state: 'missing' }];
    return have.equals(want) ? [] : [{ path, state: 'out of date' }];
  });
}

/** Makes the files in `present` the same as those in `made`. */
export async function apply(
  list: readonly Difference[],
  { made, present }: { readonly made: string; readonly present: string },
): Promise<void> {
  for (const { path, state } of list) {
    const target = join(present, path);
    if (state === 'stale') await rm(target);
    else {
      await mkdir(dirname(target), { recursive: true });
      await copyFile(join(made, path), target);
    }
  }
}

async function read(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const entries = glob(patterns, { cwd: folder, withFileTypes: true });
  for await (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const content = await readFile(file);
    // A workflow written by hand is nobody's output.
    if (file.endsWith('.yml') && !content.toString().startsWith('# Compiled from ')) continue;
    files.set(relative(folder, file), content);
  }
  return files;
}
