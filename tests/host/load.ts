import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A request that was not answered as it should have been. */
export interface Failure {
  readonly kind: 'status' | 'wrong body' | 'cut off' | 'no answer' | 'time-out';
  readonly detail: string;
  readonly method: string;
  readonly path: string;
  readonly keepAlive: boolean;
  /** When it was sent, and how long it took; milliseconds. */
  readonly at: number;
  readonly took: number;
}

/** What a steady load of requests met. */
export interface LoadReport {
  readonly sent: number;
  /** Good answers by service and version: `api 1`. */
  readonly answered: Readonly<Record<string, number>>;
  readonly failures: readonly Failure[];
  /** Milliseconds that the slowest answer took, a failure included. */
  readonly slowest: number;
}

/** Requests at a fixed rate until they are stopped. */
export interface Load extends AsyncDisposable {
  /** Sends no more, waits for what is under way, and reports. */
  stop(): Promise<LoadReport>;
}

/**
 * Sends `rate` requests a second to staging: GET and POST, to the API and the frontend, over kept and over new
 * connections, an eighth of each.
 */
export function startLoad(url: string, rate = 120): Load {
  const file = fileURLToPath(new URL('load-process.ts', import.meta.url));
  const child: ChildProcess = fork(file, [url, String(rate)], { execArgv: [] });
  return {
    stop: async () => {
      child.send('stop');
      const [report] = await once(child, 'message', { signal: AbortSignal.timeout(60_000) });
      return report as LoadReport;
    },
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
