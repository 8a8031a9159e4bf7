import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../scripts/repository/repository.ts';

export interface StandIn extends AsyncDisposable {
  readonly url: string;
  /** Ends the process as `docker stop` does, and returns its exit code. */
  stop(): Promise<number | null>;
}

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'stand-in-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

/** Runs a stand-in as the local run does, at a free port, and waits until it listens. */
export async function startStandIn(name: 'slack' | 'github', state: string): Promise<StandIn> {
  const script = join(packageRoot, 'scripts/local/surroundings/stand-ins', `${name}.ts`);
  const child = spawn(process.execPath, [script], {
    env: { PORT: '0', HOST: '127.0.0.1', STATE_DIR: state },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let url: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    url = /listens on (http:\S+)/.exec(line)?.[1];
    break;
  }
  if (url === undefined) throw new Error(`${script} ended before it listened`);
  const stop = async () => {
    child.kill('SIGTERM');
    const [code] = await ended;
    return code as number | null;
  };
  return {
    url,
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
    },
  };
}
