import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { droppedBackslashes, unusedConstants } from '../../../scripts/build/definition-sources.ts';
import { watchedOperators } from '../../../scripts/repository/definition-operators.ts';
import { packageRoot } from '../../../scripts/repository/repository.ts';
import { repositoryFiles } from '../../../scripts/repository/repository-tree.ts';
import { separated } from '../../../src/typed/check/waivers.ts';
import { check, toldOnce } from '../../../src/typed/check.ts';
import { type CompiledWorkflow, compile } from '../../../src/typed/compile.ts';
import { declaredSettings } from '../../../src/typed/environment.ts';
import { installOperand } from '../../../src/typed/operators.ts';
import type { Workflow } from '../../../src/typed/workflow.ts';
import { applied } from './applied.ts';
import type { Edit } from './edit.ts';

const here = import.meta.dirname;
const own = join(packageRoot, 'workflows');
/** The workflows that a change of a file changes. */
const changedBy = {
  ci: ['ci'],
  'pipeline-checks': ['pipeline-checks'],
  settings: ['staging'],
  staging: ['staging'],
} as const;
const sources = [
  join(here, 'ci.ts'),
  ...['environment', 'pipeline-checks', 'settings', 'smoke-checks', 'staging'].map((name) =>
    join(own, `${name}.ts`),
  ),
];

/** The definitions with one edit, in a folder of their own below `at`. */
export async function writeEdit(edit: Edit, at: string): Promise<void> {
  await mkdir(at, { recursive: true });
  for (const source of sources) {
    const name = source.slice(source.lastIndexOf('/') + 1);
    if (name !== `${edit.file}.ts`) await copyFile(source, join(at, name));
    else await writeFile(join(at, name), applied(await readFile(source, 'utf8'), edit));
  }
}

/** What the build says of definitions with an edit, but for types and linters: nothing where they are right. */
export async function saidOf(edit: Edit, at: string, files: Files): Promise<readonly string[]> {
  const path = join(at, `${edit.file}.ts`);
  const text = await readFile(path, 'utf8');
  const dropped = [
    ...droppedBackslashes(text).map(() => 'JavaScript drops this backslash'),
    ...unusedConstants(text).map(({ name }) => `${name} is used nowhere`),
  ];
  installOperand();
  await writeFile(path, watchedOperators(text).text);
  const others = await unchanged();
  const before = declaredSettings().length;
  try {
    const compiled: CompiledWorkflow[] = [];
    for (const name of changedBy[edit.file]) {
      const { default: workflow }: { default: Workflow } = await import(join(at, `${name}.ts`));
      compiled.push(compile(workflow, { source: name, command: 'build' }));
    }
    const settings = declaredSettings().slice(before);
    return [...dropped, ...compiled.flatMap((made) => faultsOf(made, others, { settings, files }))];
  } catch (error) {
    return [...dropped, (error as Error).message];
  } finally {
    await writeFile(path, text);
  }
}

let right: Promise<readonly CompiledWorkflow[]> | undefined;

/** The workflows as they are without an edit. */
function unchanged(): Promise<readonly CompiledWorkflow[]> {
  right ??= Promise.all(
    [join(here, 'ci.ts'), join(own, 'pipeline-checks.ts'), join(own, 'staging.ts')].map(
      async (file) => {
        const { default: workflow }: { default: Workflow } = await import(file);
        return compile(workflow, { source: file, command: 'build' });
      },
    ),
  );
  return right;
}

type Files = NonNullable<Awaited<ReturnType<typeof repositoryFiles>>>;

/** The files of this repository. Throws where it is none of Git. */
export async function ownFiles(): Promise<Files> {
  const files = await repositoryFiles(packageRoot);
  if (!files) throw new Error(`${packageRoot} is no Git repository`);
  return files;
}

function faultsOf(
  made: CompiledWorkflow,
  all: readonly CompiledWorkflow[],
  { settings, files }: { settings: ReturnType<typeof declaredSettings>; files: Files },
): readonly string[] {
  const others = all.filter(({ id }) => id !== made.id).map(({ id, plain }) => [id, plain]);
  const found = check({
    ...{ id: made.id, workflow: made.plain, settings, files, promises: made.promises },
    others: Object.fromEntries(others),
  });
  return toldOnce(separated(found, made.waivers).faults).map(
    ({ path, message }) => `${made.id}: ${message} (${path.join('.')})`,
  );
}

/** Removes what `writeEdit` made. */
export async function removeEdits(at: string): Promise<void> {
  await rm(at, { recursive: true, force: true });
}
