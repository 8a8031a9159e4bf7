import { setTimeout as sleep } from 'node:timers/promises';
import { localImage } from '../../scripts/local/base-images/local-images.ts';
import { docker, type Engine } from '../../scripts/local/machine/engine.ts';
import { freePorts, newName } from './containers.ts';

/** A registry that the runner and the staging servers of `network` reach under the same name, `address`. */
export interface Registry extends AsyncDisposable {
  readonly port: number;
  readonly address: string;
  readonly network: string;
  /** Nobody reaches it any more. */
  stop(): Promise<void>;
}

/** Starts a registry without credentials, on a network of its own. */
export async function startRegistry(engine: Engine): Promise<Registry> {
  const [port = 0] = await freePorts(1);
  const network = newName('network');
  const container = newName('registry');
  await docker(engine, ['network', 'create', network]);
  await docker(engine, [
    ...['run', '--detach', '--name', container, '--network', network],
    ...['--network-alias', 'registry', '--publish', `127.0.0.1:${port}:5000`],
    localImage('registry'),
  ]);
  await untilItAnswers(`http://127.0.0.1:${port}/v2/`);
  return {
    port,
    address: `localhost:${port}`,
    network,
    stop: async () => {
      await docker(engine, ['stop', container]);
    },
    [Symbol.asyncDispose]: async () => {
      await docker(engine, ['rm', '--force', '--volumes', container]);
      await docker(engine, ['network', 'rm', network]);
    },
  };
}

async function untilItAnswers(url: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`The registry at ${url} does not answer`);
    await sleep(100);
  }
}
