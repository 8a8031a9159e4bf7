import { type CommandFailed, PhaseFailed } from '../errors.ts';

/** Exit codes of the executor that mean more than "failed". */
export const exitCodes = {
  /** The working process died without an outcome. */
  died: 70,
  /** There is no such operation. */
  unknownOperation: 71,
  /** The host does not keep this version of the executor. */
  unknownExecutor: 72,
  /** The lock or the transaction is somebody else's. */
  held: 75,
} as const;

/** The failure of a verb with the executor's own reason, and what to do next where somebody else is in the way. */
export function failureOf(verb: string, error: CommandFailed): PhaseFailed {
  if (error.exitCode === undefined || error.ended) return tookTooLong(verb, error);
  const reason = reasonOf(error.stderr) || error.message;
  const advice = error.exitCode === exitCodes.held ? `\n${whatToDo}` : '';
  return new PhaseFailed(verb, reason + advice, { cause: error });
}

/** The reason that the executor gave: its last line that begins with `error: `, and what it wrote after it. */
export function reasonOf(stderr: string): string {
  const lines = stderr.trimEnd().split('\n');
  const at = lines.findLastIndex((line) => line.startsWith('error: '));
  const reason = at < 0 ? lines.slice(-1) : lines.slice(at);
  return reason.join('\n').replace(/^error: /, '');
}

const whatToDo =
  'Wait until that has ended and run this again. If the run named above is dead, its transaction ends by itself at the ' +
  'time named. At once, `rollback` ends a release that is provisional; `unlock` gives up one that is only staged, and ' +
  'ends a hold that somebody set by hand.';

function tookTooLong(verb: string, error: CommandFailed): PhaseFailed {
  return new PhaseFailed(
    verb,
    `${error.message}\nThe host goes on by itself: look at it with the command \`status\`.`,
    { cause: error },
  );
}
