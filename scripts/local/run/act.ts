import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { parse } from 'yaml';
import { buildContextsInJob, writeBuildContexts } from '../base-images/build-contexts.ts';
import { localImage } from '../base-images/local-images.ts';
import { cached } from '../machine/cache.ts';
import type { Engine } from '../machine/engine.ts';
import { toolsDirectory } from '../machine/tools.ts';
import type { RunActions } from '../workflow-actions/prepare-actions.ts';
import { writeWorkflowForAct } from '../workflow-actions/workflow-for-act.ts';
import { type ActEvent, parseActLine } from './act-log.ts';
import { ensureContainerNode } from './container-node.ts';
import { type EarlierJobs, earlierRunner } from './earlier-jobs.ts';
import type { EventName } from './event.ts';
import { gitHubLimits, type JobMinutes, usualMinutes } from './github-limits.ts';
import { masksInJob } from './job-outputs.ts';
import { masksIn, openMasks } from './masks.ts';

export interface ActRun {
  readonly act: string;
  readonly engine: Engine;
  /** What the engine calls each public image. */
  readonly images: ReadonlyMap<string, string>;
  /** The registry that has Docker Hub's images, as `host:port`, where there is one. */
  readonly mirror?: string;
  readonly actions: RunActions;
  /** Jobs that an earlier run stands for. */
  readonly earlier: EarlierJobs;
  /** The checked-out commit; its workflow file is what runs. */
  readonly workspace: string;
  /** Whether the jobs share it: quicker than a copy for each, and what one of them writes the others see. */
  readonly sharedWorkspace: boolean;
  readonly workflow: string;
  readonly event: EventName;
  readonly payload: object;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** A folder for the files act reads, 0700. */
  readonly directory: string;
  readonly actor: string;
  readonly job?: string;
  readonly signal: AbortSignal;
}

interface CompiledJob {
  readonly name?: string;
  readonly 'runs-on': string;
  readonly 'timeout-minutes'?: unknown;
}

export interface CompiledWorkflow {
  readonly name: string;
  readonly jobs: readonly { readonly id: string; readonly name: string }[];
  readonly minutes: JobMinutes;
  readonly runners: readonly string[];
}

/** A compiled workflow: its name, its jobs in their order, and the runner images that they ask for. */
export async function readWorkflow(path: string): Promise<CompiledWorkflow> {
  const workflow: { name: string; jobs: Record<string, CompiledJob> } = parse(
    await readFile(path, 'utf8'),
  );
  const entries = Object.entries(workflow.jobs);
  return {
    name: workflow.name,
    jobs: entries.map(([id, { name = id }]) => ({ id, name })),
    minutes: Object.fromEntries(
      entries.map(([id, { 'timeout-minutes': minutes }]) => [
        id,
        // An expression is not evaluated here.
        typeof minutes === 'number' ? minutes : usualMinutes,
      ]),
    ),
    runners: [...new Set(entries.map(([, job]) => job['runs-on']))],
  };
}

