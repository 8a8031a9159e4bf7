import { createServer } from 'node:net';
import { UserError } from '../../terminal/errors.ts';
import { docker, type Engine } from '../machine/engine.ts';
import type { Instance } from './instance.ts';
import { closeTunnel } from './tunnel.ts';

/** Makes sure that nothing else listens where the instance wants to; the error names the ports. */
export async function ensureFreePorts(instance: Instance, engine: Engine): Promise<void> {
  const running = await docker(engine, [
    ...['ps', '--quiet', '--filter', `label=com.docker.compose.project=${instance.name}`],
  ]);
  if (running.trim() !== '') return;
  // One that an earlier engine left open forwards to nobody.
  await closeTunnel(instance);
  const forwarded = instance.stagingPorts.filter((each) => each.private);
  const wanted = [
    ...Object.entries(instance.ports),
    ...forwarded.map(({ service, port }) => [service, port + instance.offset] as const),
  ];
  const taken: string[] = [];
  for (const [name, port] of wanted) if (!(await isFree(port))) taken.push(`${port} (${name})`);
  if (taken.length > 0)
    throw new UserError(
      `Something else listens on this machine's port ${taken.join(', ')}. End it and run this again; \`ss -ltnp\` shows what it is.`,
    );
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
