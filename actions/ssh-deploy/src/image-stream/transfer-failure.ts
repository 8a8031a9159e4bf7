import { CommandFailed, lastLines, PhaseFailed } from '../../../shared/src/errors.ts';

const phase = 'image transfer';

/** What the host did or did not do with the images that it got. */
export function transferFailed(reason: string): PhaseFailed {
  return new PhaseFailed(phase, reason);
}

/**
 * The host's reason where it got images and did not take them; undefined for everything that another attempt over the
 * same connection cannot mend, such as a lost connection.
 */
export function refusal(error: unknown): string | undefined {
  if (error instanceof CommandFailed && error.exitCode !== undefined)
    return lastLines(error.stderr, 1) || error.message;
  return error instanceof PhaseFailed && error.phase === phase ? error.message : undefined;
}
