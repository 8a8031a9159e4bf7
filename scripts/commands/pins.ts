import { Command } from 'commander';
import { adoptPins } from '../action-pins/adopt.ts';
import { packageCatalog, projectCatalog } from '../generate-actions/catalog-files.ts';
import type { Invocation } from '../invocation.ts';
import { openRepository, packageRoot } from '../repository/repository.ts';

const program = new Command('staging-pipeline pins')
  .description(
    'Makes the lock of third-party actions, their types and the compiled workflows follow the actions that Dependabot pinned anew in .github/workflows, after it has asked GitHub what the new versions are.',
  )
  .option('--dry-run', 'tell what would change, and change nothing', false)
  .addHelpText(
    'after',
    '\nGITHUB_TOKEN, where it is set, is used to ask GitHub; GITHUB_API_URL names another server than api.github.com.',
  );

/** Adopts the pins of the compiled workflows. */
export async function run({ words, signal }: Invocation): Promise<number> {
  const { dryRun } = program.parse(words, { from: 'user' }).opts<{ readonly dryRun: boolean }>();
  const { root, folder } = await openRepository(process.cwd());
  return await adoptPins({
    root,
    files: root === packageRoot ? packageCatalog : projectCatalog(folder),
    environment: process.env,
    signal,
    dryRun,
    print: console.log,
  });
}
