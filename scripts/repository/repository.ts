import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isProject, type Project } from '../../src/project/project.ts';
import { placeActions } from '../../src/typed/catalog.ts';
import { DefinitionError } from '../../src/typed/definition-error.ts';
import { positionIn } from '../../src/typed/position.ts';
import { UserError } from '../terminal/errors.ts';
import { attempt } from '../terminal/process.ts';
import { watchOperators } from './definition-operators.ts';
import { placeOf } from './definition-place.ts';
import { importDefinition } from './import-definition.ts';

/** The name under which definitions import the package. */
export const packageName = 'staging-pipeline';

/** The folder that this copy of the package lies in. */
export const packageRoot: string = packageFolder();

/** Where the definitions of a repository lie. */
export interface Definitions {
  /** Its top folder. */
  readonly root: string;
  /** The folder of the definitions, relative to the top. */
  readonly folder: string;
}

/** The repository that a command works on, and its project. */
export interface Repository extends Definitions {
  readonly project: Project;
}

/**
 * The repository that a folder lies in, with its settings. Throws `UserError` where there is none, where it has no
 * settings or several, or where they are wrong.
 */
export async function openRepository(from: string): Promise<Repository> {
  const { root, folder } = await findDefinitions(from);
  return { root, folder, project: await loadProject(root, folder) };
}

/** The definitions of the repository that a folder lies in. Throws `UserError` where there are none, or several. */
export async function findDefinitions(from: string): Promise<Definitions> {
  const top = await attempt('git', ['-C', from, 'rev-parse', '--show-toplevel']);
  if (top === undefined)
    throw new UserError(`${from} is in no Git repository: run this in the one of your pipeline.`);
  const root = top.trim();
  return { root, folder: await folderOfDefinitions(root, from) };
}

/** The settings in a folder of definitions. Throws `UserError` that says what is wrong with them. */
async function loadProject(root: string, folder: string): Promise<Project> {
  const path = join(folder, 'settings.ts');
  watchOperators(join(root, folder));
  const project = await load(root, path);
  if (!isProject(project))
    throw new UserError(
      `the default export of ${path} was not made by defineProject() of ${packageRoot}. Where it was, the settings use another copy of ${packageName}: run the command by npx or npm run in ${folder}.`,
    );
  placeActions(project.actions);
  return project;
}

async function load(root: string, path: string): Promise<unknown> {
  try {
    return (await importDefinition(root, path)).default;
  } catch (error) {
    if (error instanceof DefinitionError)
      throw new UserError(`${placeOf(root, error.position, path)}: ${error.message}`);
    if (!(error instanceof ReferenceError) && !(error instanceof TypeError)) throw error;
    const position = positionIn(join(root, dirname(path)), error);
    if (!position) throw error;
    throw new UserError(`${placeOf(root, position, path)}: ${error.message}`, { cause: error });
  }
}

/** The folder whose settings.ts imports the package; of several the one that `from` lies in. */
async function folderOfDefinitions(root: string, from: string): Promise<string> {
  const listed = await attempt('git', [
    ...[
      '-C',
      root,
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
      '--deduplicate',
    ],
    ...['--', 'settings.ts', '*/settings.ts'],
  ]);
  const folders: string[] = [];
  for (const path of (listed ?? '').split('\0'))
    if (basename(path) === 'settings.ts' && !path.includes('node_modules/'))
      if (await importsPackage(join(root, path))) folders.push(dirname(path));
  const [only, ...others] = folders;
  if (only === undefined)
    throw new UserError(
      `${root} has no settings.ts that imports ${packageName}: docs/adopting.md of the package shows one.`,
    );
  if (others.length === 0) return only;
  const here = relative(root, from);
  const around = folders.find((folder) => `${here}/`.startsWith(`${folder}/`));
  if (around !== undefined) return around;
  throw new UserError(
    `There are several pipelines here: ${folders.join(', ')}. Run the command in the folder of one.`,
  );
}

async function importsPackage(path: string): Promise<boolean> {
  // Git also lists files that are removed.
  if (!existsSync(path)) return false;
  return new RegExp(`from ['"]${packageName}['"]`).test(await readFile(path, 'utf8'));
}

function packageFolder(): string {
  for (let folder = fileURLToPath(new URL('.', import.meta.url)); ; folder = dirname(folder))
    if (existsSync(join(folder, 'package.json'))) return folder.replace(/\/$/, '');
}
