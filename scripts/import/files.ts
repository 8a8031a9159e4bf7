import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { UserError } from '../terminal/errors.ts';
import { attempt } from '../terminal/process.ts';
import { type Imported, importWorkflow, isCompiled } from './workflow.ts';

/** A workflow's YAML, and what became of it. */
export type Outcome =
  | { readonly path: string; readonly imported: Imported }
  | { readonly path: string; readonly skipped: string }
  | { readonly path: string; readonly wrong: string };

/**
 * Reads the workflows that are named: YAML files, and folders with such. A compiled file is left out where its folder is
 * named. Throws `UserError` for what does not exist.
 */
export async function readWorkflows(paths: readonly string[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) throw new UserError(`${path} does not exist`);
    if (!found.isDirectory()) {
      outcomes.push(await outcomeOf(path));
      continue;
    }
    const names = (await readdir(path)).filter((name) => /\.ya?ml$/.test(name)).sort();
    if (names.length === 0) throw new UserError(`${path} has no YAML files`);
    for (const name of names) outcomes.push(await outcomeOf(join(path, name), true));
  }
  return outcomes;
}

async function outcomeOf(path: string, inFolder = false): Promise<Outcome> {
  const text = await readFile(path, 'utf8');
  if (inFolder && isCompiled(text)) return { path, skipped: 'it is compiled from a definition' };
  try {
    return { path, imported: importWorkflow(path, text) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { path, wrong: error.message };
  }
}

/** Where a definition goes: into a folder by its id, or into the one file that is named. */
export function targetOf({ id }: Imported, output: string): string {
  return output.endsWith('.ts') ? output : join(output, `${id}.ts`);
}

/** Throws `UserError` where a file would be overwritten, or several definitions be written to one. */
export function demandFree(targets: readonly string[], force: boolean): void {
  const taken = targets.filter((path) => !force && existsSync(path));
  if (taken.length > 0)
    throw new UserError(
      `${taken.map(shortPath).join(', ')} ${taken.length === 1 ? 'exists' : 'exist'} already: --force writes anew, --output names another place`,
    );
  const twice = targets.find((path, index) => targets.indexOf(path) !== index);
  if (twice !== undefined)
    throw new UserError(
      `several workflows would become ${shortPath(twice)}: --output names a folder, import them one by one`,
    );
}

/** Writes a definition. */
export async function writeDefinition(path: string, source: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, source);
}

/** A definition as the formatter of its repository wants it; as it is where it has none. */
export async function formattedLikeRepository(source: string, path: string): Promise<string> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const biome = join(folder, 'node_modules/.bin/biome');
    if (existsSync(biome)) {
      const made = await attempt(biome, ['format', `--stdin-file-path=${path}`], {
        cwd: folder,
        input: source,
      });
      return made === undefined || made.trim() === '' ? source : `${made.trimEnd()}\n`;
    }
    if (folder === dirname(folder)) return source;
  }
}

/** A path as it is shorter to read. */
export function shortPath(path: string): string {
  const here = relative(process.cwd(), path);
  return here.startsWith('..') ? path : here;
}
