import { explain, InvalidInput, PhaseFailed } from '../../../shared/src/errors.ts';
import { readExecutor } from '../../../shared/src/executor.ts';
import { openSession } from '../../../shared/src/ssh/session.ts';
import type { Inputs } from '../inputs.ts';
import { type Host, hostOver } from './host.ts';

export interface ConnectOptions {
  readonly temporaryDirectory: string;
  readonly stack: AsyncDisposableStack;
  readonly onDirectory: (directory: string) => void;
}

/**
 * The host of the inputs over the job's connection, which stays open for the steps that follow; undefined where none is
 * given. One that cannot be reached is a host that answers no question: what was to be asked of the application still is.
 */
export async function connectHost(
  host: Inputs['host'],
  { temporaryDirectory, stack, onDirectory }: ConnectOptions,
): Promise<Host | undefined> {
  if (host === undefined) return undefined;
  const { connection, baseDirectory } = host;
  try {
    const session = stack.use(
      await openSession(connection, { temporaryDirectory, onDirectory, keep: true }),
    );
    return hostOver({ session, script: await readExecutor(), baseDirectory });
  } catch (error) {
    // A key that cannot be used is the input's fault, and no host's.
    if (error instanceof InvalidInput) throw error;
    return silentHost(new PhaseFailed('staging host', explain(error), { cause: error }));
  }
}

function silentHost(error: PhaseFailed): Host {
  const refuse = () => Promise.reject(error);
  return { report: refuse, logs: refuse, execute: refuse, forward: refuse };
}
