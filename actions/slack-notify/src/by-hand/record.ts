import { oneLine } from '../../../shared/src/foreign-text.ts';
import type { Journals } from '../decide/journals.ts';
import type { GitHub } from '../github/client.ts';
import { fileDeployment, setDeploymentStatus, stateOf } from '../github/outcome-records.ts';
import type { ByHand, Change } from './change.ts';

export interface HandRecord {
  readonly given: ByHand;
  readonly environment: string;
  /** What is live now, or was at last: the commit that the deployment is about. */
  readonly commit: string;
  /** How the host's journal ends now; undefined where it does not say. */
  readonly journals: Journals | undefined;
  readonly signal: AbortSignal;
}

// GitHub takes 140 characters.
const descriptionLimit = 140;

/**
 * Files what somebody changed by hand among the records of runs: the next run takes a rollback for what staging was
 * before it. Throws what the API's client throws.
 */
export async function recordByHand(github: GitHub, record: HandRecord): Promise<void> {
  const { given, environment, commit, journals, signal } = record;
  const { change, by, environmentUrl } = given;
  const filed = {
    environment,
    commit,
    // No run has this number.
    payload: { run: 0, attempt: 0, ...(journals === undefined ? {} : { journals }) },
    description: oneLine(`By hand, ${by} on ${given.host}`, descriptionLimit),
  };
  const id = await fileDeployment(github, filed, signal);
  await setDeploymentStatus(
    github,
    id,
    { ...verdictOn(change), logUrl: undefined, environmentUrl },
    signal,
  );
}

/** What is neither better nor worse than before leaves a state that nobody counts. */
function verdictOn(change: Change) {
  switch (change.kind) {
    case 'rolled-back-by-hand':
      return { state: stateOf(change.kind), description: `${change.kind} ${change.release}` };
    case 'taken-down':
      return { state: stateOf(change.kind), description: change.kind };
    case 'restored':
    case 'locked':
    case 'unlocked':
      return { state: 'inactive', description: change.kind } as const;
  }
}
