import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { InvalidInput } from '../../actions/shared/src/errors.ts';
import { planQuestion } from '../../actions/shared/src/executor/call.ts';
import { keptWords } from '../../actions/shared/src/executor/stream.ts';
import { lineReader } from '../../actions/shared/src/lines.ts';
import type { StagingHost } from './host.ts';
import { onReaderGone, print, tell } from './terminal.ts';

export interface Execution {
  readonly service: string;
  /** The program and its arguments. */
  readonly words: readonly string[];
  /** Names of variables of this process that the command gets too. */
  readonly variables: readonly string[];
  /** Whether the command gets this process's terminal. */
  readonly terminal: boolean;
  readonly signal: AbortSignal;
}

// As a shell has it where a program writes to one that has ended.
const endedByPipe = 141;

/** Runs a command in a container of the live release; returns its exit code. The host journals that, without arguments. */
export async function execute(host: StagingHost, execution: Execution): Promise<number> {
  const { service, words, variables, terminal, signal } = execution;
  const operation = randomBytes(8).toString('hex');
  const values = variables.map((name) => ({ name, value: variable(name) }));
  await host.give(
    'enter',
    {
      operation,
      service,
      ...(values.length > 0 && {
        variables: values.map(({ name, value }) => `${name}:${value.byteLength}`).join(' '),
      }),
    },
    Buffer.concat(values.map(({ value }) => value)),
  );
  const { owner, actor } = host.requester;
  const call = planQuestion('exec', host.baseDirectory, {
    ...{ operation, owner, actor },
    ...(terminal && { terminal: 'yes' }),
  });
  const command = [...keptWords(host.link, call), ...words.flatMap((word) => ['--word', word])];
  const { session } = host.link;
  if (terminal) return await session.atTerminal(command, signal);
  const unread = new AbortController();
  onReaderGone(() => unread.abort());
  const stdout = receiver(process.stdout, print);
  const stderr = receiver(process.stderr, tell);
  try {
    return await session.stream(command, {
      title: `exec ${service}`,
      ...(!process.stdin.isTTY && { input: process.stdin }),
      onStdout: stdout.push,
      onStderr: stderr.push,
      signal: AbortSignal.any([signal, unread.signal]),
    });
  } catch (error) {
    if (unread.signal.aborted) return endedByPipe;
    throw error;
  } finally {
    stdout.end();
    stderr.end();
    // Nobody reads it any more, and an open one would keep this process from ending.
    process.stdin.destroy();
  }
}

function variable(name: string): Buffer {
  const value = process.env[name];
  if (value === undefined)
    throw new InvalidInput(`--env ${name}: there is no variable of that name where this runs`);
  return Buffer.from(value);
}

/** At a terminal text that can only be read; a file or another program gets every byte. */
function receiver(stream: NodeJS.WriteStream, show: (line: string) => void) {
  if (stream.isTTY) return lineReader(show);
  return {
    async push(bytes: Uint8Array): Promise<void> {
      if (!stream.write(bytes)) await once(stream, 'drain');
    },
    end: () => undefined,
  };
}
