import { randomBytes } from 'node:crypto';

/** What stands for `{run}`: text that no other try and no other run has. */
export function newRunId(): string {
  return randomBytes(6).toString('hex');
}
