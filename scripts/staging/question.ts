import { createInterface } from 'node:readline/promises';
import { InvalidInput } from '../../actions/shared/src/errors.ts';
import { plainText } from '../../actions/shared/src/foreign-text.ts';

/** Where somebody who can say yes or no may sit. */
export interface Asking {
  /** The answer was given beforehand. */
  readonly yes: boolean;
  readonly signal: AbortSignal;
}

/** Throws `InvalidInput` where nobody could answer a question about `what`. */
export function requireAnswer(what: string, { yes }: Asking): void {
  if (yes || (process.stdin.isTTY && process.stderr.isTTY)) return;
  throw new InvalidInput(
    `${what} asks before it changes anything, and there is no terminal to ask at: give --yes, or look first with --dry-run`,
  );
}

/** Asks at the terminal; returns whether the answer is yes. An end of the input is a no. */
export async function confirmed(question: string, { yes, signal }: Asking): Promise<boolean> {
  if (yes) return true;
  // Not as a terminal: Ctrl-C then ends this program as it does anywhere else.
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    const answer = await Promise.race([
      lines.question(`${plainText(question)} [y/N] `, { signal }),
      ended,
    ]);
    return /^y(?:es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
