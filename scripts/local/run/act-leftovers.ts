import { docker, type Engine } from '../machine/engine.ts';

/** Removes containers and networks that a run of act left behind when it was killed; it names them after the workflow. */
export async function removeActLeftovers(engine: Engine, workflowName: string): Promise<void> {
  const name = `act-${workflowName}-`.replaceAll(/[^a-z0-9]/gi, '-').replaceAll('--', '-');
  const names = ['--filter', `name=^${name}`];
  const containers = await ids(engine, ['ps', '--all', '--quiet', ...names]);
  if (containers.length > 0) await docker(engine, ['rm', '--force', '--volumes', ...containers]);
  const networks = await ids(engine, ['network', 'ls', '--quiet', ...names]);
  if (networks.length > 0) await docker(engine, ['network', 'rm', ...networks]);
}

/** Removes the volume in which act keeps what its runners share. */
export async function removeActCache(engine: Engine): Promise<void> {
  const volumes = await ids(engine, [
    'volume',
    'ls',
    '--quiet',
    '--filter',
    'name=^act-toolcache$',
  ]);
  if (volumes.length > 0) await docker(engine, ['volume', 'rm', ...volumes]);
}

async function ids(engine: Engine, args: readonly string[]): Promise<string[]> {
  return (await docker(engine, args)).split('\n').filter(Boolean);
}
