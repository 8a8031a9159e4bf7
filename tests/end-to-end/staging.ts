import { join } from 'node:path';
import { ensureCommands } from '../../scripts/local/machine/debian-packages.ts';
import { lockRuns } from '../../scripts/local/machine/run-lock.ts';
import {
  type PipelineOptions,
  type PipelineResult,
  runPipeline,
  workflowOf,
} from '../../scripts/local/run/pipeline.ts';
import { type Snapshot, takeSnapshot } from '../../scripts/local/run/snapshot.ts';
import {
  type Machine,
  removeEarlierRun,
  type Surroundings,
  setUpMachine,
  setUpSurroundings,
} from '../../scripts/local/setup.ts';
import { openInstance } from '../../scripts/local/surroundings/instance.ts';
import { onStagingHost } from '../../scripts/local/surroundings/staging-host.ts';
import { removeSurroundings } from '../../scripts/local/surroundings/surroundings.ts';
import { closeTunnel } from '../../scripts/local/surroundings/tunnel.ts';
import { prepareActions } from '../../scripts/local/workflow-actions/prepare-actions.ts';
import project from '../../workflows/settings.ts';

/** The tests' own surroundings: other ports and other state than those of `npm start`. */
export const staging = await openInstance(project, 'test');

/** A machine with surroundings that hold nothing of an earlier run; removed at the end of a block. */
export interface EmptyStaging extends AsyncDisposable {
  readonly machine: Machine;
  readonly surroundings: Surroundings;
}

/** Sets up the machine and starts empty surroundings. */
export async function emptyStaging(): Promise<EmptyStaging> {
  const lock = await lockRuns();
  // The guide's export reads the database from this machine.
  await ensureCommands({ psql: 'postgresql-client', pg_dump: 'postgresql-client' });
  const machine = await setUpMachine(project);
  await removeEarlierRun(staging, machine);
  const surroundings = await setUpSurroundings(staging, machine);
  return {
    machine,
    surroundings,
    async [Symbol.asyncDispose]() {
      await closeTunnel(staging);
      await removeSurroundings(staging, machine.engine);
      await lock[Symbol.asyncDispose]();
    },
  };
}

/** What a repository holds now, checked out for a run. */
export async function snapshot(repository: string): Promise<Snapshot> {
  return await takeSnapshot({
    repository,
    name: staging.repository,
    branch: project.branch,
    directory: join(staging.directory, 'workspace'),
  });
}

/** A finished run, and all that it printed. */
export interface Run extends PipelineResult {
  readonly printed: string;
  readonly results: Readonly<Record<string, string | undefined>>;
}

/** Runs the pipeline for a push of a commit to develop; jobs that are left out count as succeeded. */
export async function push(
  up: EmptyStaging,
  commit: Snapshot,
  leftOut: readonly string[] = [],
): Promise<Run> {
  return await runOn(up, commit, { event: 'push', inputs: {}, leftOut });
}

/** Runs the pipeline by hand, to deploy what the server has recorded of a release or commit; without the suites. */
export async function redeploy(up: EmptyStaging, commit: Snapshot, release: string): Promise<Run> {
  const leftOut = ['integration', 'browser'];
  return await runOn(up, commit, { event: 'workflow_dispatch', inputs: { release }, leftOut });
}

async function runOn(
  { machine, surroundings }: EmptyStaging,
  commit: Snapshot,
  {
    leftOut,
    ...trigger
  }: Pick<PipelineOptions, 'event' | 'inputs'> & { readonly leftOut: readonly string[] },
): Promise<Run> {
  const lines: string[] = [];
  const actions = await prepareActions({
    root: commit.directory,
    workflow: workflowOf(project),
    images: machine.images.names,
  });
  const result = await runPipeline({
    instance: staging,
    engine: machine.engine,
    act: machine.act,
    images: machine.images,
    actions,
    ...surroundings,
    snapshot: commit,
    ...trigger,
    earlier: Object.fromEntries(leftOut.map((id) => [id, {}])),
    leftOut,
    optionalServices: ['prometheus'],
    signal: new AbortController().signal,
    print: (line) => {
      lines.push(line);
      // A run takes minutes: whoever waits for the tests wants to see where it is.
      console.log(line);
    },
  });
  const results = Object.fromEntries(result.state.jobs.map((job) => [job.id, job.result]));
  return { ...result, printed: lines.join('\n'), results };
}

/** Runs a command of the guide on the staging server, in the folder of the live release. */
export async function inRelease(command: string, input?: string): Promise<string> {
  return await onStagingHost(staging, `cd ${project.baseDirectory}/current && ${command}`, input);
}

/** Asks staging over HTTP, as a browser would. */
export async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const signal = AbortSignal.timeout(10_000);
  return await fetch(`${staging.stagingUrl}${path}`, { ...init, signal, redirect: 'manual' });
}

/** The commits that the API and the frontend say they run. */
export async function runningCommits(): Promise<{ api: unknown; frontend: unknown }> {
  const commit = async (path: string) =>
    ((await (await ask(path)).json()) as { commit?: unknown }).commit;
  return { api: await commit('/api/health'), frontend: await commit('/version.json') };
}

/** Where the tunnel puts a port that the staging server keeps to itself, on this machine. */
export function localPort(service: string): number {
  const published = staging.stagingPorts.find((each) => each.service === service);
  if (!published) throw new Error(`The stack publishes no port of "${service}"`);
  return published.port + staging.offset;
}
