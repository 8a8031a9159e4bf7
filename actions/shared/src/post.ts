import { getState, setFailed } from '@actions/core';
import { explain } from './errors.ts';
import { closeSession } from './ssh.ts';

/** Closes and wipes the SSH session that `main` left behind because it was killed; usually there is none. */
export async function post(): Promise<void> {
  try {
    const directory = getState('ssh-directory');
    if (directory !== '') await closeSession(directory);
  } catch (error) {
    setFailed(explain(error));
  }
}
