import { checkFormat, checkTypes } from './check/code.ts';
import { checkGeneratedFiles } from './check/generated-files.ts';
import { checkShellScripts } from './check/shell-scripts.ts';
import { checkWorkflows } from './check/workflows.ts';
import { UserError } from './errors.ts';
import { step } from './local/progress.ts';
import { main } from './main.ts';

/** What has to be so before a commit. A check throws a UserError that says what is wrong and what mends it. */
const checks = {
  Types: checkTypes,
  'Lint and format': checkFormat,
  'Shell scripts': checkShellScripts,
  Workflows: checkWorkflows,
  'Generated files': checkGeneratedFiles,
} as const;

await main(async () => {
  const titles = Object.keys(checks);
  const results = await Promise.allSettled(
    Object.entries(checks).map(([title, check]) => step(title, check)),
  );
  let failed = false;
  for (const [index, result] of results.entries()) {
    if (result.status === 'fulfilled') continue;
    if (!(result.reason instanceof UserError)) throw result.reason;
    failed = true;
    console.error(`\n${titles[index]}\n${indented(result.reason.message)}`);
  }
  return failed ? 1 : 0;
});

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
