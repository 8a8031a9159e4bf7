import { join } from 'node:path';
import { watch } from 'chokidar';
import { Command } from 'commander';
import { execa } from 'execa';
import type { Invocation } from '../invocation.ts';
import { cliArguments } from '../repository/cli-arguments.ts';
import { openRepository } from '../repository/repository.ts';

const program = new Command('staging-pipeline watch').description(
  'Compiles and checks the workflows on every save of their definitions, until Ctrl-C.',
);

/** Builds the workflows on every save, until the signal. */
export async function run({ words, signal }: Invocation): Promise<number> {
  program.parse(words, { from: 'user' });
  const { root, folder } = await openRepository(process.cwd());
  let building = build(root);
  let planned = false;
  const watcher = watch(join(root, folder), {
    ignoreInitial: true,
    ignored: /\/node_modules(?:\/|$)/,
  });
  watcher.on('all', () => {
    // A build takes in every save that came before it began.
    if (planned) return;
    planned = true;
    building = building.then(async () => {
      planned = false;
      await build(root);
    });
  });
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await watcher.close();
  await building;
  return 0;
}

/** Compiles the workflows in a process of its own, which loads the definitions as they are now. */
async function build(root: string): Promise<void> {
  const command = cliArguments(['build', '--only', 'workflows']);
  const options = { cwd: root, stdio: 'inherit', reject: false } as const;
  const { exitCode } = await execa(process.execPath, command, options);
  const outcome = exitCode === 0 ? 'compiled' : 'wrong, see above';
  console.log(
    `${new Date().toLocaleTimeString()} ${outcome}; waiting for the next save (Ctrl-C ends)`,
  );
}
