import { glob, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { repositorySettings, staging as stagingSettings } from '../workflows/settings.ts';
import { check, type Fault } from '../workflows/typed/check.ts';
import { type CompiledWorkflow, compile } from '../workflows/typed/compile.ts';
import type { Position } from '../workflows/typed/position.ts';
import type { Workflow } from '../workflows/typed/workflow.ts';
import { UserError } from './errors.ts';
import { repositoryRoot } from './repository.ts';

const command = 'npm run build:workflows';

/** What the repository and its environments set. */
export const settings = [repositorySettings, stagingSettings];

/** Compiles every workflow of workflows/ and checks what types cannot see. Throws a `UserError` that names the lines. */
export async function compileWorkflows(): Promise<readonly CompiledWorkflow[]> {
  const compiled: CompiledWorkflow[] = [];
  const faults: string[] = [];
  for (const source of (
    await Array.fromAsync(glob('workflows/*.ts', { cwd: repositoryRoot }))
  ).sort()) {
    const { default: workflow }: { default?: Workflow } = await import(
      join(repositoryRoot, source)
    );
    // A module beside them, such as settings.ts, is no workflow.
    if (!workflow) continue;
    const made = compile(workflow, { source, command });
    compiled.push(made);
    for (const fault of check({ workflow: made.plain, settings }))
      faults.push(await described(fault, made));
  }
  if (faults.length > 0) throw new UserError(faults.join('\n'));
  return compiled;
}

async function described({ path, message }: Fault, made: CompiledWorkflow): Promise<string> {
  // Only a fault is worth the time that the parser takes to load.
  const { locatePath } = await import('../workflows/typed/locate.ts');
  const place = placeOf(locatePath(path, made.origins), pathOf(made));
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
