import { github } from '../typed/contexts.ts';
import {
  and,
  type Condition,
  differs,
  type Expression,
  equals,
  onlyIf,
  text,
} from '../typed/expression.ts';
import type { Concurrency } from '../typed/job.ts';

/** What a run by hand can be told: `dispatch({ ...runInputs })`, with others beside it where a project has some. */
export const runInputs = {
  reason: {
    description: 'Why this run was started by hand; shown in the list of runs',
    type: 'string',
    required: false,
  },
  action: {
    description: 'What to do',
    type: 'choice',
    options: ['deploy', 'rollback'],
    default: 'deploy',
  },
  release: {
    description:
      'deploy: redeploy this release, or the last one of this commit, and build nothing. rollback: the same, if it was ' +
      'confirmed before; without it, to the release before, at once',
    type: 'string',
    required: false,
  },
} as const;

interface RunByHand {
  readonly inputs: {
    readonly action: Expression<'deploy' | 'rollback' | ''>;
    readonly release: Expression<string, 'untrusted'>;
  };
}

/** What a run is for, as conditions; each use makes its own. */
export interface KindsOfRun {
  /** By hand to the release before, which was live and confirmed: at once, and for good. */
  readonly rollingBack: Condition<'untrusted'>;
  readonly deploying: Condition<never>;
  /**
   * With the release that was named, which was recorded before. Nobody knows that it suits what there is now, so it has
   * to pass what a new one has to, also where it is meant as a rollback.
   */
  readonly redeploying: Condition<'untrusted'>;
  readonly building: Condition<'untrusted'>;
  /** By hand a run can be started on any branch: it tests and builds, but only one reaches the server. */
  readonly onBranch: Condition<'untrusted'>;
  /** The branch that reaches the server. */
  readonly branch: string;
  /** The release that somebody named. */
  readonly release: Expression<string, 'untrusted'>;
}

/** Tells runs apart by the event and the inputs of a run by hand. */
export function kindsOfRun({ inputs }: RunByHand, branch: string): KindsOfRun {
  return {
    branch,
    release: inputs.release,
    get rollingBack() {
      return and(equals(inputs.action, 'rollback'), equals(inputs.release, ''));
    },
    get deploying() {
      return differs(inputs.action, 'rollback');
    },
    get redeploying() {
      return differs(inputs.release, '');
    },
    get building() {
      return equals(inputs.release, '');
    },
    get onBranch() {
      return equals(github.ref, `refs/heads/${branch}`);
    },
  };
}

/**
 * Runs that reach the server come one after the other, and none of them is cancelled half way. GitHub lets one wait and
 * drops the one that waited before, so a run on another branch waits in no queue but its own.
 * https://docs.github.com/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
export function deployQueue(name: string, run: KindsOfRun): Concurrency {
  const other = onlyIf(differs(github.ref, `refs/heads/${run.branch}`), github.run_id);
  return { group: text`${name}${other}`, 'cancel-in-progress': false };
}
