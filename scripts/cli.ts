import { enableCompileCache } from 'node:module';
import type { Invocation } from './invocation.ts';
import { main } from './terminal/main.ts';

// A maintainer waits for `build` at every save, and most of its time is for loading modules.
enableCompileCache();

/** A command; returns its exit code. */
export interface CommandModule {
  run(invocation: Invocation): Promise<number>;
}

// Loaded when they are called: most need little of what the others do.
const commands: Readonly<Record<string, readonly [string, () => Promise<CommandModule>]>> = {
  build: [
    'makes the workflows and everything else that is generated',
    () => import('./commands/build.ts'),
  ],
  check: [
    'whether everything is as it should be before a commit',
    () => import('./commands/check.ts'),
  ],
  watch: ['builds on every save', () => import('./commands/watch.ts')],
  lint: [
    'looks for mistakes in workflows, also in those written by hand',
    () => import('./commands/lint.ts'),
  ],
  import: [
    'writes the typed definitions of workflows that are YAML',
    () => import('./commands/import.ts'),
  ],
  graph: ['draws the pipeline, for a page or on the terminal', () => import('./commands/graph.ts')],
  secrets: [
    'the secrets and variables that GitHub has to have',
    () => import('./commands/secrets.ts'),
  ],
  'first-run': [
    'whether the repository on GitHub is ready for the first push',
    () => import('./commands/first-run.ts'),
  ],
  actions: [
    'adds third-party actions to those that workflows may use',
    () => import('./commands/actions.ts'),
  ],
  'scan-baseline': [
    'the findings that were there before the gate of the scan',
    () => import('./commands/scan-baseline.ts'),
  ],
  pins: ['adopts the actions that Dependabot pinned anew', () => import('./commands/pins.ts')],
  start: ['runs the whole pipeline on this machine', () => import('./commands/start.ts')],
  stop: ['removes what start has set up', () => import('./commands/stop.ts')],
  staging: [
    'shows and changes what the staging server runs',
    () => import('./commands/staging.ts'),
  ],
};

const [name = '--help', ...words] = process.argv.slice(2);
const [, load] = Object.hasOwn(commands, name) ? (commands[name] ?? []) : [];

if (load) await main(async (signal) => await (await load()).run({ words, signal }));
else {
  const wanted = name === '--help' || name === '-h' || name === 'help';
  if (!wanted) console.error(`staging-pipeline has no command ${name}.\n`);
  (wanted ? console.log : console.error)(usage());
  process.exitCode = wanted ? 0 : 2;
}

function usage(): string {
  const width = Math.max(...Object.keys(commands).map((each) => each.length));
  return [
    'Usage: staging-pipeline <command> [options]',
    '',
    'Works on the repository that it is run in. `staging-pipeline <command> --help` says more of each.',
    '',
    ...Object.entries(commands).map(([each, [summary]]) => `  ${each.padEnd(width)}  ${summary}`),
  ].join('\n');
}
