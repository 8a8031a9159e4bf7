import { Command } from 'commander';
import { adoptPins } from './adopt-pins/adopt.ts';
import { main } from './main.ts';
import { repositoryRoot } from './repository.ts';

const program = new Command('npm run pins --')
  .description(
    'Makes workflows/actions.lock.json, the types of the actions and the compiled workflows follow the third-party actions that Dependabot pinned anew in .github/workflows, after it has asked GitHub what the new versions are.',
  )
  .option('--dry-run', 'tell what would change, and change nothing', false)
  .addHelpText(
    'after',
    '\nGITHUB_TOKEN, where it is set, is used to ask GitHub; GITHUB_API_URL names another server than api.github.com.',
  );

await main((signal) => {
  const { dryRun } = program.parse().opts<{ readonly dryRun: boolean }>();
  return adoptPins({
    root: repositoryRoot,
    environment: process.env,
    signal,
    dryRun,
    print: console.log,
  });
});
