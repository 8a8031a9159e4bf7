import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Engine } from '../../scripts/local/machine/engine.ts';
import { ensureAct } from '../../scripts/local/machine/tools.ts';
import { runAct } from '../../scripts/local/run/act.ts';
import type { ActEvent } from '../../scripts/local/run/act-log.ts';
import type { RunActions } from '../../scripts/local/workflow-actions/prepare-actions.ts';

/** Where the workflow of these repositories lies. */
export const workflowFile = '.github/workflows/test.yml';

/** A repository of a test, committed. */
export interface WorkflowRepository extends AsyncDisposable {
  readonly root: string;
}

/** What a run of a workflow gave. */
export interface WorkflowRun {
  readonly exitCode: number;
  /** What steps printed, annotations included. */
  readonly output: string;
  readonly annotations: readonly string[];
}

/** Makes a repository of these files, by path. */
export async function workflowRepository(
  files: Readonly<Record<string, string>>,
): Promise<WorkflowRepository> {
  const root = await mkdtemp(join(tmpdir(), 'workflow-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const git = async (...args: string[]) => await execa('git', ['-C', root, ...args]);
  await git('init', '--quiet', '--initial-branch', 'develop');
  await git('add', '--all');
  const person = ['-c', 'user.name=A', '-c', 'user.email=a@localhost'];
  await git(...person, 'commit', '--quiet', '--message', 'Test');
  return {
    root,
    [Symbol.asyncDispose]: async () => await rm(root, { recursive: true, force: true }),
  };
}

/** Runs the workflow of a repository with act, as `npm start` does. */
export async function runWorkflow(
  { root }: WorkflowRepository,
  {
    engine,
    secrets = {},
    ...rest
  }: {
    readonly engine: Engine;
    readonly images: ReadonlyMap<string, string>;
    readonly actions: RunActions;
    readonly secrets?: Readonly<Record<string, string>>;
  },
): Promise<WorkflowRun> {
  const directory = await mkdtemp(join(tmpdir(), 'act-'));
  const run = runAct({
    ...rest,
    earlier: {},
    act: await ensureAct(),
    engine,
    workspace: root,
    sharedWorkspace: false,
    workflow: workflowFile,
    event: 'push',
    payload: {},
    secrets,
    variables: {},
    env: {},
    directory,
    actor: 'pipeline',
    signal: new AbortController().signal,
  });
  const events: ActEvent[] = [];
  let next = await run.next();
  for (; !next.done; next = await run.next()) events.push(next.value);
  await rm(directory, { recursive: true, force: true });
  return {
    exitCode: next.value,
    output: events
      .map((event) => {
        if (event.kind === 'annotation') return `${event.level}: ${event.text}\n`;
        return event.kind === 'output' || event.kind === 'trouble' ? event.text : '';
      })
      .join(''),
    annotations: events.flatMap((event) => (event.kind === 'annotation' ? [event.text] : [])),
  };
}
