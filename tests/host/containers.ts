import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker, type Engine } from '../../scripts/local/machine/engine.ts';

const prefix = 'faults';
let count = 0;

/** A name for a container or network of this process, by which a later run finds what a killed one left. */
export function newName(what: string): string {
  count += 1;
  return `${prefix}-${what}-${process.pid}-${count}`;
}

/** Removes the containers and networks of test processes that are gone. */
export async function removeLeftovers(engine: Engine): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await removeOnce(engine);
      return;
    } catch (error) {
      // Another test file may be removing the same ones.
      if (attempt === 30) throw error;
      await sleep(1000);
    }
  }
}

async function removeOnce(engine: Engine): Promise<void> {
  const list = async (args: string[]) =>
    (await docker(engine, args)).split('\n').filter(isLeftover);
  const filter = ['--filter', `name=^${prefix}-`, '--format'];
  const containers = await list(['ps', '--all', ...filter, '{{.Names}}']);
  if (containers.length > 0) await docker(engine, ['rm', '--force', '--volumes', ...containers]);
  const networks = await list(['network', 'ls', ...filter, '{{.Name}}']);
  if (networks.length > 0) await docker(engine, ['network', 'rm', ...networks]);
}

function isLeftover(name: string): boolean {
  const pid = /-(\d+)-\d+$/.exec(name)?.[1];
  return pid !== undefined && !existsSync(`/proc/${pid}`);
}

/** Ports of 127.0.0.1 on which nothing listens, each another one. */
export async function freePorts(wanted: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: wanted }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the port has no number');
    return address.port;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
