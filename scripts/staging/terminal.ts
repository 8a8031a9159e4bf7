import { plainText } from '../../actions/shared/src/foreign-text.ts';

/**
 * Where the commands for a staging host write: what the host and its containers print can neither colour the terminal nor
 * move its cursor.
 */

/** A result, on standard output. */
export function print(text: string): void {
  console.log(plainText(text));
}

/** Whether whoever reads the results is gone, as `head` is after its lines. */
export function onReaderGone(gone: () => void): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    gone();
  });
}

/** What goes on, and what went wrong, on standard error. */
export function tell(text: string): void {
  console.error(plainText(text));
}
