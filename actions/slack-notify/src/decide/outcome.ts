import type { JobResult, Needs } from '../read/needs.ts';
import type { Operation } from '../read/operation.ts';
import type { ReleaseState } from './release-state.ts';

/** What a run did to staging; README.md says when each is given. */
export const outcomes = [
  'live',
  'redeployed',
  'rolled-back-by-hand',
  'unconfirmed',
  'unverified',
  'failed-before-deploy',
  'failed-to-migrate',
  'held',
  'still-on-old',
  'rolled-back',
  'rolled-back-by-host',
  'nothing-live',
  'taken-down',
  'taken-down-by-host',
  'rollback-failed',
  'not-rolled-back',
  'replaced',
  'failed',
  'cancelled',
  'refused',
  'nothing-deployed',
  'tested-only',
  'tests-failed',
] as const;
export type Outcome = (typeof outcomes)[number];

/** All that the headline depends on. */
export interface Verdicts {
  readonly needs: Needs;
  readonly state: ReleaseState;
  readonly operation: Operation;
  /** Whether the scans looked at everything; where it is not given, they did. */
  readonly fullyScanned?: boolean;
  /** Ids of jobs that need not run; where it is not given, all do. */
  readonly optionalJobs?: ReadonlySet<string>;
}

/**
 * The outcome of a run, from the results of all its jobs and the release's state, never from one of them alone.
 * Success is the last thing that is left: a combination that nobody thought of does not get there.
 */
export function decideOutcome(verdicts: Verdicts): Outcome {
  const { needs, state, operation } = verdicts;
  if (state === 'refused') return 'refused';
  if (state === 'rolled-back-by-host' || state === 'taken-down-by-host') return state;
  if (operation === 'rollback') return ofRollbackByHand(verdicts);
  if (operation === 'test') return ofTests(needs);
  const returned = ofRollback(verdicts);
  if (returned !== undefined) return returned;
  const results = Object.values(needs).map(({ result }) => result);
  if (results.includes('failure')) return ofFailure(verdicts);
  if (results.includes('cancelled')) return 'cancelled';
  return needs.deploy?.result === 'success' ? ofDeployment(verdicts) : withoutDeployment(needs);
}

/** Green and red are what a team is told about once; everything else leaves the colour as it was. */
export function colourOf(outcome: Outcome): 'green' | 'red' | undefined {
  switch (outcome) {
    case 'live':
    case 'redeployed':
    case 'rolled-back-by-hand':
      return 'green';
    case 'unverified':
    case 'replaced':
    case 'taken-down':
    case 'not-rolled-back':
    case 'cancelled':
    case 'refused':
    case 'nothing-deployed':
    case 'tested-only':
    case 'tests-failed':
      return undefined;
    default:
      return 'red';
  }
}

function ofRollbackByHand({ needs, state }: Verdicts): Outcome {
  const results = Object.values(needs).map(({ result }) => result);
  const done = needs.rollback?.result ?? needs.deploy?.result;
  if (done === 'failure') {
    if (state === 'untouched') return 'not-rolled-back';
    return state === 'rolled-back' || state === 'nothing-live' ? 'failed' : 'rollback-failed';
  }
  if (results.includes('failure')) return done === 'success' ? 'failed' : 'failed-before-deploy';
  if (results.includes('cancelled')) return 'cancelled';
  if (done !== 'success') return 'nothing-deployed';
  if (state === 'replaced') return 'replaced';
  if (state === 'nothing-live') return 'taken-down';
  if (state === 'unsettled') return 'rollback-failed';
  return state === 'confirmed' || state === 'rolled-back' ? 'rolled-back-by-hand' : 'unconfirmed';
}

/** What a rollback that belongs to a deployment left; undefined where there was none. */
function ofRollback({ needs, state }: Verdicts): Outcome | undefined {
  if (state === 'rolled-back') return 'rolled-back';
  // There was nothing to roll back, so that it does not matter how that went.
  if (['untouched', 'held', 'replaced', 'nothing-live'].includes(state)) return undefined;
  const result = needs.rollback?.result;
  if (result === 'failure' || result === 'cancelled') return 'rollback-failed';
  if (result !== 'success') return undefined;
  // The job says that it rolled back and the host that it did not: no side is believed.
  return state === 'unknown' ? 'rolled-back' : 'rollback-failed';
}

function ofFailure({ needs, state }: Verdicts): Outcome {
  const switched = state === 'confirmed' || state === 'provisional';
  if (switched) return 'failed';
  if (needs.migrate?.result === 'failure') {
    return state === 'nothing-live' ? state : 'failed-to-migrate';
  }
  const deploy = needs.deploy?.result;
  if (deploy === undefined || deploy === 'skipped') return 'failed-before-deploy';
  if (state === 'held' || state === 'nothing-live') return state;
  return state === 'untouched' ? 'still-on-old' : 'failed';
}

/** Tests of what is live change nothing, whatever they find. */
function ofTests(needs: Needs): Outcome {
  const results = Object.values(needs).map(({ result }) => result);
  if (results.includes('failure')) return 'tests-failed';
  return results.includes('cancelled') ? 'cancelled' : 'tested-only';
}

function withoutDeployment(needs: Needs): Outcome {
  const results = gates(needs);
  const tested = results.length > 0 && results.every((result) => result === 'success');
  return tested ? 'tested-only' : 'nothing-deployed';
}

function ofDeployment(verdicts: Verdicts): Outcome {
  const { needs, state, operation, optionalJobs, fullyScanned = true } = verdicts;
  if (state === 'replaced' || state === 'nothing-live') return state;
  if (state !== 'confirmed') return 'unconfirmed';
  const redeploying = operation === 'redeploy';
  // A redeploy takes a release that passed them before, with a database that it has run with.
  const passed = (result: JobResult) =>
    result === 'success' || (redeploying && result === 'skipped');
  const migrated = needs.migrate === undefined || passed(needs.migrate.result);
  const obliged = Object.fromEntries(
    Object.entries(needs).filter(
      ([id, { result }]) => result !== 'skipped' || !optionalJobs?.has(id),
    ),
  );
  const verified = needs.smoke?.result === 'success' && migrated && gates(obliged).every(passed);
  if (!verified || !fullyScanned) return 'unverified';
  return redeploying ? 'redeployed' : 'live';
}

/** The results of the jobs that must pass before a deployment. */
function gates(needs: Needs): JobResult[] {
  const { deploy: _, migrate: __, smoke: ___, rollback: ____, ...others } = needs;
  return Object.values(others).map(({ result }) => result);
}
