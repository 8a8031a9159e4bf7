import { Command, InvalidArgumentError, Option } from 'commander';
import type { Project } from '../../src/project/project.ts';
import type { CompiledWorkflow } from '../../src/typed/compile.ts';
import { jobsBefore } from '../../src/typed/jobs-before.ts';
import { compileWorkflows } from '../build/workflows.ts';
import type { Invocation } from '../invocation.ts';
import type { BaseImages } from '../local/base-images/ensure-images.ts';
import { lockRuns } from '../local/machine/run-lock.ts';
import {
  type EarlierBuild,
  earlierBuild,
  earlierJobs,
  rememberBuild,
} from '../local/run/earlier-jobs.ts';
import type { EventName } from '../local/run/event.ts';
import { demandLocalValues } from '../local/run/local-settings.ts';
import { runPipeline, workflowOf } from '../local/run/pipeline.ts';
import { jobTable, reasonLines } from '../local/run/report.ts';
import { lastMessage } from '../local/run/slack-messages.ts';
import { type Snapshot, takeSnapshot } from '../local/run/snapshot.ts';
import {
  hasEarlierRun,
  type Machine,
  removeEarlierRun,
  setUpMachine,
  setUpSurroundings,
  writeGenerated,
} from '../local/setup.ts';
import { ensureLoadTools } from '../local/suites/load-tools.ts';
import { runSuite, writeSuiteEnvironment } from '../local/suites/suites.ts';
import { runAfterDeploy } from '../local/surroundings/after-deploy.ts';
import { ensureFreePorts } from '../local/surroundings/free-ports.ts';
import { findInstance, type Instance, openInstance } from '../local/surroundings/instance.ts';
import { openTunnel } from '../local/surroundings/tunnel.ts';
import { urlTable } from '../local/surroundings/urls.ts';
import { prepareActions } from '../local/workflow-actions/prepare-actions.ts';
import { openRepository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';
import { duration, step, warn } from '../terminal/progress.ts';

interface Options {
  readonly event: EventName;
  readonly input: Readonly<Record<string, string>>;
  readonly job?: string;
  readonly from?: string;
  readonly suites: boolean;
  readonly monitoring: boolean;
  readonly fresh: boolean;
  readonly suite?: string;
  readonly baseUrl?: string;
}

const program = new Command('staging-pipeline start')
  .description(
    'Runs the pipeline for real on this machine: sets up what is missing, compiles the workflow, and runs it with act against an embedded staging server.',
  )
  .addOption(
    new Option('--event <name>', 'the event to run the workflow for')
      .choices(['push', 'workflow_dispatch'])
      .default('push'),
  )
  .option(
    '--input <name=value>',
    'an input of workflow_dispatch; may be repeated',
    collectInput,
    {},
  )
  .option('--job <id>', 'run only this job and those it needs')
  .option(
    '--from <id>',
    'begin with this job, with the images of the run before: tries a change of the Compose file or of a setting',
  )
  .option('--suites', 'with --from: run the suites of tests against staging as well', false)
  .option('--monitoring', 'start the services of the profile monitoring as well', false)
  .option(
    '--fresh',
    'remove the staging server of an earlier run first, its database included',
    false,
  )
  .option(
    '--suite <name>',
    'run this suite of the settings against the staging that is up, and nothing else',
  )
  .option('--base-url <url>', 'with --suite: the address of another staging')
  .argument('[arguments...]', 'with --suite, after another --: passed on to its command')
  .addHelpText(
    'after',
    '\nStop it with `staging-pipeline stop`; with `--purge` that also removes what was downloaded and built.',
  );

/** Runs the pipeline on this machine. */
export async function run({ words, signal }: Invocation): Promise<number> {
  const options = program.parse(words, { from: 'user' }).opts<Options>();
  const repository = await openRepository(process.cwd());
  const { project } = repository;
  if (!options.suite && (options.baseUrl || program.args.length > 0))
    throw new UserError('--base-url and arguments go with --suite: the pipeline takes neither.');
  if (options.suite)
    return await runSuite({
      name: options.suite,
      project,
      instance: await findInstance(project),
      url: options.baseUrl,
      args: program.args,
      signal,
    });
  const workflows = await compileWorkflows(repository);
  const pipeline = pipelineOf(project, workflows);
  demand(options, pipeline);
  demandLocalValues(project);
  await using _lock = await lockRuns();
  const started = performance.now();
  const local = await openInstance(project);
  const before = options.from === undefined ? undefined : await earlierBuild(local);
  const leftOut = before && !options.suites ? suitesOf(project, pipeline, options.from) : [];
  await writeGenerated(repository, workflows);
  const { event, input: inputs } = options;
  const machine = await setUpMachine(project);
  await ensureLoadTools(project, pipeline.plain, { event, inputs, leftOut });
  await ensureFreePorts(local, machine.engine);
  if (options.fresh || !hasEarlierRun(local)) await removeEarlierRun(local, machine);
  const [{ secrets, knownHosts }, actions, snapshot] = await Promise.all([
    setUpSurroundings(local, machine),
    prepareActions({
      root: project.root,
      workflow: workflowOf(project),
      images: machine.images.names,
    }),
    commitToDeploy(local, before),
  ]);
  if (leftOut.length > 0)
    warn(`Suites of tests that are left out (--suites runs them): ${leftOut.join(', ')}`);
  const since = new Date();
  const optionalServices = options.monitoring ? monitoringServices(project, machine) : [];
  const { state, succeeded, log, artifacts } = await runPipeline({
    instance: local,
    engine: machine.engine,
    act: machine.act,
    images: machine.images,
    actions,
    secrets,
    knownHosts,
    snapshot,
    event,
    inputs,
    optionalServices,
    ...(options.job ? { job: options.job } : {}),
    ...(before && {
      earlier: earlierJobs(pipeline.plain, options.from ?? '', before, leftOut),
      leftOut,
    }),
    signal,
    print: console.log,
  });
  if (!before && state.jobs.some(({ id, result }) => id === 'build' && result === 'success'))
    await rememberBuild(local, secrets, snapshot.commit).catch((error: Error) =>
      warn(`--from will not know these images: ${error.message}`),
    );
  const deployed = state.jobs.some(({ id, result }) => id === 'confirm' && result === 'success');
  if (deployed) {
    await runAfterDeploy(local, secrets).catch((error: unknown) => {
      if (!(error instanceof Error)) throw error;
      warn(`What the settings name for after a deployment failed: ${error.message}`);
    });
    await openTunnel(local);
    await writeSuiteEnvironment(local);
  }
  const message = await lastMessage(local, since);
  const reasons = reasonLines(state);
  // What counts most stands last: whoever looks at the end of a terminal sees the table and the reasons.
  const lines = [
    state.warnings.length > 0
      ? ['', 'Warnings', ...state.warnings.map((text) => `  ! ${text}`)]
      : [],
    message
      ? ['', 'Slack message in #staging-alerts', ...message.map((text) => `  │ ${text}`)]
      : [],
    ['', `Run of ${snapshot.commit.slice(0, 7)} in ${duration(performance.now() - started)}`, ''],
    jobTable(state),
    ['', `Third-party actions: ${actions.summary}`],
    imageLines(machine.images),
    reasons.length > 0 ? ['', ...reasons] : [],
    deployed ? ['', ...urlTable(local, optionalServices)] : [],
    ['', ...(artifacts ? [`Artifacts: ${artifacts}`] : []), `Complete log: ${log}`],
  ];
  console.log(lines.flat().join('\n'));
  return succeeded ? 0 : 1;
}

/** Checks out what is deployed: the commit, with the changes in the working tree. */
async function commitToDeploy(
  { project, repository, directory }: Instance,
  before: EarlierBuild | undefined,
): Promise<Snapshot> {
  return await step('Commit to deploy', async ({ note }) => {
    const taken = await takeSnapshot({
      repository: project.root,
      name: repository,
      branch: project.branch,
      directory: `${directory}/workspace`,
      ...(before && { passFor: before.commit }),
    });
    note(
      `${taken.commit.slice(0, 7)}${taken.dirty ? ', with the changes in the working tree' : ''}`,
    );
    return taken;
  });
}

/** The workflow that is run. Throws `UserError` where the settings name one that there is not. */
function pipelineOf(
  { workflow }: Project,
  compiled: readonly CompiledWorkflow[],
): CompiledWorkflow {
  const found = compiled.find(({ id }) => id === workflow);
  if (found) return found;
  throw new UserError(
    `There is no workflow ${workflow}, which the settings name to run; there are: ${compiled.map(({ id }) => id).join(', ')}`,
  );
}

/** The jobs of a workflow that run suites of the settings, but the one that a run begins with. */
function suitesOf(
  { suites }: Project,
  { plain }: CompiledWorkflow,
  from: string | undefined,
): readonly string[] {
  return Object.keys(suites).filter((id) => id in plain.jobs && id !== from);
}

/** Throws `UserError` for options that the workflow does not know. */
function demand(
  { job, from, suites, event, input, fresh }: Options,
  { plain }: CompiledWorkflow,
): void {
  const jobs = Object.keys(plain.jobs);
  for (const named of [job, from])
    if (named !== undefined && !jobs.includes(named))
      throw new UserError(`The workflow has no job ${named}; it has: ${jobs.join(', ')}.`);
  if (suites && from === undefined)
    throw new UserError('--suites goes with --from: a whole run has them anyway.');
  if (from !== undefined && fresh)
    throw new UserError('--from takes what the run before left, which --fresh removes: give one.');
  const deploying = [...jobsBefore(plain.jobs, from ?? '')].find((id) =>
    plain.jobs[id]?.steps.some(({ uses = '' }) => /\/ssh-deploy(?:@|$)/.test(uses)),
  );
  if (deploying !== undefined)
    throw new UserError(
      `--from ${from} needs the release that ${deploying} makes in the same run: begin with --from ${deploying}.`,
    );
  const given = Object.keys(input);
  if (given.length > 0 && event !== 'workflow_dispatch')
    throw new UserError('--input goes with --event workflow_dispatch: a push has no inputs.');
  const byHand = plain.on.workflow_dispatch as { inputs?: object } | undefined;
  const names = Object.keys(byHand?.inputs ?? {});
  const unknown = given.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new UserError(`The workflow has no input ${unknown}; it has: ${names.join(', ')}.`);
}

function imageLines({ names }: BaseImages): string[] {
  const standIns = [...names].filter(([image, name]) => image !== name).map(([image]) => image);
  return standIns.length > 0
    ? [`Base images: built from packages (no registry answers): ${standIns.join(', ')}`]
    : [];
}

function monitoringServices({ services }: Project, { images: { unavailable } }: Machine): string[] {
  const wanted = Object.entries(services).filter(([, { profiles }]) =>
    profiles.includes('monitoring'),
  );
  return wanted.flatMap(([name, { image }]) =>
    image === undefined || unavailable.includes(image) ? [] : [name],
  );
}

function collectInput(text: string, earlier: Record<string, string>): Record<string, string> {
  const [, name, value] = /^([\w-]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError(`"${text}" is not name=value.`);
  return { ...earlier, [name]: value };
}
