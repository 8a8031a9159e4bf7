import { glob, readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { CompiledWorkflow } from '../../src/typed/compile.ts';
import { packageRoot, type Repository } from '../repository/repository.ts';

const notice = '# Copied from staging-pipeline by `staging-pipeline build`: do not edit it.\n';

/**
 * The package's actions that workflows use, as files of the repository. The bundle lies beside action.yml and not in
 * dist/, which many a .gitignore hides. Nothing where they are used from elsewhere, or the repository is the package's.
 */
export async function actionCopies(
  { root, project: { actions } }: Repository,
  workflows: readonly CompiledWorkflow[],
): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  if (!('folder' in actions) || join(root, actions.folder) === join(packageRoot, 'actions'))
    return files;
  for (const name of usedActions(workflows, `./${actions.folder}/`)) {
    const source = join(packageRoot, 'actions', name);
    const target = join(actions.folder, name);
    const metadata = await readFile(join(source, 'action.yml'), 'utf8');
    const placed = metadata.replaceAll(/^( +(?:main|post|pre): )dist\//gm, '$1');
    files.set(join(target, 'action.yml'), Buffer.from(notice + placed));
    for (const file of await readdir(join(source, 'dist')))
      files.set(join(target, file), await readFile(join(source, 'dist', file)));
  }
  return files;
}

/** The files of actions that were copied to a folder, relative to `root`. */
export async function copiesIn(root: string, folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const path of glob(join(folder, '*/action.yml'), { cwd: root })) {
    if (!(await readFile(join(root, path), 'utf8')).startsWith(notice)) continue;
    const copy = dirname(join(root, path));
    for (const file of await readdir(copy)) files.push(relative(root, join(copy, file)));
  }
  return files;
}

function usedActions(workflows: readonly CompiledWorkflow[], prefix: string): ReadonlySet<string> {
  const used = workflows.flatMap(({ plain }) =>
    Object.values(plain.jobs).flatMap(({ steps }) => steps.map(({ uses = '' }) => uses)),
  );
  return new Set(
    used.flatMap((uses) => (uses.startsWith(prefix) ? [uses.slice(prefix.length)] : [])),
  );
}
