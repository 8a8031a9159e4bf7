import { PassThrough } from 'node:stream';
import { CommandFailed, PhaseFailed } from '../errors.ts';
import { lineReader } from '../lines.ts';
import type { LiveSession } from '../ssh/session.ts';
import { type Call, executorWords, packScript, receiverWords } from './call.ts';
import { exitCodes, reasonOf } from './failure.ts';

/** How calls whose output comes bit by bit reach one host. */
export interface LiveLink {
  readonly session: LiveSession;
  /** The text of the executor. */
  readonly script: string;
}

export interface Following {
  readonly onLine: (line: string) => void;
  /** Ends the following, here and on the host. */
  readonly signal: AbortSignal;
}

/**
 * Has the host tell something line by line until the signal is aborted. Throws `PhaseFailed` with the reason that the host
 * gave where it ends by itself.
 */
export async function followHost(
  link: LiveLink,
  call: Call,
  { onLine, signal }: Following,
): Promise<void> {
  const script = packScript(link.script);
  let stderr = '';
  const attempt = async (sent: boolean) => {
    // The host goes on as long as this is open.
    const input = new PassThrough();
    if (sent) input.write(script.packed);
    const lines = lineReader(onLine);
    const words = [
      ...receiverWords(script, call.options.base ?? '', { sent }),
      ...executorWords(call),
    ];
    try {
      return await link.session.stream(words, {
        title: call.verb,
        input,
        signal,
        onStdout: (bytes) => lines.push(bytes),
        onStderr: (bytes) => {
          stderr = (stderr + Buffer.from(bytes).toString()).slice(-2000);
        },
      });
    } finally {
      lines.end();
      input.destroy();
    }
  };
  try {
    const code = await attempt(false);
    const last = code === exitCodes.unknownExecutor ? await attempt(true) : code;
    if (last !== 0) throw new PhaseFailed(call.verb, reasonOf(stderr) || `exit code ${last}`);
  } catch (error) {
    if (!(error instanceof CommandFailed && error.ended)) throw error;
  }
}

/** A command that has the executor run which the host keeps: it was called before. */
export function keptWords({ script }: LiveLink, call: Call): string[] {
  return [
    ...receiverWords(packScript(script), call.options.base ?? '', { sent: false }),
    ...executorWords(call),
  ];
}
