import { Command, Option } from 'commander';
import { apply, catalogOf, differences, makeGenerated } from '../build/generated-files.ts';
import { buildWorkflows, pathOf } from '../build/workflows.ts';
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

/** Makes everything that is generated. */
export async function run({ words }: Invocation): Promise<number> {
  const { only, types, lint } = program.parse(words, { from: 'user' }).opts<Options>();
  if (only === undefined) await makeCatalog(await findDefinitions(process.cwd()));
  const repository = await openRepository(process.cwd());
  if (only === undefined) await makeEverything(repository);
  const workflows = await buildWorkflows(repository);
  if (only !== undefined) for (const each of workflows) console.log(`wrote ${pathOf(each)}`);
  const wrong = await Promise.all([
    lint || types ? typeErrors(repository) : [],
    lint ? findings(repository, workflows) : [],
  ]);
  for (const text of wrong.flat()) console.error(text);
  return wrong.flat().length > 0 ? 1 : 0;
}

/** Before anything loads the definitions, which import it. */
async function makeCatalog({ root, folder }: Definitions): Promise<void> {
  const made = await catalogOf({ root, folder });
  const changed = await differences(root, made, []);
  await apply(root, made, changed);
  for (const { path } of changed) console.log(`wrote ${path}`);
}

async function makeEverything(repository: Repository): Promise<void> {
  const changed = await makeGenerated(repository);
  for (const { path, state } of changed)
    console.log(`${state === 'stale' ? 'removed' : 'wrote'} ${path}`);
  if (changed.length === 0) console.log('Every generated file is up to date.');
}

async function typeErrors(repository: Repository): Promise<readonly string[]> {
  const { checkDefinitionTypes } = await import('../check/definition-types.ts');
  try {
    await checkDefinitionTypes(repository);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [error.message];
  }
}

async function findings(
  { project }: Repository,
  workflows: Awaited<ReturnType<typeof buildWorkflows>>,
): Promise<readonly string[]> {
  const { lintedOf, workflowFindings } = await import('../build/workflow-findings.ts');
  return await workflowFindings(lintedOf(project), workflows.map(pathOf), workflows);
}
