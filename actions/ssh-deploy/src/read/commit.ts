import { InvalidInput } from '../../../shared/src/errors.ts';

/** The full commit that the run is of. Throws `InvalidInput` without one. */
export function commitOfRun(environment: NodeJS.ProcessEnv): string {
  const commit = environment.GITHUB_SHA ?? '';
  if (/^[0-9a-f]{40}$/.test(commit)) return commit;
  throw new InvalidInput(
    `GITHUB_SHA is ${JSON.stringify(commit)}: the release needs the full commit that the images were built from`,
  );
}
