import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Command } from 'commander';
import staging from '../workflows/staging.ts';
import { removeActCache, removeActLeftovers } from './local/act-leftovers.ts';
import { removeImages } from './local/base-images/remove-images.ts';
import { cacheDirectory } from './local/cache.ts';
import { machineEngine, runningPrivateEngine, stopPrivateEngine } from './local/engine.ts';
import { instance } from './local/instance.ts';
import { step, warn } from './local/progress.ts';
import { repositoryName } from './local/snapshot.ts';
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
  const instances = [instance('local'), instance('test')];
  for (const each of instances) {
    if (!existsSync(each.directory)) continue;
    await step(`Removing ${each.name}`, async () => {
      await closeTunnel(each);
      if (engine) await removeSurroundings(each, engine);
      await rm(each.directory, { recursive: true });
    });
  }
  if (engine) {
    await removeActLeftovers(engine, staging.definition.name);
    await removeMirror(engine);
  }
  if (purge && engine && !engine.private)
    await step('Removing the images built for the local run', async () => {
      await removeActCache(engine);
      const built = instances.map(({ ports }) => `localhost:${ports.registry}/${repositoryName}`);
      const kept = await removeImages(engine, built);
      if (kept.length > 0) warn(`Containers that are not ours use ${kept.join(', ')}: left there`);
      warn("The engine's build cache is everybody's: `docker builder prune` empties it");
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
