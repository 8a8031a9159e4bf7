import type { Past, PastRun } from '../decide/history.ts';
import type { GitHub } from '../github/client.ts';
import { type RecordPayload, recordPayload, recordTask } from '../github/outcome-records.ts';

/** A run of the workflow and which time it is tried. */
export interface RunAttempt {
  readonly runId: number;
  readonly attempt: number;
}

/** The records that earlier calls left in an environment. */
export interface Records {
  /** Of this attempt of the run. */
  readonly own: RecordOfRun | undefined;
  /** Of the attempt of this run before. */
  readonly earlierAttempt: RecordOfRun | undefined;
  /** Of other runs and attempts, newest first. */
  readonly others: readonly RecordOfRun[];
}

export interface RecordOfRun {
  readonly id: number;
  readonly payload: RecordPayload;
}

const page = 30;

/** Asks GitHub for the records in an environment. Throws what the API's client throws. */
export async function fetchRecords(
  { rest, repository }: GitHub,
  environment: string,
  { runId, attempt }: RunAttempt,
  signal: AbortSignal,
): Promise<Records> {
  const { data } = await rest.repos.listDeployments({
    ...repository,
    environment,
    task: recordTask,
    per_page: page,
    request: { signal },
  });
  const records = data
    .toSorted((one, other) => other.id - one.id)
    .flatMap(({ id, payload }): RecordOfRun[] => {
      const read = recordPayload(payload);
      return read === undefined ? [] : [{ id, payload: read }];
    });
  const ofRun = records.filter(({ payload }) => payload.run === runId);
  const own = ofRun.find(({ payload }) => payload.attempt === attempt);
  return {
    own,
    earlierAttempt: ofRun.find(({ payload }) => payload.attempt < attempt),
    others: records.filter((record) => record !== own),
  };
}

/** How the runs before ended, back to the last green one. Throws what the API's client throws. */
export async function fetchPast(
  github: GitHub,
  records: Records,
  { environment, runId }: { readonly environment: string; readonly runId: number },
  signal: AbortSignal,
): Promise<Past> {
  if (records.others.length === 0)
    return await pastOfDeployments(github, environment, runId, signal);
  const runs: PastRun[] = [];
  // Mostly the run before was green, and nothing else has to be asked.
  for (const [from, to] of [
    [0, 1],
    [1, 8],
    [8, page],
  ]) {
    const some = records.others.slice(from, to);
    const verdicts = await Promise.all(some.map(({ id }) => fetchVerdict(github, id, signal)));
    runs.push(...verdicts.filter((verdict) => verdict !== undefined));
    const green = runs.findIndex(({ colour }) => colour === 'green');
    if (green >= 0) return { runs: runs.slice(0, green + 1), complete: true };
  }
  return { runs, complete: records.others.length < page - 1 };
}

/**
 * Without records there are the deployments that GitHub files by itself, one for each job with the environment: a run
 * is red if one of its deployments failed.
 */
async function pastOfDeployments(
  github: GitHub,
  environment: string,
  runId: number,
  signal: AbortSignal,
): Promise<Past> {
  const { data } = await github.rest.repos.listDeployments({
    ...github.repository,
    environment,
    per_page: page,
    request: { signal },
  });
  const verdicts = await Promise.all(
    data
      .filter(({ task }) => task !== recordTask)
      .toSorted((one, other) => other.id - one.id)
      .map(async ({ id }) => ({ id, verdict: await fetchVerdict(github, id, signal) })),
  );
  const runs = new Map<string, PastRun>();
  for (const { id, verdict } of verdicts) {
    if (verdict === undefined || verdict.run === String(runId)) continue;
    const key = verdict.run ?? `deployment ${id}`;
    const known = runs.get(key);
    if (known?.colour === 'red') continue;
    runs.set(key, verdict);
  }
  const list = [...runs.values()];
  const green = list.findIndex(({ colour }) => colour === 'green');
  if (green >= 0) return { runs: list.slice(0, green + 1), complete: true };
  return { runs: list, complete: data.length < page };
}

interface Verdict extends PastRun {
  readonly run: string | undefined;
}

/** The last status of a deployment that is a verdict; a newer deployment makes an older one inactive later. */
async function fetchVerdict(
  { rest, repository }: GitHub,
  id: number,
  signal: AbortSignal,
): Promise<Verdict | undefined> {
  const { data } = await rest.repos.listDeploymentStatuses({
    ...repository,
    deployment_id: id,
    per_page: page,
    request: { signal },
  });
  const status = data
    .toSorted((one, other) => other.id - one.id)
    .find(({ state }) => ['success', 'failure', 'error'].includes(state));
  if (status === undefined) return undefined;
  const address = status.log_url || status.target_url || '';
  return {
    colour: status.state === 'success' ? 'green' : 'red',
    at: new Date(status.created_at),
    release: /^[\w-]+ (?<release>\w[\w.-]*)$/.exec(status.description)?.groups?.release,
    run: /\/actions\/runs\/(?<run>\d+)/.exec(address)?.groups?.run,
  };
}
