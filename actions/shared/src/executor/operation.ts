import { randomBytes } from 'node:crypto';
import { CommandFailed, explain, PhaseFailed } from '../errors.ts';
import { type ExecutorResult, parseResult, valueIn } from '../executor.ts';
import { ConnectionLost, type SshSession } from '../ssh/session.ts';
import {
  type Call,
  executorWords,
  type OperationVerb,
  type PackedScript,
  packScript,
  planQuestion,
  receiverWords,
} from './call.ts';
import { exitCodes, failureOf, reasonOf } from './failure.ts';

/** How calls reach one host. */
export interface Link {
  readonly session: SshSession;
  /** The text of the executor. */
  readonly script: string;
  readonly onProgress: (line: string) => void;
  /** Ends this side, and leaves the work to the host. */
  readonly signal?: AbortSignal;
}

export interface Operation {
  readonly call: Call<OperationVerb>;
  /** What the executor reads after its script. */
  readonly payload?: Uint8Array;
  /** What puts things right when the work on the host dies half way. */
  readonly recovery?: Call<'recover'>;
}

// More broken connections than this, and the network is not fit for a deploy.
const mostReconnects = 50;

/**
 * Has the host carry out an operation and returns what it reported. The host does it exactly once: where the
 * connection ends, it is opened again and the same operation followed, as long as the call's time limit allows.
 *
 * Throws `PhaseFailed` with the reason that the host gave.
 */
export async function runOperation(link: Link, operation: Operation): Promise<ExecutorResult> {
  const { call } = operation;
  const id = randomBytes(8).toString('hex');
  const deadline = performance.now() + call.timeout;
  let seen = 0;
  let following = false;
  for (let lost = 0; lost <= mostReconnects; ) {
    const asked = following ? followCall(call, id, seen) : withOperation(call, id);
    try {
      return await ask(link, asked, {
        timeout: Math.max(deadline - performance.now(), 1000),
        ...(!following && operation.payload !== undefined && { payload: operation.payload }),
        onStderrBytes: (count) => {
          seen += count;
        },
      });
    } catch (error) {
      if (error instanceof ConnectionLost) {
        lost += 1;
        await reconnect(link, call, deadline, error);
        following = true;
      } else if (!(error instanceof CommandFailed)) {
        throw error;
      } else if (error.ended) {
        throw failureOf(call.verb, error);
      } else if (following && error.exitCode === exitCodes.unknownOperation) {
        // The connection ended before the host had everything: nothing has begun.
        following = false;
        seen = 0;
      } else if (error.exitCode === exitCodes.died && operation.recovery) {
        throw await recovered(link, call, operation.recovery, error);
      } else {
        throw failureOf(call.verb, error);
      }
    }
  }
  throw new PhaseFailed(
    call.verb,
    `the connection ended ${mostReconnects} times. The host goes on by itself: look at it with the command \`status\`.`,
  );
}

/**
 * Asks the host something that it answers at once, and gives it `payload` to read. Throws `PhaseFailed` with the reason
 * that it gave.
 */
export async function askHost(
  link: Link,
  call: Call,
  payload?: Uint8Array,
): Promise<ExecutorResult> {
  return parseResult(await askForText(link, call, payload));
}

/** As `askHost`, for an answer that is not made of key=value lines. */
export async function askForText(link: Link, call: Call, payload?: Uint8Array): Promise<string> {
  try {
    return await run(link, call, {
      timeout: call.timeout,
      ...(payload !== undefined && { payload }),
    });
  } catch (error) {
    if (error instanceof CommandFailed) throw failureOf(call.verb, error);
    throw error;
  }
}

interface AskOptions {
  /** Milliseconds. */
  readonly timeout: number;
  readonly payload?: Uint8Array;
  readonly onStderrBytes?: (count: number) => void;
}

async function ask(link: Link, call: Call, options: AskOptions): Promise<ExecutorResult> {
  return parseResult(await run(link, call, options));
}

/** Has the host run the executor that it keeps, or the one that is sent where it keeps none of this version. */
async function run(link: Link, call: Call, options: AskOptions): Promise<string> {
  const script = packScript(link.script);
  try {
    return await runScript(link, call, { ...options, script, sent: false });
  } catch (error) {
    if (!(error instanceof CommandFailed) || error.exitCode !== exitCodes.unknownExecutor)
      throw error;
    return await runScript(link, call, { ...options, script, sent: true });
  }
}

async function runScript(
  { session, onProgress, signal }: Link,
  call: Call,
  {
    script,
    sent,
    payload = Buffer.alloc(0),
    ...rest
  }: AskOptions & { readonly script: PackedScript; readonly sent: boolean },
): Promise<string> {
  const words = receiverWords(script, call.options.base ?? '', { sent });
  const { stdout } = await session.run([...words, ...executorWords(call)], {
    title: call.verb,
    input: sent ? Buffer.concat([script.packed, payload]) : payload,
    onProgress,
    ...(signal !== undefined && { signal }),
    ...rest,
  });
  return stdout;
}

function withOperation(call: Call<OperationVerb>, id: string): Call<OperationVerb> {
  return { ...call, options: { ...call.options, operation: id } };
}

function followCall(call: Call, id: string, seen: number): Call<'follow'> {
  return planQuestion('follow', call.options.base ?? '', {
    operation: id,
    'log-offset': String(seen),
  });
}

async function reconnect(link: Link, call: Call, deadline: number, cause: Error): Promise<void> {
  link.onProgress(`the connection ended; the host goes on with ${call.verb}: connecting again`);
  try {
    await link.session.reopen({
      within: Math.max(deadline - performance.now(), 0),
      ...(link.signal !== undefined && { signal: link.signal }),
    });
  } catch (error) {
    throw new PhaseFailed(
      call.verb,
      `the connection ended and could not be opened again: ${explain(error)}\n` +
        'The host finishes what it began by itself, and takes back what nobody confirms: look at it with the command ' +
        '`status`.',
      { cause },
    );
  }
}

/** The failure of an operation whose process died on the host, with what became of staging. */
async function recovered(
  link: Link,
  call: Call,
  recovery: Call<'recover'>,
  cause: CommandFailed,
): Promise<PhaseFailed> {
  const died = reasonOf(cause.stderr) || 'the work on the host died half way';
  link.onProgress(`${died}: the host puts staging right`);
  try {
    const result = await runOperation(link, { call: recovery });
    const live = valueIn(result, 'release') || '(none)';
    return new PhaseFailed(
      call.verb,
      `${died}. Staging has been put right and runs release ${live}. Deploy again.`,
      { cause },
    );
  } catch (error) {
    return new PhaseFailed(
      call.verb,
      `${died}, and staging could not be put right: ${explain(error)}\n` +
        'Look at it with the command `status`, then run `rollback`.',
      { cause: error },
    );
  }
}
