import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { CommandFailed } from './errors.ts';

export interface CommandOptions {
  /** What an error calls the command; the whole command line where it is not given. */
  readonly title?: string;
  /** Written to standard input and never logged: secrets travel this way. */
  readonly input?: string | Uint8Array | Readable;
  readonly cwd?: string;
  /** Milliseconds. */
  readonly timeout?: number;
  /** Is given each line of standard error as it comes. */
  readonly onProgress?: (line: string) => void;
  /** Is given the number of bytes of each piece of standard error as it comes. */
  readonly onStderrBytes?: (count: number) => void;
  /** Ends the command. */
  readonly signal?: AbortSignal;
}

export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a file with an argument list, never through a local shell; the only place where the actions start processes.
 *
 * Throws `CommandFailed` unless the command exits with 0: a signal is a failure too.
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandOutput> {
  const { input, cwd, timeout, onProgress, onStderrBytes, signal } = options;
  // @actions/exec would do, but it dies of an uncaught EPIPE when the command ends before it has
  // read its input, and hides which signal ended it.
  const result = await execa(file, args, {
    ...(cwd !== undefined && { cwd }),
    ...(timeout !== undefined && { timeout }),
    ...(signal !== undefined && { cancelSignal: signal }),
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    stderr: onProgress
      ? function* (line: unknown) {
          onStderrBytes?.(Buffer.byteLength(String(line)) + 1);
          onProgress(String(line));
          yield line;
        }
      : 'pipe',
    env: environmentWithoutInputs(),
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
  });
  if (result.failed) {
    throw new CommandFailed(
      {
        command: options.title ?? [file, ...args].join(' '),
        exitCode: result.exitCode,
        signal: result.signal,
        timedOut: result.timedOut,
        stderr: String(result.exitCode === undefined ? result.shortMessage : result.stderr),
      },
      { cause: result },
    );
  }
  return { stdout: result.stdout, stderr: String(result.stderr) };
}

/** The runner hands inputs over as `INPUT_*`: secrets among them are nobody else's business. */
function environmentWithoutInputs(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('INPUT_')),
  );
}
