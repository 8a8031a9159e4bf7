import { tmpdir } from 'node:os';
import { explain } from '../../shared/src/errors.ts';
import { readExecutor } from '../../shared/src/executor.ts';
import { inputLines } from '../../shared/src/inputs.ts';
import { requesterOfRun } from '../../shared/src/requester.ts';
import { fail, log, readInput, readState, warn } from '../../shared/src/runner.ts';
import { closeSession } from '../../shared/src/ssh/session.ts';
import { giveUpAbandoned } from './operate/abandoned.ts';
import { openFleet } from './operate/open-fleet.ts';
import { releasedInJob } from './operate/released.ts';
import { stateNames } from './operate/state.ts';
import { readInputs } from './read/inputs.ts';

// The job is over: nobody should wait long for its end.
const patience = 60;
const temporaryDirectory = process.env.RUNNER_TEMP ?? tmpdir();

/** Gives up what the step staged and nobody released, then closes and wipes the connections. */
async function post(): Promise<void> {
  const directories = inputLines(readState(stateNames.directories));
  try {
    const staged = readState(stateNames.staged);
    if (staged !== '' && !(await releasedInJob(temporaryDirectory).has(staged))) {
      await giveUp(staged, (directory) => directories.push(directory));
    }
  } catch (error) {
    warn(
      `the release that this job staged could not be given up; the host does it by itself later: ${explain(error)}`,
    );
  }
  for (const directory of new Set(directories)) await close(directory);
}

async function giveUp(staged: string, onDirectory: (directory: string) => void): Promise<void> {
  const { hosts, baseDirectory, limits } = readInputs(readInput);
  const requester = requesterOfRun(process.env);
  await using fleet = await openFleet({
    hosts,
    context: { baseDirectory, requester, limits: { ...limits, lockTimeout: patience } },
    script: await readExecutor(),
    temporaryDirectory,
    onDirectory,
    keep: true,
    onProgress: log,
  });
  for (const host of await giveUpAbandoned(fleet, staged)) {
    log(`${host}: the release was staged and not released, so it was given up`);
  }
}

async function close(directory: string): Promise<void> {
  try {
    await closeSession(directory);
  } catch (error) {
    fail(explain(error));
  }
}

await post();
