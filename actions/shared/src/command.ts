import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { exec } from '@actions/exec';
import { execa } from 'execa';
import { CommandFailed, type CommandFailure } from './errors.ts';
import { lineReader } from './lines.ts';
import { readAlong, type StderrReaders } from './stderr-lines.ts';

export interface CommandOptions extends StderrReaders {
  /** What an error calls the command; the whole command line where it is not given. */
  readonly title?: string;
  /** Written to standard input and never logged: secrets travel this way. A stream is passed on as it comes. */
  readonly input?: string | Uint8Array | Readable;
  readonly cwd?: string;
  /** Variables beside this process's own; secrets may travel this way too. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeout?: number;
  /** Ends the command when it is aborted: SIGTERM, and SIGKILL where it goes on for 5 seconds. */
  readonly signal?: AbortSignal;
}

export interface CommandOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a file with an argument list, never through a local shell, and returns its output; this module is the only place
 * where the actions start processes.
 *
 * Throws `CommandFailed` unless the command exits with 0: a signal is a failure too.
 */
export async function runCommand(
  file: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandOutput> {
  const { input, cwd, environment, timeout, signal, onProgress, onStderrBytes, stderrAfter } =
    options;
  const running = execa(file, args, {
    ...(cwd !== undefined && { cwd }),
    ...(timeout !== undefined && { timeout: Math.ceil(timeout) }),
    ...(signal !== undefined && { cancelSignal: signal }),
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    stderr: onProgress || onStderrBytes || stderrAfter ? readAlong(options) : 'pipe',
    forceKillAfterDelay: 5000,
    env: { ...environmentWithoutInputs(), ...environment },
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
  });
  closeOutputAfterKill(running.nodeChildProcess);
  const result = await running;
  if (result.failed) {
    throw new CommandFailed(
      {
        command: options.title ?? [file, ...args].join(' '),
        exitCode: result.exitCode,
        signal: result.signal,
        timedOut: result.timedOut,
        cancelled: result.isCanceled,
        stdout: String(result.stdout ?? ''),
        stderr: reasonOf(result),
      },
      { cause: result },
    );
  }
  return { stdout: result.stdout, stderr: String(result.stderr) };
}

export interface StreamOptions {
  /** What an error calls the command. */
  readonly title?: string;
  readonly input?: string | Uint8Array | Readable;
  /** Is given both outputs as they come; the command waits while a promise is not settled. */
  readonly onStdout: (bytes: Uint8Array) => Promise<void> | void;
  readonly onStderr: (bytes: Uint8Array) => Promise<void> | void;
  /** Ends the command when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a file with an argument list, hands its output on as it comes and keeps none. Throws `CommandFailed` unless it exits
 * with 0.
 */
export async function streamCommand(
  file: string,
  args: readonly string[],
  { title, input, onStdout, onStderr, signal }: StreamOptions,
): Promise<void> {
  const running = execa(file, args, {
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    ...(signal !== undefined && { cancelSignal: signal }),
    buffer: false,
    forceKillAfterDelay: 5000,
    env: environmentWithoutInputs(),
    extendEnv: false,
    reject: false,
  });
  closeOutputAfterKill(running.nodeChildProcess);
  const [result] = await Promise.all([
    running,
    handOn(running.nodeChildProcess.stdout, onStdout),
    handOn(running.nodeChildProcess.stderr, onStderr),
  ]);
  if (result.failed) throw new CommandFailed(failureIn(result, title ?? file), { cause: result });
}

/** Runs a file with this process's own terminal. Throws `CommandFailed` unless it exits with 0. */
export async function runInTerminal(
  file: string,
  args: readonly string[],
  { title, signal }: { readonly title: string; readonly signal: AbortSignal },
): Promise<void> {
  const result = await execa(file, args, {
    stdio: 'inherit',
    cancelSignal: signal,
    env: environmentWithoutInputs(),
    extendEnv: false,
    reject: false,
  });
  if (result.failed) throw new CommandFailed(failureIn(result, title), { cause: result });
}

async function handOn(
  stream: Readable | null,
  take: (bytes: Uint8Array) => Promise<void> | void,
): Promise<void> {
  if (stream === null) return;
  try {
    for await (const chunk of stream) await take(chunk as Uint8Array);
  } catch (error) {
    // One that is closed because its process was ended has nothing more to say.
    if (!stream.destroyed) throw error;
  }
}

function failureIn(
  result: { exitCode?: number; signal?: string; timedOut: boolean; isCanceled: boolean },
  command: string,
): CommandFailure {
  const { exitCode, signal, timedOut, isCanceled: cancelled } = result;
  return { command, exitCode, signal, timedOut, cancelled, stderr: '' };
}

export interface LoggedCommand {
  /** What an error calls the command. */
  readonly title: string;
  /** Is given each line of both outputs as it comes. */
  readonly onLine: (line: string) => void;
}

/**
 * Runs a file whose output belongs into the log, where it goes line by line. It is written nothing, and ends by itself:
 * what gets an input, a time limit or a signal is for `runCommand`, since the toolkit dies of an uncaught EPIPE where a
 * command ends before it has read its input, and cannot end one.
 *
 * Throws `CommandFailed` unless it exits with 0.
 */
export async function runLogged(
  file: string,
  args: readonly string[],
  { title, onLine }: LoggedCommand,
): Promise<void> {
  let told = '';
  const outputs = { stdout: lineReader(onLine), stderr: lineReader(onLine) };
  const exitCode = await exec(`"${file}"`, [...args], {
    // The toolkit itself would write to the runner what others wrote, as it came.
    silent: true,
    ignoreReturnCode: true,
    env: variables(),
    listeners: {
      stdout: (bytes) => outputs.stdout.push(bytes),
      stderr: (bytes) => {
        told += bytes.toString();
        outputs.stderr.push(bytes);
      },
    },
  }).catch((error: Error) => {
    throw new CommandFailed(failed(title, { stderr: error.message }), { cause: error });
  });
  outputs.stdout.end();
  outputs.stderr.end();
  if (exitCode === 0) return;
  // Its type says that there is always one, but a signal leaves none.
  const ended = (exitCode as number | null) === null ? { signal: 'a signal' } : { exitCode };
  throw new CommandFailed(failed(title, { ...ended, stderr: told }));
}

function failed(
  command: string,
  { exitCode, signal, stderr }: { exitCode?: number; signal?: string; stderr: string },
): CommandFailure {
  return { command, exitCode, signal, timedOut: false, stderr };
}

/** As the toolkit wants them. */
function variables(): Record<string, string> {
  const set = Object.entries(environmentWithoutInputs());
  return Object.fromEntries(
    set.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

// For what the process had written already.
const grace = 500;

/**
 * A process that is ended may have handed its output on: ssh gives its own to the process that holds the connection,
 * which keeps it open as long as the command on the host goes on.
 */
function closeOutputAfterKill(process: ChildProcess): void {
  process.once('exit', (_, signal) => {
    if (!process.killed && signal === null) return;
    setTimeout(() => {
      process.stdout?.destroy();
      process.stderr?.destroy();
    }, grace);
  });
}

interface Ending {
  readonly exitCode?: number | undefined;
  readonly timedOut: boolean;
  readonly isCanceled: boolean;
  readonly stderr: unknown;
  readonly shortMessage?: string | undefined;
  readonly originalMessage?: string | undefined;
}

function reasonOf(result: Ending): string {
  if (result.exitCode === undefined) return result.shortMessage ?? '';
  const stderr = String(result.stderr);
  const isBrokenStream = !result.timedOut && !result.isCanceled && result.originalMessage;
  // The command saw an end where there was none: what it made of that matters less.
  return isBrokenStream ? `${stderr}${result.originalMessage}` : stderr;
}

/** The runner hands inputs over as `INPUT_*`: secrets among them are nobody else's business. */
function environmentWithoutInputs(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('INPUT_')),
  );
}
