/** What every command is given. */
export interface Invocation {
  /** The words after the command's name. */
  readonly words: readonly string[];
  /** Aborted when the command is to end. */
  readonly signal: AbortSignal;
}
