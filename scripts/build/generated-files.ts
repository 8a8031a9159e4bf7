import { glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CompiledWorkflow } from '../../src/typed/compile.ts';
import { projectCatalog } from '../generate-actions/catalog-files.ts';
import { generateActions } from '../generate-actions/generate-actions.ts';
import { readLock } from '../generate-actions/lock.ts';
import type { Definitions, Repository } from '../repository/repository.ts';
import { actionCopies, copiesIn } from './action-copies.ts';
import { codeOwnersOf } from './code-owners.ts';
import { dependabotEarlier, dependabotOf } from './dependabot.ts';
import { documentationOf } from './documentation.ts';
import { environmentExampleOf } from './environment-example.ts';
import { pathOf } from './workflows.ts';

/** The contents of files, by their paths relative to a repository's top. */
export type Files = ReadonlyMap<string, Buffer>;

/** A file that is not what its sources make, relative to the repository's top. */
export interface Difference {
  readonly path: string;
  /** `stale`: no source makes it any more. */
  readonly state: 'missing' | 'out of date' | 'stale';
}

/**
 * Everything that is generated in a repository with its compiled workflows: they, the actions that they use, types of
 * actions, a page's tables, owners of code, what Dependabot keeps up to date, the example of the server's environment file.
 */
export async function generate(
  repository: Repository,
  workflows: readonly CompiledWorkflow[],
): Promise<Files> {
  const { project } = repository;
  const documentation = await documentationOf(repository, workflows);
  return new Map([
    ...workflows.map((each) => [pathOf(each), Buffer.from(each.yaml)] as const),
    ...(await actionCopies(repository, workflows)),
    ...(await catalogOf(repository)),
    ...(await codeOwnersOf(repository)),
    ...(await dependabotOf(repository)),
    ...environmentExampleOf(project),
    ...(project.documentation && documentation !== undefined
      ? [[project.documentation, Buffer.from(documentation)] as const]
      : []),
  ]);
}

/** The types of the actions that the package does not have, where a repository has a lock of its own. */
export async function catalogOf({ root, folder }: Definitions): Promise<Files> {
  const catalog = projectCatalog(folder);
  if (Object.keys(await readLock(root, catalog.lock)).length === 0) return new Map();
  return new Map([[catalog.generated, Buffer.from(await generateActions(root, catalog))]]);
}

/** Makes everything that is generated in a repository and returns what has changed. */
export async function makeGenerated(
  repository: Repository,
  workflows: readonly CompiledWorkflow[],
): Promise<readonly Difference[]> {
  const { root } = repository;
  const made = await generate(repository, workflows);
  const changed = await differences(root, made, await madeEarlier(repository));
  await apply(root, made, changed);
  return changed;
}

/** The files that earlier builds may have made and this one need not make, as far as they are there. */
export async function madeEarlier({ root, project }: Repository): Promise<readonly string[]> {
  const found = project.actions;
  const copies = 'folder' in found ? await copiesIn(root, found.folder) : [];
  return [...(await compiledIn(root)), ...(await dependabotEarlier(root)), ...copies];
}

/** The workflows that are compiled, and not written by hand. */
async function compiledIn(root: string): Promise<string[]> {
  const compiled: string[] = [];
  for await (const path of glob('.github/workflows/*.yml', { cwd: root }))
    if ((await readFile(join(root, path), 'utf8')).startsWith('# Compiled from '))
      compiled.push(path);
  return compiled;
}

/** How the files below `root` differ from those that were made now, in the order of their paths. */
export async function differences(
  root: string,
  made: Files,
  earlier: readonly string[],
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const [path, content] of made) {
    const present = await readFile(join(root, path)).catch(() => undefined);
    if (present === undefined) found.push({ path, state: 'missing' });
    else if (!present.equals(content)) found.push({ path, state: 'out of date' });
  }
  for (const path of earlier) if (!made.has(path)) found.push({ path, state: 'stale' });
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Makes the files below `root` those that were made. */
export async function apply(root: string, made: Files, list: readonly Difference[]): Promise<void> {
  for (const { path } of list) {
    const content = made.get(path);
    if (content === undefined) await rm(join(root, path));
    else {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), content);
    }
  }
}
