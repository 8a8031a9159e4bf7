import type { Inputs } from '../inputs.ts';
import type { DisplacedRun } from '../look-up/displaced.ts';
import type { FailedStep } from '../look-up/jobs.ts';
import type { Migration, ScanCount, SmokeResult } from '../read/details.ts';
import type { Operation } from '../read/operation.ts';
import type { Commit, RunContext } from '../read/run-context.ts';
import { type Stage, stagesOf } from '../read/stages.ts';
import type { Transition } from './history.ts';
import { type Journals, journalRemarks } from './journals.ts';
import { type LiveNow, liveNow } from './live-now.ts';
import { decideOutcome, type Outcome } from './outcome.ts';
import { redeployCommand } from './redeploy.ts';
import { commitOfRelease, releaseState } from './release-state.ts';
import { displacedRemarks, type Remark, remarksOf, scanRemarks, suiteRemarks } from './remarks.ts';

/** What was looked up about a run; everything may be missing. */
export interface Findings {
  readonly commit: Commit | undefined;
  /** When the run began. */
  readonly began: Date | undefined;
  readonly failedSteps: readonly FailedStep[];
  readonly transition: Transition | undefined;
  /** Release of the last green run. */
  readonly lastGood: string | undefined;
  /** Runs that GitHub dropped for this one. */
  readonly displaced: readonly DisplacedRun[];
  /** How the hosts' journals ended when a run looked last. */
  readonly journals: Journals | undefined;
}

/** Everything that the messages about a run may say; texts in it are untrusted. */
export interface Facts {
  /** Undefined while the run lasts. */
  readonly outcome: Outcome | undefined;
  readonly operation: Operation;
  readonly stages: readonly Stage[];
  readonly repository: string;
  readonly repositoryUrl: string;
  readonly runUrl: string;
  readonly runId: number;
  readonly attempt: number;
  readonly commit: string;
  readonly commitUrl: string;
  readonly commitMessage: string | undefined;
  readonly author: string;
  readonly branch: string;
  /** From the release before to this commit; undefined where one is not known, or they are the same. */
  readonly compareUrl: string | undefined;
  readonly environmentUrl: string | undefined;
  readonly release: string | undefined;
  readonly now: LiveNow;
  readonly remarks: readonly Remark[];
  /** Milliseconds. */
  readonly duration: number | undefined;
  readonly failedSteps: readonly FailedStep[];
  readonly migrationFrom: string | undefined;
  readonly migrationTo: string | undefined;
  readonly migrations: readonly Migration[];
  readonly scanCounts: readonly ScanCount[];
  readonly smokeResults: readonly SmokeResult[];
  readonly transition: Transition | undefined;
  /** The command that redeploys the last good release, after a failure. */
  readonly redeploy: string | undefined;
}

export interface FactSources {
  readonly inputs: Inputs;
  readonly context: RunContext;
  readonly findings: Findings;
  readonly now: Date;
}

/** The run's outcome; undefined before its end. */
export function outcomeOf(inputs: Inputs, { requester }: RunContext): Outcome | undefined {
  if (inputs.phase !== 'finish') return undefined;
  const fullyScanned = inputs.scanCounts.every(({ notChecked }) => notChecked === '');
  return decideOutcome({ ...inputs, state: releaseState(inputs, requester), fullyScanned });
}

/** Puts together what the messages may say. */
export function collectFacts({ inputs, context, findings, now }: FactSources): Facts {
  const outcome = outcomeOf(inputs, context);
  const repository = `${context.owner}/${context.repo}`;
  const repositoryUrl = `${context.serverUrl}/${repository}`;
  const commit = inputs.commit ?? context.sha;
  const before = commitOfRelease(inputs.previousRelease ?? findings.lastGood);
  return {
    outcome,
    operation: inputs.operation,
    stages: stagesOf(inputs.stages, inputs.needs),
    repository,
    repositoryUrl,
    runUrl: `${repositoryUrl}/actions/runs/${context.runId}${context.attempt > 1 ? `/attempts/${context.attempt}` : ''}`,
    runId: context.runId,
    attempt: context.attempt,
    commit,
    commitUrl: `${repositoryUrl}/commit/${commit}`,
    commitMessage: findings.commit?.message,
    author: findings.commit?.author || context.actor,
    branch: context.branch,
    compareUrl:
      before === undefined || commit.startsWith(before)
        ? undefined
        : `${repositoryUrl}/compare/${before}...${commit}`,
    environmentUrl: inputs.environmentUrl,
    release: inputs.release,
    now: liveNow(inputs, releaseState(inputs, context.requester), outcome),
    remarks: [
      ...displacedRemarks(findings.displaced),
      ...scanRemarks(inputs.scanCounts),
      ...suiteRemarks(inputs.suiteResults),
      ...remarksOf(inputs.host, context.requester),
      ...journalRemarks(inputs.host, findings.journals),
    ],
    duration: findings.began === undefined ? undefined : now.getTime() - findings.began.getTime(),
    failedSteps: findings.failedSteps,
    migrationFrom: inputs.migrationFrom,
    migrationTo: inputs.migrationTo,
    migrations: inputs.migrations,
    scanCounts: inputs.scanCounts,
    smokeResults: inputs.smokeResults,
    transition: findings.transition,
    redeploy: redeployCommand({
      outcome,
      release: inputs.previousRelease ?? findings.lastGood,
      repository,
      workflowFile: context.workflowFile,
      branch: context.branch,
    }),
  };
}
