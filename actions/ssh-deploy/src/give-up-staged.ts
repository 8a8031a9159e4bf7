import { readExecutor } from '../../shared/src/executor.ts';
import { requesterOfRun } from '../../shared/src/requester.ts';
import { log, readInput } from '../../shared/src/runner.ts';
import { giveUpAbandoned } from './operate/abandoned.ts';
import { openFleet } from './operate/open-fleet.ts';
import { readInputs } from './read/inputs.ts';

// The job is over: nobody should wait long for its end.
const patience = 60;

/** Gives up what a step staged and nobody released; `onDirectory` is told where its connections lie. */
export async function giveUpStaged(
  staged: string,
  temporaryDirectory: string,
  onDirectory: (directory: string) => void,
): Promise<void> {
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
