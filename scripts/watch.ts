import { join } from 'node:path';
import { watch } from 'chokidar';
import { execa } from 'execa';
import { main } from './main.ts';
import { repositoryRoot } from './repository.ts';

/** Compiles the workflows in a process of its own, which loads the definitions as they are now. */
async function build(): Promise<void> {
  const { exitCode } = await execa(process.execPath, ['scripts/build-workflows.ts'], {
    cwd: repositoryRoot,
    stdio: 'inherit',
    reject: false,
  });
  const outcome = exitCode === 0 ? 'compiled' : 'wrong, see above';
  console.log(
    `${new Date().toLocaleTimeString()} ${outcome}; waiting for the next save (Ctrl-C ends)`,
  );
}

await main(async (signal) => {
  let building = build();
  let planned = false;
  const watcher = watch(join(repositoryRoot, 'workflows'), { ignoreInitial: true });
  watcher.on('all', () => {
    // A build takes in every save that came before it began.
    if (planned) return;
    planned = true;
    building = building.then(async () => {
      planned = false;
      await build();
    });
  });
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  await watcher.close();
  await building;
  return 0;
});
