import { explain } from '../errors.ts';
import { fail, readState } from '../runner.ts';
import { closeSession } from './session.ts';

/** Closes and wipes the SSH session that `main` opened and left for the steps after it; there may be none any more. */
export async function post(): Promise<void> {
  try {
    const directory = readState('ssh-directory');
    if (directory !== '') await closeSession(directory);
  } catch (error) {
    fail(explain(error));
  }
}
