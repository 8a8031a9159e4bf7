import { enableCompileCache } from 'node:module';

// The maintainer waits for this command at every save, and most of its time is for loading modules.
enableCompileCache();
const { Command } = await import('commander');
const { main } = await import('./main.ts');
const { buildWorkflows, pathOf } = await import('./workflows.ts');

const program = new Command('npm run build:workflows --')
  .description(
    'Compiles workflows/*.ts to .github/workflows/*.yml, and has actionlint, ShellCheck, zizmor and the language service of GitHub Actions look at what came out. Everything found is told with its line in workflows/.',
  )
  .option('--no-lint', 'only compile, and check what needs no linter');

await main(async () => {
  const { lint } = program.parse().opts<{ readonly lint: boolean }>();
  const workflows = await buildWorkflows();
  for (const workflow of workflows) console.log(`wrote ${pathOf(workflow)}`);
  if (!lint) return 0;
  const { workflowFindings } = await import('./workflow-findings.ts');
  const findings = await workflowFindings(workflows.map(pathOf), workflows);
  for (const finding of findings) console.error(finding);
  return findings.length > 0 ? 1 : 0;
});
