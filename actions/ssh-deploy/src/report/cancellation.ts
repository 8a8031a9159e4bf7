import type { CommandInputs } from '../read/inputs.ts';

/** What the action was doing when it was cancelled. */
export interface Cancelled {
  readonly signal: string;
  readonly command: CommandInputs['command'];
  /** Whether hosts have been asked to do anything. */
  readonly working: boolean;
  /** Seconds. */
  readonly confirmTimeout: number;
}

/** What becomes of staging now, for the person who cancelled. */
export function cancellationMessage({
  signal,
  command,
  working,
  confirmTimeout,
}: Cancelled): string {
  if (!working)
    return `${command} was cancelled (${signal}) before the host was asked for anything`;
  return `${command} was cancelled (${signal}). ${consequence(command, confirmTimeout)}`;
}

function consequence(command: Cancelled['command'], confirmTimeout: number): string {
  switch (command) {
    case 'stage':
    case 'restage':
      return 'What is live was not touched. The host ends the staging by itself, and the release is given up when the job ends.';
    case 'release':
      return (
        'The host finishes by itself, whole: with the new release, which it takes back unless somebody confirms it ' +
        `within ${confirmTimeout} s, or with what was live before. \`status\` says which.`
      );
    case 'confirm':
    case 'rollback':
      return 'The host finishes by itself. `status` says when it has.';
    case 'status':
    case 'unlock':
      return '';
  }
}
