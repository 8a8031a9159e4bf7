import * as z from 'zod/mini';
import { colourOf, type Outcome } from '../decide/outcome.ts';
import type { GitHub } from './client.ts';

/** What tells our records from the deployments that GitHub files by itself for every job with an environment. */
export const recordTask = 'pipeline-outcome';

const payload = z.object({
  run: z.number(),
  attempt: z.number(),
  message: z.optional(z.string()),
  /** How the journal of each host ended then: the number of its last line, and that line's SHA-256. */
  journals: z.optional(z.record(z.string(), z.string())),
});

/** What a record carries: whose it is, and where the run's message is. */
export type RecordPayload = z.output<typeof payload>;

export interface NewRecord {
  readonly environment: string;
  readonly commit: string;
  readonly payload: RecordPayload;
}

/** Reads the payload of a deployment; undefined where it is none of ours. GitHub gives it as it was sent. */
export function recordPayload(given: unknown): RecordPayload | undefined {
  let value = given;
  try {
    if (typeof given === 'string') value = JSON.parse(given);
  } catch {
    return undefined;
  }
  return payload.safeParse(value).data;
}

/** Files a deployment for a run; returns its id. */
export async function fileRecord(
  github: GitHub,
  record: NewRecord,
  signal: AbortSignal,
): Promise<number> {
  const { run, attempt } = record.payload;
  const description = `Run ${run}, attempt ${attempt}`;
  return await fileDeployment(github, { ...record, description }, signal);
}

/** Files a deployment among the records, without deploying or checking anything; returns its id. */
export async function fileDeployment(
  { rest, repository }: GitHub,
  {
    environment,
    commit,
    payload: content,
    description,
  }: NewRecord & { readonly description: string },
  signal: AbortSignal,
): Promise<number> {
  const { data } = await rest.repos.createDeployment({
    ...repository,
    ref: commit,
    task: recordTask,
    environment,
    payload: content,
    description,
    auto_merge: false,
    required_contexts: [],
    production_environment: false,
    request: { signal },
  });
  if ('id' in data) return data.id;
  throw new Error(`GitHub filed no deployment: ${data.message}`);
}

export interface RecordStatus {
  /** Undefined while the run lasts. */
  readonly outcome: Outcome | undefined;
  readonly runUrl: string;
  readonly environmentUrl: string | undefined;
  /** What staging runs after a green run. */
  readonly release: string | undefined;
}

/** Says how the run of a record stands. */
export async function setRecordStatus(
  github: GitHub,
  id: number,
  { outcome, runUrl, environmentUrl, release }: RecordStatus,
  signal: AbortSignal,
): Promise<void> {
  const status = {
    state: outcome === undefined ? 'in_progress' : stateOf(outcome),
    description: [outcome ?? 'running', ...(release === undefined ? [] : [release])].join(' '),
    logUrl: runUrl,
    environmentUrl,
  } as const;
  await setDeploymentStatus(github, id, status, signal);
}

export interface DeploymentStatus {
  readonly state: 'in_progress' | 'success' | 'failure' | 'inactive';
  readonly description: string;
  readonly logUrl: string | undefined;
  readonly environmentUrl: string | undefined;
}

/** Says how a deployment stands. Deployments of others stay as they are. */
export async function setDeploymentStatus(
  { rest, repository }: GitHub,
  id: number,
  { state, description, logUrl, environmentUrl }: DeploymentStatus,
  signal: AbortSignal,
): Promise<void> {
  await rest.repos.createDeploymentStatus({
    ...repository,
    deployment_id: id,
    state,
    description,
    ...(logUrl === undefined ? {} : { log_url: logUrl }),
    ...(environmentUrl === undefined ? {} : { environment_url: environmentUrl }),
    auto_inactive: false,
    request: { signal },
  });
}

/** What an outcome counts for; one that neither broke nor mended anything leaves a state that nobody counts. */
export function stateOf(outcome: Outcome): 'success' | 'failure' | 'inactive' {
  const colour = colourOf(outcome);
  if (colour === undefined) return 'inactive';
  return colour === 'green' ? 'success' : 'failure';
}
