import { Command, Option } from 'commander';
import { apply, catalogOf, differences, makeGenerated } from '../build/generated-files.ts';
import {
  type CompiledWorkflows,
  checkedWorkflows,
  pathOf,
  writeWorkflows,
} from '../build/workflows.ts';
import { present, restore } from '../build/written-files.ts';
import type { Invocation } from '../invocation.ts';
import {
  type Definitions,
  findDefinitions,
  openRepository,
  type Repository,
} from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';

const program = new Command('staging-pipeline build')
  .description(
    'Makes everything that is generated: compiled workflows, the actions beside them, the types of actions, tables of a page. Then checks types, and has actionlint, ShellCheck, zizmor and the language service of GitHub Actions look at the workflows. Everything found is told with its line in the definitions.',
  )
  .addOption(new Option('--only <what>', 'nothing but the workflows').choices(['workflows']))
  .option('--types', 'check the types even with --no-lint', false)
  .option('--no-lint', 'neither types nor linters: only what needs none of both');

interface Options {
  readonly only?: 'workflows';
  readonly types: boolean;
  readonly lint: boolean;
}

/** Makes everything that is generated, or says what is wrong and leaves what was there. */
export async function run({ words }: Invocation): Promise<number> {
  const { only, types, lint } = program.parse(words, { from: 'user' }).opts<Options>();
  const definitions = await findDefinitions(process.cwd());
  if (only === undefined) await makeCatalog(definitions);
  const [made, wrong] = await Promise.all([
    compiled().catch((error: unknown) => error as Error),
    lint || types ? typeErrors(definitions) : [],
  ]);
  if (wrong.length === 0 && made instanceof Error && !(made instanceof UserError)) throw made;
  // What the compiler says of a mistake is nearer to it than what comes of it.
  if (wrong.length > 0 || made instanceof Error) {
    for (const text of made instanceof Error && wrong.length === 0 ? [made.message] : wrong)
      console.error(text);
    return 1;
  }
  const { repository, workflows, waived } = made;
  for (const line of waived) console.log(line);
  return await write({ repository, workflows, waived }, { only, lint });
}

interface Made extends CompiledWorkflows {
  readonly repository: Repository;
}

async function compiled(): Promise<Made> {
  const repository = await openRepository(process.cwd());
  return { repository, ...(await checkedWorkflows(repository)) };
}

/** Writes what was made; what the linters refuse is taken back. */
async function write(
  { repository, workflows }: Made,
  { only, lint }: { readonly only: Options['only'] | undefined; readonly lint: boolean },
): Promise<number> {
  const { root } = repository;
  const before = await present(root, workflows.map(pathOf));
  if (only === undefined) await makeEverything(repository, workflows);
  else await writeWorkflows(workflows, root);
  const found = lint ? await findings(repository, workflows) : [];
  for (const text of found) console.error(text);
  if (found.length > 0) {
    await restore(root, before);
    return 1;
  }
  if (only !== undefined) for (const each of workflows) console.log(`wrote ${pathOf(each)}`);
  return 0;
}

/** Before anything loads the definitions, which import it. */
async function makeCatalog({ root, folder }: Definitions): Promise<void> {
  const made = await catalogOf({ root, folder });
  const changed = await differences(root, made, []);
  await apply(root, made, changed);
  for (const { path } of changed) console.log(`wrote ${path}`);
}

async function makeEverything(
  repository: Repository,
  workflows: CompiledWorkflows['workflows'],
): Promise<void> {
  const changed = await makeGenerated(repository, workflows);
  for (const { path, state } of changed)
    console.log(`${state === 'stale' ? 'removed' : 'wrote'} ${path}`);
  if (changed.length === 0) console.log('Every generated file is up to date.');
}

async function typeErrors(definitions: Definitions): Promise<readonly string[]> {
  const { checkDefinitionTypes } = await import('../check/definition-types.ts');
  try {
    await checkDefinitionTypes(definitions);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.message];
  }
}

async function findings(
  { project }: Repository,
  workflows: CompiledWorkflows['workflows'],
): Promise<readonly string[]> {
  const { lintedOf, workflowFindings } = await import('../build/workflow-findings.ts');
  return await workflowFindings(lintedOf(project), workflows.map(pathOf), workflows);
}
