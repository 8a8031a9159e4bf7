import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readWorkflow, runAct } from './act.ts';
import { removeActLeftovers } from './act-leftovers.ts';
import type { BaseImages } from './base-images/ensure-images.ts';
import type { Engine } from './engine.ts';
import { type EventName, eventPayload } from './event.ts';
import { publishJobs } from './github-state.ts';
import type { Instance } from './instance.ts';
import { redactor } from './redact.ts';
import { progressLines } from './report.ts';
import { RunState } from './run-state.ts';
import type { Secrets } from './secrets.ts';
import { repositoryName, type Snapshot } from './snapshot.ts';
import { deployUser } from './staging-host.ts';
import type { RunActions } from './workflow-actions/prepare-actions.ts';

/** The compiled workflow that the local run runs. */
export const workflow = '.github/workflows/staging.yml';
// The registry knows this one user; the workflow logs in as whoever started the run.
const actor = 'pipeline';

export interface PipelineOptions {
  readonly instance: Instance;
  readonly engine: Engine;
  readonly act: string;
  readonly images: BaseImages;
  readonly actions: RunActions;
  readonly secrets: Secrets;
  readonly knownHosts: string;
  readonly snapshot: Snapshot;
  readonly event: EventName;
  readonly inputs: Readonly<Record<string, string>>;
  readonly optionalServices: readonly string[];
  readonly job?: string;
  readonly signal: AbortSignal;
  /** Receives what people may read while it runs, secrets removed. */
  readonly print: (line: string) => void;
}

export interface PipelineResult {
  readonly state: RunState;
  readonly succeeded: boolean;
  /** The complete log, secrets removed. */
  readonly log: string;
}

/** Runs the compiled workflow of a snapshot against an instance's surroundings. */
export async function runPipeline(options: PipelineOptions): Promise<PipelineResult> {
  const { instance, secrets, snapshot } = options;
  const { name, jobs } = await readWorkflow(join(snapshot.directory, workflow));
  const state = new RunState(jobs);
  const runNumber = await nextRunNumber(instance);
  const directory = join(instance.directory, 'runs', String(runNumber));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const log = join(directory, 'log.txt');
  await writeFile(log, '');
  const masked = [
    secrets.sshKey,
    secrets.githubToken,
    secrets.slackToken,
    secrets.testTenantPassword,
  ];
  let redact = redactor(masked);
  await publishJobs(instance, runNumber, state);
  await removeActLeftovers(options.engine, name);
  const run = runAct({
    act: options.act,
    engine: options.engine,
    images: options.images.names,
    actions: options.actions,
    workspace: snapshot.directory,
    workflow,
    event: options.event,
    payload: eventPayload(options.event, snapshot, options.inputs),
    secrets: {
      GITHUB_TOKEN: secrets.githubToken,
      STAGING_SSH_KEY: secrets.sshKey,
      SLACK_BOT_TOKEN: secrets.slackToken,
    },
    variables: {
      REGISTRY: `localhost:${instance.ports.registry}`,
      IMAGE_REPOSITORY: repositoryName,
      STAGING_URL: instance.stagingUrl,
      STAGING_HOST: '127.0.0.1',
      STAGING_SSH_PORT: String(instance.ports.ssh),
      STAGING_SSH_USER: deployUser,
      STAGING_KNOWN_HOSTS: options.knownHosts,
      STAGING_OPTIONAL_SERVICES: options.optionalServices.join(' '),
      SLACK_CHANNEL: '#staging-alerts',
      SLACK_API_URL: `http://localhost:${instance.ports.slack}/api/`,
    },
    env: {
      GITHUB_API_URL: `http://localhost:${instance.ports.github}`,
      GITHUB_RUN_ID: String(runNumber),
      GITHUB_RUN_NUMBER: String(runNumber),
    },
    directory,
    actor,
    signal: options.signal,
    ...(options.job ? { job: options.job } : {}),
  });
  for (;;) {
    const { value, done } = await run.next();
    if (done) {
      state.finish();
      await publishJobs(instance, runNumber, state);
      const failed = state.jobs.some(
        (job) => job.result === 'failure' || job.result === 'cancelled',
      );
      return { state, succeeded: value === 0 && !failed, log };
    }
    if (value.kind === 'secret') {
      masked.push(value.value);
      redact = redactor(masked);
      continue;
    }
    // Before anything else sees it: what the state holds is shown and kept as well.
    const event = 'text' in value ? { ...value, text: redact(value.text) } : value;
    const about = state.apply(event);
    if (event.kind === 'output') await appendFile(log, event.text);
    else await publishJobs(instance, runNumber, state);
    for (const line of progressLines(event, about)) {
      options.print(redact(line));
      if (event.kind !== 'output') await appendFile(log, `${redact(line)}\n`);
    }
  }
}

async function nextRunNumber(instance: Instance): Promise<number> {
  const file = join(instance.directory, 'run-number');
  const last = existsSync(file) ? Number(await readFile(file, 'utf8')) : 0;
  await writeFile(file, String(last + 1));
  return last + 1;
}
