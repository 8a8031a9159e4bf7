import { getState, setFailed } from '@actions/core';
import { explain } from '../errors.ts';
import { closeSession } from './session.ts';

/** Closes and wipes the SSH session that `main` opened and left for the steps after it; there may be none any more. */
export async function post(): Promise<void> {
  try {
    const directory = getState('ssh-directory');
    if (directory !== '') await closeSession(directory);
  } catch (error) {
    setFailed(explain(error));
  }
}
