import { Command } from 'commander';
import { checkCommittedFiles } from '../check/committed-files.ts';
import { checkDefinitionTypes } from '../check/definition-types.ts';
import { checkGeneratedFiles } from '../check/generated-files.ts';
import { runChecks } from '../check/run-checks.ts';
import { checkWorkflows } from '../check/workflows.ts';
import type { Invocation } from '../invocation.ts';
import { openRepository } from '../repository/repository.ts';

const program = new Command('staging-pipeline check').description(
  'Checks what has to be so before a commit: the types of the definitions, the compiled workflows, that everything generated is up to date, and that git ignores none of it. Looks at nothing else of the repository.',
);

/** Checks the pipeline of a repository. */
export async function run({ words }: Invocation): Promise<number> {
  program.parse(words, { from: 'user' });
  const repository = await openRepository(process.cwd());
  const passed = await runChecks({
    'Types of the definitions': () => checkDefinitionTypes(repository),
    Workflows: (step) => checkWorkflows(repository, step),
    'Generated files': () => checkGeneratedFiles(repository),
    'Files to commit': () => checkCommittedFiles(repository),
  });
  return passed ? 0 : 1;
}
