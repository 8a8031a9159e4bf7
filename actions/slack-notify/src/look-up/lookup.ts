import { type Findings, outcomeOf } from '../decide/facts.ts';
import { lastGoodRelease, type Past, transition } from '../decide/history.ts';
import { colourOf } from '../decide/outcome.ts';
import type { GitHub } from '../github/client.ts';
import type { Inputs } from '../inputs.ts';
import type { RunContext } from '../read/run-context.ts';
import { postedAt } from '../slack/destination.ts';
import { fetchCommit } from './commit.ts';
import { fetchDisplaced } from './displaced.ts';
import { fetchStepLog } from './job-log.ts';
import { type FailedStep, fetchJobs, type RunJobs } from './jobs.ts';
import { fetchPast, fetchRecords, type Records } from './past-runs.ts';

/** What GitHub tells about the run. */
export interface Lookup {
  readonly findings: Findings;
  /** Undefined where nobody has a use for it, or it could not be had. */
  readonly github: GitHub | undefined;
  readonly records: Records | undefined;
  /** What could not be found out, and what it means for the message. */
  readonly problems: readonly string[];
}

const mostLogs = 2;
const noJobs: RunJobs = { began: undefined, failed: [] };
const noPast: Past = { runs: [], complete: false };

/** Asks GitHub what the message needs, all at once. What it does not tell is missing from the message: never throws. */
export async function lookUp(
  inputs: Inputs,
  context: RunContext,
  signal: AbortSignal,
): Promise<Lookup> {
  const problems: string[] = [];
  const github = await open(inputs, context, problems);
  const outcome = outcomeOf(inputs, context);
  const finding = async <Value>(
    wanted: boolean,
    what: string,
    ask: (github: GitHub) => Promise<Value>,
  ): Promise<Value | undefined> => {
    if (!wanted || github === undefined) return undefined;
    try {
      return await ask(github);
    } catch (error) {
      problems.push(`${what}, because GitHub did not tell: ${reasonOf(error)}`);
      return undefined;
    }
  };
  const finishing = outcome !== undefined;
  const sha = inputs.commit ?? context.sha;
  const pushed = sha === context.sha ? context.head : undefined;
  const coloured = finishing && colourOf(outcome) !== undefined;
  const [commit, jobs, displaced, { records, past }] = await Promise.all([
    finding(
      pushed === undefined && sha !== '',
      'the message does not say what the commit is about',
      (api) => fetchCommit(api, sha, signal),
    ),
    finding(finishing, 'the message does not name the step that failed', (api) =>
      fetchJobs(api, context, signal),
    ),
    finding(finishing, 'whether another run has waited in vain is not known', (api) =>
      fetchDisplaced(api, context, signal),
    ),
    lookUpHistory(),
  ]);

  async function lookUpHistory(): Promise<{ records?: Records; past?: Past }> {
    const found = await finding(
      coloured || inputs.recordOutcome,
      'whether the state of staging changed is not known',
      async (api) => {
        const known = await fetchRecords(api, inputs.environment, context, signal);
        const before = coloured
          ? await fetchPast(api, known, { ...context, environment: inputs.environment }, signal)
          : noPast;
        return { records: known, past: before };
      },
    );
    return found ?? {};
  }

  const { began, failed } = jobs ?? noJobs;
  return {
    github,
    records,
    problems,
    findings: {
      commit: pushed ?? commit,
      began: began ?? (inputs.message && postedAt(inputs.message)),
      failedSteps: await Promise.all(failed.map(withLog)),
      transition: finishing && past ? transition(outcome, past, new Date()) : undefined,
      lastGood: past && lastGoodRelease(past),
      displaced: displaced ?? [],
      journals: records?.others.find(({ payload }) => payload.journals)?.payload.journals,
    },
  };

  async function withLog(job: RunJobs['failed'][number], index: number): Promise<FailedStep> {
    const { job: name, step, url } = job;
    // A log that cannot be had is missed, but not worth a warning: the message links to it.
    const ask = (api: GitHub) => fetchStepLog(api, job, signal).catch(() => undefined);
    const read = await finding(index < mostLogs, '', ask);
    return { job: name, step, url, log: read?.log ?? [], error: read?.error };
  }
}

async function open(
  inputs: Inputs,
  context: RunContext,
  problems: string[],
): Promise<GitHub | undefined> {
  const { githubToken, phase, commit } = inputs;
  const known = context.head !== undefined && (commit === undefined || commit === context.sha);
  if (phase !== 'finish' && known && !inputs.recordOutcome) return undefined;
  if (githubToken !== undefined) {
    // Most of the time that a notification takes is loading code, so this is loaded only where it is used.
    const { openGitHub } = await import('../github/client.ts');
    return openGitHub({ token: githubToken, ...context });
  }
  problems.push('the message says less than it could: input github-token is empty');
  return undefined;
}

function reasonOf(error: unknown): string {
  const { status } = error as { status?: unknown };
  const text = error instanceof Error ? error.message : String(error);
  const advice =
    status === 403 || status === 404
      ? '; the job needs the permissions actions: read, contents: read and deployments: read (write to record the outcome)'
      : '';
  return `${text}${advice}`;
}
