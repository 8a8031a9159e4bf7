import { glob } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { lintedOf, workflowFindings } from '../build/workflow-findings.ts';
import { compileWorkflows } from '../build/workflows.ts';
import type { Invocation } from '../invocation.ts';
import { openRepository } from '../repository/repository.ts';

const program = new Command('staging-pipeline lint')
  .description(
    'Looks for mistakes in workflows: in all of .github/workflows, or in the YAML files given. A file that is compiled has its findings told with the line in the definitions that made it.',
  )
  .argument('[files...]', 'YAML files of workflows');

/** Prints what is wrong with workflows. */
export async function run({ words }: Invocation): Promise<number> {
  const { args } = program.parse(words, { from: 'user' });
  const repository = await openRepository(process.cwd());
  const { root, project } = repository;
  const paths =
    args.length > 0
      ? args.map((path) => relative(root, resolve(path)))
      : (await Array.fromAsync(glob('.github/workflows/*.{yml,yaml}', { cwd: root }))).sort();
  const compiled = await compileWorkflows(repository);
  const findings = await workflowFindings(lintedOf(project), paths, compiled);
  for (const finding of findings) console.error(finding);
  console.log(`${paths.length} workflows, ${findings.length} findings`);
  return findings.length > 0 ? 1 : 0;
}
