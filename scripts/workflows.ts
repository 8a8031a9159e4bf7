import { glob, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { check, type Fault } from '../workflows/typed/check.ts';
import { type CompiledWorkflow, compile } from '../workflows/typed/compile.ts';
import { DefinitionError } from '../workflows/typed/definition-error.ts';
import { declaredSettings } from '../workflows/typed/environment.ts';
import { untakenExpressions } from '../workflows/typed/expression.ts';
import type { Position } from '../workflows/typed/position.ts';
import type { Workflow } from '../workflows/typed/workflow.ts';
import { UserError } from './errors.ts';
import { repositoryRoot } from './repository.ts';

const command = 'npm run build:workflows';

/**
 * Compiles every workflow of workflows/, each file whose default export is one, and checks what types cannot see.
 * Throws a `UserError` that names the lines.
 */
export async function compileWorkflows(): Promise<readonly CompiledWorkflow[]> {
  const sources = await Array.fromAsync(glob('workflows/*.ts', { cwd: repositoryRoot }));
  const compiled: CompiledWorkflow[] = [];
  const mistakes: string[] = [];
  for (const source of sources.sort()) {
    try {
      const made = await compileFile(source);
      if (made) compiled.push(made);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      mistakes.push(`${placeOf(error.position, source)}: ${error.message}`);
    }
  }
  const settings = declaredSettings();
  for (const made of compiled)
    for (const fault of check({ workflow: made.plain, settings }))
      mistakes.push(await described(fault, made));
  if (mistakes.length === 0) mistakes.push(...untakenExpressions().map(unused));
  if (mistakes.length > 0)
    throw new UserError(['the workflows are wrong:', ...mistakes].join('\n'));
  return compiled;
}

async function compileFile(source: string): Promise<CompiledWorkflow | undefined> {
  const { default: workflow }: { default?: Workflow } = await import(join(repositoryRoot, source));
  // A module beside them, such as settings.ts, is no workflow.
  if (!workflow) return undefined;
  if (`${workflow.id}.ts` !== basename(source))
    throw new DefinitionError(
      `the workflow ${workflow.id} is defined in ${source}: a workflow has the name of its file`,
    );
  return compile(workflow, { source, command });
}

function unused({ source, position }: ReturnType<typeof untakenExpressions>[number]): string {
  return `${placeOf(position, 'workflows')}: ${source} is used nowhere: join conditions with and(), or() and when(), since &&, || and ? drop one`;
}

async function described(
  { path, message, scriptLine }: Fault,
  made: CompiledWorkflow,
): Promise<string> {
  // Only a fault is worth the time that the parser takes to load.
  const { locatePath } = await import('../workflows/typed/locate.ts');
  const place = placeOf(locatePath(path, made.origins, scriptLine), pathOf(made));
  return `${place}: ${message} (${path.join('.')})`;
}

/** Compiles every workflow, writes its YAML below `folder` and returns what was compiled. */
export async function buildWorkflows(
  folder: string = repositoryRoot,
): Promise<readonly CompiledWorkflow[]> {
  const workflows = await compileWorkflows();
  for (const workflow of workflows) {
    const path = join(folder, pathOf(workflow));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, workflow.yaml);
  }
  return workflows;
}

/** Where the YAML of a workflow lies, relative to the repository's top. */
export function pathOf({ id }: CompiledWorkflow): string {
  return `.github/workflows/${id}.yml`;
}

/** A position as editors and terminals link it; `fallback` where there is none. */
function placeOf(position: Position | undefined, fallback: string): string {
  if (!position) return fallback;
  return `${relative(repositoryRoot, position.file)}:${position.line}:${position.column}`;
}
