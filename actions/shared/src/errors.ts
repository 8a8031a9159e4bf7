/** The user's own mistake: an input that is missing or wrong. The message names it and says what is allowed. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
}

export interface CommandFailure {
  readonly command: string;
  /** Undefined where the command could not be started or a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly timedOut: boolean;
  /** Whether the caller had it ended. */
  readonly cancelled?: boolean;
  /** What it had reported until then; '' where it is not given. */
  readonly stdout?: string;
  readonly stderr: string;
}

/** A command that could not be started, exited with another code than 0, or was ended by a signal or a time limit. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  /** Whether this side ended it, on request or because of a time limit: its exit code then means nothing. */
  readonly ended: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly #failure: CommandFailure;

  constructor(failure: CommandFailure, options?: ErrorOptions) {
    const stderr = lastLines(failure.stderr, 20);
    super(`${failure.command} ${howItEnded(failure)}${stderr && `:\n${stderr}`}`, options);
    this.exitCode = failure.exitCode;
    this.signal = failure.signal;
    this.ended = failure.timedOut || failure.cancelled === true;
    this.stdout = failure.stdout ?? '';
    this.stderr = failure.stderr;
    this.#failure = failure;
  }

  /** The same failure with another output. */
  reporting(stdout: string): CommandFailed {
    return new CommandFailed({ ...this.#failure, stdout }, { cause: this });
  }
}

/** A step of the work that did not reach its goal; the message says why and what to do next. */
export class PhaseFailed extends Error {
  override readonly name = 'PhaseFailed';
  readonly phase: string;

  constructor(phase: string, message: string, options?: ErrorOptions) {
    super(`${phase}: ${message}`, options);
    this.phase = phase;
  }
}

/** A connection that ended while a command used it: whether the command began, went on or is done is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/** The text shown to a person: without a stack for failures that are expected, with one for a bug. */
export function explain(error: unknown): string {
  if (
    error instanceof InvalidInput ||
    error instanceof CommandFailed ||
    error instanceof PhaseFailed ||
    error instanceof ConnectionLost
  ) {
    return error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The last `count` lines of a text, without the blank end. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

function howItEnded({ exitCode, signal, timedOut, cancelled }: CommandFailure): string {
  if (cancelled) return 'was cancelled';
  if (timedOut) return 'took longer than its time limit';
  if (signal !== undefined) return `was ended by ${signal}`;
  if (exitCode === 0) return 'had its input or output broken off';
  if (exitCode !== undefined) return `failed with exit code ${exitCode}`;
  return 'could not be started';
}
