import { glob, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { separated, type WaivedFault } from '../../src/typed/check/waivers.ts';
import { check, type Fault, toldOnce } from '../../src/typed/check.ts';
import { type CompiledWorkflow, compile } from '../../src/typed/compile.ts';
import { DefinitionError } from '../../src/typed/definition-error.ts';
import { declaredSettings } from '../../src/typed/environment.ts';
import { positionIn } from '../../src/typed/position.ts';
import type { PlacedRaw } from '../../src/typed/raw.ts';
import type { RepositoryFiles } from '../../src/typed/repository-files.ts';
import type { Workflow } from '../../src/typed/workflow.ts';
import { placeOf } from '../repository/definition-place.ts';
import { importDefinition } from '../repository/import-definition.ts';
import { packageName, type Repository } from '../repository/repository.ts';
import { repositoryFiles } from '../repository/repository-tree.ts';
import { UserError } from '../terminal/errors.ts';
import { sourceFaults } from './definition-sources.ts';

/** The compiled workflows of a repository, and what their definitions waive. */
export interface CompiledWorkflows {
  readonly workflows: readonly CompiledWorkflow[];
  /** A line for each fault that stays and for each key that the layer does not know, with the reason. */
  readonly waived: readonly string[];
}

/**
 * Compiles every workflow of a repository, each file beside its settings whose default export is one, and checks what
 * types cannot see. Throws a `UserError` that names the lines.
 */
export async function compileWorkflows(
  repository: Repository,
): Promise<readonly CompiledWorkflow[]> {
  return (await checkedWorkflows(repository)).workflows;
}

/** Like `compileWorkflows`, with what the definitions waive. */
export async function checkedWorkflows({ root, folder }: Repository): Promise<CompiledWorkflows> {
  const found = await Array.fromAsync(glob(join(folder, '*.ts'), { cwd: root }));
  const sources = found.filter((path) => !/\.(?:test|config|d)\.ts$/.test(path)).sort();
  const files = repositoryFiles(root);
  const workflows: CompiledWorkflow[] = [];
  const mistakes: string[] = [];
  for (const source of sources) {
    try {
      const made = await compileFile(root, source);
      if (made) workflows.push(made);
    } catch (error) {
      mistakes.push(describedError(error, { root, folder, source }));
    }
  }
  if (mistakes.length === 0) mistakes.push(...sourceFaults(root, sources));
  const { faults, waived } = faultsOf(workflows, await files);
  for (const [made, fault] of faults) mistakes.push(await described(root, fault, made));
  if (mistakes.length > 0)
    throw new UserError(['the workflows are wrong:', ...new Set(mistakes)].join('\n'));
  const kept = waived.map(
    async ([made, { fault, reason }]) => `waived: ${await described(root, fault, made)}: ${reason}`,
  );
  const raws = workflows.flatMap((made) => made.raws.map((each) => describedRaw(root, made, each)));
  return { workflows, waived: [...(await Promise.all(kept)), ...raws] };
}

/** Everything that is wrong with several workflows, each with what the others are. */
function faultsOf(workflows: readonly CompiledWorkflow[], files: RepositoryFiles | undefined) {
  const settings = declaredSettings();
  const faults: (readonly [CompiledWorkflow, Fault])[] = [];
  const waived: (readonly [CompiledWorkflow, WaivedFault])[] = [];
  for (const made of workflows) {
    const others = workflows.filter((each) => each !== made).map(({ id, plain }) => [id, plain]);
    const found = check({
      ...{ id: made.id, workflow: made.plain, settings, promises: made.promises },
      others: Object.fromEntries(others),
      ...(files && { files }),
    });
    const parted = separated(found, made.waivers);
    faults.push(...toldOnce(parted.faults).map((fault) => [made, fault] as const));
    waived.push(...parted.waived.map((each) => [made, each] as const));
  }
  return { faults, waived };
}

interface Source {
  readonly root: string;
  readonly folder: string;
  readonly source: string;
}

/** What is wrong in a definition that does not run. Throws what is no mistake of its author. */
function describedError(error: unknown, { root, folder, source }: Source): string {
  if (error instanceof DefinitionError)
    return `${placeOf(root, error.position, source)}: ${error.message}`;
  if (!(error instanceof ReferenceError) && !(error instanceof TypeError)) throw error;
  const position = positionIn(join(root, folder), error);
  if (!position) throw error;
  return `${placeOf(root, position, source)}: ${error.message}`;
}

async function compileFile(root: string, source: string): Promise<CompiledWorkflow | undefined> {
  const module = await importDefinition(root, source);
  // A module beside them, such as settings.ts, is no workflow.
  if (!isWorkflow(module.default)) return undefined;
  const workflow = module.default;
  if (`${workflow.id}.ts` !== basename(source))
    throw new DefinitionError(
      `the workflow ${workflow.id} is defined in ${source}: a workflow has the name of its file`,
    );
  return compile(workflow, { source, command: `${packageName} build` });
}

function isWorkflow(value: unknown): value is Workflow {
  return typeof value === 'object' && value !== null && 'definition' in value && 'id' in value;
}

function describedRaw(root: string, made: CompiledWorkflow, { path, raw }: PlacedRaw): string {
  const place = placeOf(root, raw.written, pathOf(made));
  const keys = Object.keys(raw.keys).map((key) => [...path, key].join('.'));
  return `raw: ${place}: ${keys.join(', ')}: ${raw.reason}`;
}

async function described(
  root: string,
  { path, message, scriptLine }: Fault,
  made: CompiledWorkflow,
): Promise<string> {
  // Only a fault is worth the time that the parser takes to load.
  const { locatePath } = await import('../../src/typed/locate.ts');
  const place = placeOf(root, locatePath(path, made.origins, scriptLine), pathOf(made));
  return `${place}: ${message} (${path.join('.')})`;
}

/** Writes the YAML of workflows below `target`. */
export async function writeWorkflows(
  workflows: readonly CompiledWorkflow[],
  target: string,
): Promise<void> {
  for (const workflow of workflows) {
    const path = join(target, pathOf(workflow));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, workflow.yaml);
  }
}

/** Compiles every workflow of a repository, writes its YAML below `target` and returns what was compiled. */
export async function buildWorkflows(
  repository: Repository,
  target: string = repository.root,
): Promise<readonly CompiledWorkflow[]> {
  const workflows = await compileWorkflows(repository);
  await writeWorkflows(workflows, target);
  return workflows;
}

/** Where the YAML of a workflow lies, relative to the repository's top. */
export function pathOf({ id }: CompiledWorkflow): string {
  return `.github/workflows/${id}.yml`;
}
