import { glob, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { check, type Fault } from '../../src/typed/check.ts';
import { type CompiledWorkflow, compile } from '../../src/typed/compile.ts';
import { DefinitionError } from '../../src/typed/definition-error.ts';
import { declaredSettings } from '../../src/typed/environment.ts';
import { untakenExpressions } from '../../src/typed/expression.ts';
import type { Workflow } from '../../src/typed/workflow.ts';
import { placeOf } from '../repository/definition-place.ts';
import { importDefinition } from '../repository/import-definition.ts';
import { packageName, type Repository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';

/**
 * Compiles every workflow of a repository, each file beside its settings whose default export is one, and checks what
 * types cannot see. Throws a `UserError` that names the lines.
 */
export async function compileWorkflows(
  repository: Repository,
): Promise<readonly CompiledWorkflow[]> {
  const { root, folder } = repository;
  const found = await Array.fromAsync(glob(join(folder, '*.ts'), { cwd: root }));
  const sources = found.filter((path) => !/\.(?:test|config|d)\.ts$/.test(path)).sort();
  const compiled: CompiledWorkflow[] = [];
  const mistakes: string[] = [];
  for (const source of sources) {
    try {
      const made = await compileFile(root, source);
      if (made) compiled.push(made);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      mistakes.push(`${placeOf(root, error.position, source)}: ${error.message}`);
    }
  }
  const settings = declaredSettings();
  for (const made of compiled)
    for (const fault of check({ workflow: made.plain, settings }))
      mistakes.push(await described(root, fault, made));
  if (mistakes.length === 0)
    for (const { source, position } of untakenExpressions())
      mistakes.push(
        `${placeOf(root, position, folder)}: ${source} is used nowhere: join conditions with and(), or() and when(), since &&, || and ? drop one`,
      );
  if (mistakes.length > 0)
    throw new UserError(['the workflows are wrong:', ...mistakes].join('\n'));
  return compiled;
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

/** Compiles every workflow of a repository, writes its YAML below `target` and returns what was compiled. */
export async function buildWorkflows(
  repository: Repository,
  target: string = repository.root,
): Promise<readonly CompiledWorkflow[]> {
  const workflows = await compileWorkflows(repository);
  for (const workflow of workflows) {
    const path = join(target, pathOf(workflow));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, workflow.yaml);
  }
  return workflows;
}

/** Where the YAML of a workflow lies, relative to the repository's top. */
export function pathOf({ id }: CompiledWorkflow): string {
  return `.github/workflows/${id}.yml`;
}
