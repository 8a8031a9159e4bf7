import { InvalidInput } from '../../shared/src/errors.ts';
import type { RunContext } from './release.ts';

/** The run's commit, address and actor from the runner's variables. Throws `InvalidInput` without a full commit. */
export function runContext(environment: NodeJS.ProcessEnv): RunContext {
  const commit = environment.GITHUB_SHA ?? '';
  if (!/^[0-9a-f]{40}$/.test(commit)) {
    throw new InvalidInput(
      `GITHUB_SHA is ${JSON.stringify(commit)}: the release needs the full commit that the images were built from`,
    );
  }
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID, GITHUB_ACTOR } = environment;
  return {
    commit,
    runUrl: `${GITHUB_SERVER_URL ?? ''}/${GITHUB_REPOSITORY ?? ''}/actions/runs/${GITHUB_RUN_ID ?? ''}`,
    actor: GITHUB_ACTOR ?? '',
  };
}
