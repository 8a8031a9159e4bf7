import { glob } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { Command } from 'commander';
import { main } from './main.ts';
import { repositoryRoot } from './repository.ts';
import { workflowFindings } from './workflow-findings.ts';
import { compileWorkflows } from './workflows.ts';

const program = new Command('npm run lint --')
  .description(
    'Looks for mistakes in workflows: in all of .github/workflows, or in the YAML files given. A file that is compiled has its findings told with the line in workflows/ that made it.',
  )
  .argument('[files...]', 'YAML files of workflows');

/** Every workflow of the repository, relative to its top. */
export async function workflowFiles(): Promise<readonly string[]> {
  return (
    await Array.fromAsync(glob('.github/workflows/*.{yml,yaml}', { cwd: repositoryRoot }))
  ).sort();
}

if (import.meta.main)
  await main(async () => {
    const given = program.parse().args.map((path) => relative(repositoryRoot, resolve(path)));
    const paths = given.length > 0 ? given : await workflowFiles();
    const findings = await workflowFindings(paths, await compileWorkflows());
    for (const finding of findings) console.error(finding);
    console.log(`${paths.length} workflows, ${findings.length} findings`);
    return findings.length > 0 ? 1 : 0;
  });
