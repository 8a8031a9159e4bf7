import { runChecks } from '../check/run-checks.ts';
import { main } from '../terminal/main.ts';
import { checkFormat, checkTypes } from './check/code.ts';
import { checkPackageFiles } from './check/generated-files.ts';
import { checkShellScripts } from './check/shell-scripts.ts';

// The package's own code; `staging-pipeline check` looks at the pipeline of the project beside it.
await main(async () => {
  const passed = await runChecks({
    Types: checkTypes,
    'Lint and format': checkFormat,
    'Shell scripts': checkShellScripts,
    'Bundles and tables': checkPackageFiles,
  });
  return passed ? 0 : 1;
});