/** Runs a workflow with act and yields what happens, as it would on GitHub; returns act's exit code at the end. */
export async function* runAct(run: ActRun): AsyncGenerator<ActEvent, number> {
  const files = await writeFiles(run);
  const { runners, minutes } = await readWorkflow(join(run.workspace, run.workflow));
  const masks = await openMasks(run.directory, Object.values(run.secrets));
  const asOnGitHub = gitHubLimits(minutes);
  const args = [
    run.event,
    ...[
      '--json',
      '--rm',
      '--no-cache-server',
      '--action-offline-mode',
      '--pull=false',
      '--rebuild=false',
    ],
    // act's map of local repositories has no lock: jobs run one at a time.
    ...['--concurrent-jobs', '1'],
    ...[...run.actions.folders].flatMap((pair) => ['--local-repository', pair.join('=')]),
    ...['--workflows', files.workflow, '--eventpath', files.event, '--actor', run.actor],
    ...['--secret-file', files.secrets, '--var-file', files.variables, '--env-file', '/dev/null'],
    ...runners.flatMap((label) => ['--platform', `${label}=${localImage('runner')}`]),
    ...['--platform', `${earlierRunner}=-self-hosted`],
    ...Object.entries(run.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...['--container-options', await containerOptions(run, files)],
    ...(run.job ? ['--job', run.job] : []),
    ...(run.sharedWorkspace ? ['--bind'] : []),
  ];
  const act = execa(run.act, args, {
    cwd: run.workspace,
    env: { ...run.engine.env, ACT_DISABLE_VERSION_CHECK: '1' },
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    cancelSignal: run.signal,
    forceKillAfterDelay: 20_000,
  });
  for await (const line of createInterface({ input: act.all })) {
    const event = parseActLine(line);
    if (event === undefined) continue;
    await masks.follow(event);
    yield* asOnGitHub(event);
  }
  const { exitCode, shortMessage } = await act;
  if (exitCode === undefined)
    yield { kind: 'trouble', text: shortMessage ?? 'act was ended by a signal' };
  return exitCode ?? 1;
}

/** Where a run keeps the artifacts of its jobs. */
export function artifactsIn(directory: string): string {
  return join(directory, 'artifacts');
}

/** Where package managers and Trivy keep what they fetched, in the home of the runner image's user. */
const caches = {
  pip: '.cache/pip',
  uv: '.cache/uv',
  'poetry-cache': '.cache/pypoetry/cache',
  'poetry-artifacts': '.cache/pypoetry/artifacts',
  npm: '.npm',
  yarn: '.cache/yarn',
  'yarn-berry': '.yarn/berry/cache',
  trivy: '.cache/trivy',
};

/** Tools and package caches of this machine, for every job; a GitHub runner has a cache service. */
async function containerOptions(
  { directory }: ActRun,
  { buildContexts, trivy }: ActFiles,
): Promise<string> {
  // act splits this text like a shell: a path with a space has to stay one word.
  const volume = (source: string, target: string) => `--volume '${source}:${target}'`;
  const artifacts = artifactsIn(directory);
  const options: string[] = [
    volume(toolsDirectory, '/opt/tools:ro'),
    volume(buildContexts, `${buildContextsInJob}:ro`),
    volume(artifacts, '/opt/artifacts'),
    volume(masksIn(directory), `${masksInJob}:ro`),
    volume(trivy, `${trivyInJob}:ro`),
    `--env TRIVY_CONFIG=${trivyInJob}`,
    '--env PATH=/opt/tools:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/node24/bin',
  ];
  await mkdir(toolsDirectory, { recursive: true });
  await mkdir(artifacts, { recursive: true });
  for (const [name, target] of Object.entries(caches)) {
    await mkdir(cached('runner', name), { recursive: true });
    options.push(volume(cached('runner', name), `/root/${target}`));
  }
  return options.join(' ');
}

/** Where a job finds what Trivy has to know of this machine. */
const trivyInJob = '/opt/trivy.yaml';

interface ActFiles {
  readonly event: string;
  readonly secrets: string;
  readonly variables: string;
  readonly workflow: string;
  readonly buildContexts: string;
  readonly trivy: string;
}

async function writeFiles(run: ActRun): Promise<ActFiles> {
  const file = async (name: string, content: object) => {
    const path = join(run.directory, name);
    await writeFile(path, JSON.stringify(content), { mode: 0o600 });
    return path;
  };
  const workflow = join(run.directory, basename(run.workflow));
  const { images, earlier } = run;
  await writeWorkflowForAct(
    join(run.workspace, run.workflow),
    workflow,
    { images, realBuilds: run.actions.realBuilds, earlier },
    async () => ({
      masks: masksIn(run.directory),
      node: await ensureContainerNode(run.engine),
    }),
  );
  const buildContexts = join(run.directory, 'build-contexts');
  await writeBuildContexts(buildContexts, run.images);
  return {
    event: await file('event.json', run.payload),
    secrets: await file('secrets.yaml', run.secrets),
    variables: await file('variables.yaml', run.variables),
    workflow,
    buildContexts,
    // Images that the staging server pulls are scanned from where it pulls them.
    trivy: await file(
      'trivy.yaml',
      run.mirror === undefined
        ? {}
        : { registry: { mirrors: { 'index.docker.io': [run.mirror] } } },
    ),
  };
}
