import { attempt } from '../../terminal/process.ts';
import { docker, type Engine } from '../machine/engine.ts';
import { standInLabel } from './local-images.ts';
import { forgetPulled, pulledImages } from './pulled-images.ts';

/**
 * Removes from the machine's engine what the local run built, what its workflow pushed below these names (a registry's
 * host and the path of the images), and what it pulled. Returns pulled images that stay since something runs them.
 */
export async function removeImages(
  engine: Engine,
  builtBelow: readonly string[],
): Promise<readonly string[]> {
  const filters = [`label=${standInLabel}`, ...builtBelow.map((prefix) => `reference=${prefix}/*`)];
  const found = new Set<string>();
  for (const filter of filters)
    for (const name of await imagesWith(engine, filter)) found.add(name);
  if (found.size > 0) await docker(engine, ['rmi', '--force', ...found]);
  const { env } = engine;
  const kept: string[] = [];
  for (const image of await pulledImages()) {
    const there = (await attempt('docker', ['image', 'inspect', image], { env })) !== undefined;
    if (there && (await attempt('docker', ['rmi', image], { env })) === undefined) kept.push(image);
    else await forgetPulled(image);
  }
  return kept;
}

/** By name where they have one: an id would take the names with it that somebody else gave to the same image. */
async function imagesWith(engine: Engine, filter: string): Promise<string[]> {
  const format = '{{.Repository}}:{{.Tag}} {{.ID}}';
  const lines = await docker(engine, ['images', '--filter', filter, '--format', format]);
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [name = '', id = ''] = line.split(' ');
      return name.endsWith(':<none>') ? id : name;
    });
}
