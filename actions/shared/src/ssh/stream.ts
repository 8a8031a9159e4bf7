import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runInTerminal, type StreamOptions, streamCommand } from '../command.ts';
import { CommandFailed } from '../errors.ts';
import { notBegun, type OpenConnection, whatEnded } from './command.ts';
import { aliases } from './config.ts';
import { framed } from './framed.ts';
import { remoteCommandLine } from './remote-command.ts';

/**
 * Runs a command on the host over a connection that is open, hands on what it alone writes, as it comes, and returns its
 * exit code. Throws `ConnectionLost`, `CommandFailed` where this side ended it, and `PhaseFailed` where the user's login
 * shell did not run it.
 */
export async function streamOverConnection(
  open: OpenConnection,
  words: readonly string[],
  { onStdout, onStderr, input, ...options }: StreamOptions,
): Promise<number> {
  const command = framed(words, input);
  const stdout = command.reader();
  const stderr = skipping(command.stderrAfter);
  const code = await exitCodeOf(
    open,
    () => stdout.ended,
    (args) =>
      streamCommand('ssh', [...args, remoteCommandLine(command.words)], {
        title: `on ${open.connection.host}: ${remoteCommandLine(words)}`,
        ...options,
        input: command.input,
        onStdout: (bytes) => given(stdout.push(bytes), onStdout),
        onStderr: (bytes) => given(stderr.push(bytes), onStderr),
      }),
  );
  if (!stdout.begun) throw notBegun(open, stderr.before());
  return code;
}

/** Runs a command on the host with this process's terminal; returns its exit code. Throws `ConnectionLost`. */
export async function runAtTerminal(
  open: OpenConnection,
  words: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const line = remoteCommandLine(words);
  return await exitCodeOf(
    open,
    () => false,
    (args) =>
      runInTerminal('ssh', ['-tt', ...args, line], { title: `on ${open.connection.host}`, signal }),
  );
}

async function exitCodeOf(
  open: OpenConnection,
  endedByItself: () => boolean,
  run: (args: readonly string[]) => Promise<void>,
): Promise<number> {
  const { files } = open;
  const log = join(files.directory, `log.${randomBytes(4).toString('hex')}`);
  try {
    await run(['-F', files.config, '-E', log, aliases.channel]);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandFailed) || error.ended) throw error;
    const { exitCode } = error;
    if (exitCode !== undefined && (exitCode !== 255 || endedByItself())) return exitCode;
    const said = await readFile(log, 'utf8').catch(() => '');
    const ended = await whatEnded(open, error, said.trim());
    // ssh has nothing to say of it and the connection is there: it is the command's own code.
    if (ended === error && exitCode !== undefined) return exitCode;
    throw ended;
  } finally {
    await rm(log, { force: true });
  }
}

async function given(
  bytes: Uint8Array,
  take: (bytes: Uint8Array) => Promise<void> | void,
): Promise<void> {
  if (bytes.byteLength > 0) await take(bytes);
}

/** Leaves out what comes before a text, and the text. */
function skipping(mark: string) {
  let held: Buffer | undefined = Buffer.alloc(0);
  return {
    push(bytes: Uint8Array): Uint8Array {
      if (held === undefined) return bytes;
      held = Buffer.concat([held, bytes]);
      const at = held.indexOf(mark);
      if (at < 0) return Buffer.alloc(0);
      const rest = held.subarray(at + Buffer.byteLength(mark));
      held = undefined;
      return rest;
    },
    /** What came instead of the text. */
    before: () => held?.toString() ?? '',
  };
}
