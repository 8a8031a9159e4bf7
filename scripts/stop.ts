import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Command } from 'commander';
import { removeActCache, removeActLeftovers } from './local/act-leftovers.ts';
import { removeImages } from './local/base-images.ts';
import { cacheDirectory } from './local/cache.ts';
import { machineEngine, runningPrivateEngine, stopPrivateEngine } from './local/engine.ts';
import { instance } from './local/instance.ts';
import { step } from './local/progress.ts';
import { removeMirror, removeSurroundings } from './local/surroundings.ts';
import { closeTunnel } from './local/tunnel.ts';
import { main } from './main.ts';

const program = new Command('npm run stop --')
  .description(
    'Removes everything that `npm start` and the tests started: containers, volumes, networks, the tunnel and the private Docker engine.',
  )
  .option('--purge', 'also remove everything that was downloaded and built', false);

await main(async () => {
  const { purge } = program.parse().opts<{ purge: boolean }>();
  const engine = (await machineEngine()) ?? (await runningPrivateEngine());
  for (const each of [instance('local'), instance('test')]) {
    if (!existsSync(each.directory)) continue;
    await step(`Removing ${each.name}`, async () => {
      await closeTunnel(each);
      if (engine) await removeSurroundings(each, engine);
      await rm(each.directory, { recursive: true });
    });
  }
  if (engine) {
    await removeActLeftovers(engine);
    await removeMirror(engine);
  }
  if (purge && engine && !engine.private)
    await step('Removing the images built for the local run', async () => {
      await removeActCache(engine);
      await removeImages(engine);
    });
  await step('Private Docker engine', async ({ note }) =>
    note((await stopPrivateEngine()) ? 'stopped' : 'not running'),
  );
  if (purge)
    await step(
      `Removing ${cacheDirectory}`,
      async () => await rm(cacheDirectory, { recursive: true, force: true }),
    );
  return 0;
});
