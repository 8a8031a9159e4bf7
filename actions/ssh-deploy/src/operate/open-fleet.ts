import { explain, PhaseFailed } from '../../../shared/src/errors.ts';
import type { Connection } from '../../../shared/src/ssh/connection.ts';
import { type LiveSession, openSession } from '../../../shared/src/ssh/session.ts';
import type { Fleet, HostLink } from './fleet.ts';
import type { CallContext } from './plan.ts';

export interface FleetOptions {
  readonly hosts: readonly { readonly name: string; readonly connection: Connection }[];
  readonly context: CallContext;
  /** The text of the executor. */
  readonly script: string;
  readonly temporaryDirectory: string;
  /** Is told every directory that a session has, before anything is written to it. */
  readonly onDirectory?: (directory: string) => void;
  /** Leaves the connections open for the next step of the job. */
  readonly keep: boolean;
  /** Is given what the hosts print; the host's name goes ahead where there are several. */
  readonly onProgress: (line: string) => void;
  /** Ends this side, and leaves the work to the hosts. */
  readonly signal?: AbortSignal;
}

/** A fleet whose connections this process has opened. */
export interface OpenFleet extends Fleet, AsyncDisposable {
  readonly hosts: readonly (HostLink & { readonly session: LiveSession })[];
}

/** Connects to all hosts at the same time; disposing of the fleet closes the connections. Throws `PhaseFailed`. */
export async function openFleet(options: FleetOptions): Promise<OpenFleet> {
  const { hosts, context, script, onProgress, signal } = options;
  const stack = new AsyncDisposableStack();
  const prefix = (name: string) => (hosts.length > 1 ? `[${name}] ` : '');
  const opening = hosts.map(async ({ name, connection }): Promise<OpenFleet['hosts'][number]> => {
    const session = stack.use(await openSession(connection, options));
    return {
      name,
      session,
      script,
      onProgress: (line) => onProgress(prefix(name) + line),
      ...(signal !== undefined && { signal }),
    };
  });
  const outcomes = await Promise.allSettled(opening);
  const failed = outcomes.flatMap((outcome, index) =>
    outcome.status === 'rejected' ? [{ name: hosts[index]?.name, error: outcome.reason }] : [],
  );
  const [first] = failed;
  if (first === undefined) {
    return {
      hosts: await Promise.all(opening),
      context,
      [Symbol.asyncDispose]: () => stack.disposeAsync(),
    };
  }
  await stack.disposeAsync();
  if (hosts.length === 1) throw first.error;
  throw new PhaseFailed(
    'connecting',
    `not every host can be reached, so nothing was done.\n${failed
      .map(({ name, error }) => `  ${name}: ${explain(error)}`)
      .join('\n')}`,
    { cause: first.error },
  );
}
