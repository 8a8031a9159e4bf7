import { resolve } from 'node:path';
import { Command } from 'commander';
import { addActions } from '../action-pins/add.ts';
import { openCheckout } from '../action-pins/checkout.ts';
import { connect } from '../action-pins/github.ts';
import { actionsWithoutPin, wantedFrom } from '../action-pins/wanted-actions.ts';
import { packageCatalog, projectCatalog } from '../generate-actions/catalog-files.ts';
import type { Invocation } from '../invocation.ts';
import { openRepository, packageRoot } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';

interface Options {
  readonly from?: string;
  readonly dryRun: boolean;
}

/** Adds third-party actions to the lock. */
export async function run({ words, signal }: Invocation): Promise<number> {
  const program = new Command('staging-pipeline actions').description(
    'The third-party actions that workflows may use, each pinned to a commit.',
  );
  program
    .command('add')
    .description(
      'Pins actions with their inputs and outputs: those that are named, else those that the workflows use and the lock lacks.',
    )
    .argument(
      '[actions...]',
      'owner/name or owner/name/folder, with @tag or @sha; the latest release without',
    )
    .option('--from <folder>', 'ask a Git checkout of the one action that is named, not GitHub')
    .option('--dry-run', 'tell what would be added, and write nothing', false)
    .addHelpText(
      'after',
      '\nGITHUB_TOKEN, where it is set, is used to ask GitHub; GITHUB_API_URL names another server than api.github.com.',
    )
    .action(async (names: string[], { from, dryRun }: Options) => {
      const named = names.map(wantedFrom);
      if (from !== undefined && named.length !== 1)
        throw new UserError('--from is the checkout of one action: name it');
      const repository = await openRepository(process.cwd());
      const wanted = named.length > 0 ? named : await actionsWithoutPin(repository);
      if (wanted.length === 0) return console.log('The lock has every action that is used.');
      const { root, folder } = repository;
      await addActions({
        ...{ root, wanted, dryRun, print: console.log },
        files: root === packageRoot ? packageCatalog : projectCatalog(folder),
        open:
          from === undefined
            ? connect({ environment: process.env, signal })
            : () => openCheckout(resolve(from)),
      });
    });
  await program.parseAsync(words, { from: 'user' });
  return 0;
}
