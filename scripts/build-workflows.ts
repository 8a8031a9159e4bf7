import { enableCompileCache } from 'node:module';

// The maintainer waits for this command at every save, and most of its time is for loading modules.
enableCompileCache();
const { Command } = await import('commander');
const { main } = await import('./main.ts');
const { buildWorkflows, pathOf } = await import('./workflows.ts');

const program = new Command('npm run build:workflows --')
  .description(
    'Compiles workflows/*.ts to .github/workflows/*.yml, checks their types, and has actionlint, ShellCheck, zizmor and the language service of GitHub Actions look at what came out. Everything found is told with its line in workflows/.',
  )
  .option('--no-lint', 'only compile, and check what needs neither compiler nor linter');

await main(async () => {
  const { lint } = program.parse().opts<{ readonly lint: boolean }>();
  const workflows = await buildWorkflows();
  for (const workflow of workflows) console.log(`wrote ${pathOf(workflow)}`);
  if (!lint) return 0;
  const { workflowFindings } = await import('./workflow-findings.ts');
  const { checkWorkflowTypes } = await import('./check/code.ts');
  const { UserError } = await import('./errors.ts');
  const types = checkWorkflowTypes().catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    return error.message;
  });
  const findings = await workflowFindings(workflows.map(pathOf), workflows);
  const wrong = [await types, ...findings].filter((text) => text !== undefined);
  for (const text of wrong) console.error(text);
  return wrong.length > 0 ? 1 : 0;
});
