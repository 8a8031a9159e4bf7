import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainText } from '../../../actions/shared/src/foreign-text.ts';
import type { Project } from '../../../src/project/project.ts';
import type { BaseImages } from '../base-images/ensure-images.ts';
import type { Engine } from '../machine/engine.ts';
import type { Instance } from '../surroundings/instance.ts';
import type { Secrets } from '../surroundings/secrets.ts';
import type { RunActions } from '../workflow-actions/prepare-actions.ts';
import { artifactsIn, readWorkflow, runAct } from './act.ts';
import { removeActLeftovers } from './act-leftovers.ts';
import type { EarlierJobs } from './earlier-jobs.ts';
import { type EventName, eventPayload } from './event.ts';
import { publishJobs } from './github-state.ts';
import { localSettings } from './local-settings.ts';
import { redactor } from './redact.ts';
import { progressLines } from './report.ts';
import { RunState } from './run-state.ts';
import type { Snapshot } from './snapshot.ts';

// The registry knows this one user; the workflow logs in as whoever started the run.
const actor = 'pipeline';

export interface PipelineOptions {
  readonly instance: Instance;
  readonly engine: Engine;
  readonly act: string;
  readonly images: BaseImages;
  readonly actions: RunActions;
  /** Jobs that an earlier run stands for; none where it is not given. */
  readonly earlier?: EarlierJobs;
  /** Those of them that nobody asked for. */
  readonly leftOut?: readonly string[];
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
  /** The folder of the artifacts that were kept; undefined where none was. */
  readonly artifacts: string | undefined;
}

/** The compiled workflow that the local run runs, relative to the repository's top. */
export function workflowOf({ workflow }: Project): string {
  return `.github/workflows/${workflow}.yml`;
}

/** Runs the compiled workflow of a snapshot against an instance's surroundings. */
export async function runPipeline(options: PipelineOptions): Promise<PipelineResult> {
  const { instance, secrets, snapshot } = options;
  const { project, repository } = instance;
  const workflow = workflowOf(project);
  const { name, jobs } = await readWorkflow(join(snapshot.directory, workflow));
  const earlier = options.earlier ?? {};
  const { leftOut = [] } = options;
  const mark = (id: string) =>
    leftOut.includes(id) ? ' (left out)' : id in earlier ? ' (before)' : '';
  const state = new RunState(jobs.map(({ id, name }) => ({ id, name: `${name}${mark(id)}` })));
  const runNumber = await nextRunNumber(instance);
  const directory = join(instance.directory, 'runs', String(runNumber));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const log = join(directory, 'log.txt');
  await writeFile(log, '');
  const masked = [
    secrets.sshKey,
    secrets.githubToken,
    secrets.slackToken,
    ...Object.values(secrets.passwords),
    ...Object.values(project.local.secrets ?? {}),
  ];
  let redact = redactor(masked);
  await publishJobs(instance, runNumber, state);
  await removeActLeftovers(options.engine, name);
  const run = runAct({
    act: options.act,
    engine: options.engine,
    images: options.images.names,
    mirror: `localhost:${instance.ports.hub}`,
    actions: options.actions,
    earlier,
    workspace: snapshot.directory,
    // Whoever tries a setting waits; suites install what they need, each for itself.
    sharedWorkspace: leftOut.length > 0,
    workflow,
    event: options.event,
    payload: eventPayload(
      options.event,
      { snapshot, repository, branch: project.branch },
      options.inputs,
    ),
    ...localSettings(options),
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
      const kept = artifactsIn(directory);
      const artifacts = (await readdir(kept).catch(() => [])).length > 0 ? kept : undefined;
      return { state, succeeded: value === 0 && !failed, log, artifacts };
    }
    if (value.kind === 'secret') {
      masked.push(value.value);
      redact = redactor(masked);
      continue;
    }
    // Before anything else sees it: what the state holds is shown and kept as well.
    const event = 'text' in value ? { ...value, text: plainText(redact(value.text)) } : value;
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
