import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Command } from 'commander';
import type { Project } from '../../src/project/project.ts';
import { compileWorkflows } from '../build/workflows.ts';
import type { Invocation } from '../invocation.ts';
import { removeImages } from '../local/base-images/remove-images.ts';
import { cacheDirectory } from '../local/machine/cache.ts';
import {
  machineEngine,
  runningContainers,
  runningPrivateEngine,
  stopPrivateEngine,
} from '../local/machine/engine.ts';
import { lockUnlessInUse } from '../local/machine/run-lock.ts';
import { removeActCache, removeActLeftovers } from '../local/run/act-leftovers.ts';
import { findInstance, forgetClone, type Instance } from '../local/surroundings/instance.ts';
import { removeMirror, removeSurroundings } from '../local/surroundings/surroundings.ts';
import { closeTunnel } from '../local/surroundings/tunnel.ts';
import { openRepository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';
import { step, warn } from '../terminal/progress.ts';

const program = new Command('staging-pipeline stop')
  .description(
    'Removes everything that `start` and the tests started for this clone: containers, volumes, networks and the tunnel. The private Docker engine goes too, unless something else still runs in it.',
  )
  .option('--purge', 'also remove everything that was downloaded and built', false);

/** Removes what was started for this clone, and the engine that all share when nobody else uses it. */
export async function run({ words }: Invocation): Promise<number> {
  const { purge } = program.parse(words, { from: 'user' }).opts<{ purge: boolean }>();
  const repository = await openRepository(process.cwd());
  await using lock = await lockUnlessInUse();
  // It may be another clone's: what is shared stays then, and jobs of the same name.
  const isAlone = !('process' in lock);
  const engine = (await machineEngine()) ?? (await runningPrivateEngine());
  const instances = await instancesOf(repository.project);
  for (const each of instances) {
    if (!existsSync(each.directory)) continue;
    await step(`Removing ${each.name}`, async () => {
      await closeTunnel(each);
      if (engine) await removeSurroundings(each, engine);
      await rm(each.directory, { recursive: true });
    });
  }
  for (const each of instances) await forgetClone(each);
  if (engine && isAlone) {
    const workflows = await compileWorkflows(repository);
    for (const { plain } of workflows) await removeActLeftovers(engine, plain.name);
    await removeMirror(engine);
  }
  if (purge && engine && !engine.private)
    await step('Removing the images built for the local run', async () => {
      await removeActCache(engine);
      const built = instances.map(
        ({ ports, repository: name }) => `localhost:${ports.registry}/${name.toLowerCase()}`,
      );
      const kept = await removeImages(engine, built);
      if (kept.length > 0) warn(`Containers that are not ours use ${kept.join(', ')}: left there`);
      warn("The engine's build cache is everybody's: `docker builder prune` empties it");
    });
  const running = engine?.private ? await runningContainers(engine) : [];
  const others = isAlone ? running : [...running, `process ${lock.process}, which runs a pipeline`];
  await step('Private Docker engine', async ({ note }) => {
    if (others.length > 0) note('goes on, since others use it');
    else note((await stopPrivateEngine()) ? 'stopped' : 'not running');
  });
  if (purge && others.length > 0)
    throw new UserError(
      `What was downloaded and built stays, since these use it: ${others.join(', ')}. Stop them in the clones that they belong to, or end them: docker --host ${engine?.env.DOCKER_HOST} rm --force NAME`,
    );
  if (purge)
    await step(
      `Removing ${cacheDirectory}`,
      async () => await rm(cacheDirectory, { recursive: true, force: true }),
    );
  return 0;
}

/** The instances of this clone; none where it has started nothing. */
async function instancesOf(project: Project): Promise<readonly Instance[]> {
  const found = [await findInstance(project), await findInstance(project, 'test')];
  return found.filter((each) => each !== undefined);
}
