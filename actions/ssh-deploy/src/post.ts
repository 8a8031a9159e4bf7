import { tmpdir } from 'node:os';
import { explain } from '../../shared/src/errors.ts';
import { inputLines } from '../../shared/src/inputs.ts';
import { fail, readState, warn } from '../../shared/src/runner.ts';
import { closeSession } from '../../shared/src/ssh/session.ts';
import { releasedInJob } from './operate/released.ts';
import { stateNames } from './operate/state.ts';

const temporaryDirectory = process.env.RUNNER_TEMP ?? tmpdir();

/** Gives up what the step staged and nobody released, then closes and wipes the connections. */
async function post(): Promise<void> {
  const directories = inputLines(readState(stateNames.directories));
  try {
    const staged = readState(stateNames.staged);
    if (staged !== '' && !(await releasedInJob(temporaryDirectory).has(staged))) {
      // Rarely so, and most of the bundle.
      const { giveUpStaged } = await import('./give-up-staged.ts');
      await giveUpStaged(staged, temporaryDirectory, (directory) => directories.push(directory));
    }
  } catch (error) {
    warn(
      `the release that this job staged could not be given up; the host does it by itself later: ${explain(error)}`,
    );
  }
  for (const directory of new Set(directories)) await close(directory);
}

async function close(directory: string): Promise<void> {
  try {
    await closeSession(directory);
  } catch (error) {
    fail(explain(error));
  }
}

await post();
