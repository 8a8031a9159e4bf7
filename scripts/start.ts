import { Command, InvalidArgumentError, Option } from 'commander';
import { services } from '../workflows/settings.ts';
import staging, { byHand } from '../workflows/staging.ts';
import { type SuiteName, suites } from '../workflows/suites.ts';
import { UserError } from './errors.ts';
import type { EventName } from './local/event.ts';
import { ensureFreePorts } from './local/free-ports.ts';
import { instance } from './local/instance.ts';
import { runPipeline } from './local/pipeline.ts';
import { duration, step } from './local/progress.ts';
import { jobTable, reasonLines } from './local/report.ts';
import { lockRuns } from './local/run-lock.ts';
import { compile, type Machine, setUpMachine, setUpSurroundings } from './local/setup.ts';
import { lastMessage } from './local/slack-messages.ts';
import { takeSnapshot } from './local/snapshot.ts';
import { provisionTestTenant } from './local/staging-host.ts';
import { runSuite, writeSuiteEnvironment } from './local/suites.ts';
import { openTunnel } from './local/tunnel.ts';
import { urlTable } from './local/urls.ts';
import { main } from './main.ts';
import { repositoryRoot } from './repository.ts';

interface Options {
  readonly event: EventName;
  readonly input: Readonly<Record<string, string>>;
  readonly job?: string;
  readonly monitoring: boolean;
  readonly fresh: boolean;
  readonly suite?: SuiteName;
  readonly baseUrl?: string;
}

const inputNames = Object.keys(byHand.declared);

const program = new Command('npm start --')
  .description(
    'Runs the develop pipeline for real on this machine: sets up what is missing, compiles the workflow, and runs it with act against an embedded staging server.',
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
  .addOption(
    new Option('--job <id>', 'run only this job and those it needs').choices(
      staging.definition.jobs.map(({ id }) => id),
    ),
  )
  .option('--monitoring', 'start Prometheus and Grafana as well', false)
  .option(
    '--fresh',
    'remove the staging server of an earlier run first, its database included',
    false,
  )
  .addOption(
    new Option(
      '--suite <name>',
      'run this suite against the staging that is up, and nothing else',
    ).choices(Object.keys(suites)),
  )
  .option('--base-url <url>', 'with --suite: the address of another staging')
  .argument('[arguments...]', 'with --suite, after another --: passed on to its command')
  .addHelpText(
    'after',
    '\nStop it with `npm run stop`; `npm run stop -- --purge` also removes what was downloaded and built.',
  );

await main(async (signal) => {
  const options = program.parse().opts<Options>();
  if (Object.keys(options.input).length > 0 && options.event !== 'workflow_dispatch')
    throw new UserError('--input goes with --event workflow_dispatch: a push has no inputs.');
  if (!options.suite && (options.baseUrl || program.args.length > 0))
    throw new UserError('--base-url and arguments go with --suite: the pipeline takes neither.');
  if (options.suite)
    return await runSuite({
      name: options.suite,
      instance: instance('local'),
      url: options.baseUrl,
      args: program.args,
      signal,
    });
  await using _lock = await lockRuns();
  const started = performance.now();
  const local = instance('local');
  const machine = await setUpMachine();
  await compile();
  await ensureFreePorts(local, machine.engine);
  const { secrets, knownHosts } = await setUpSurroundings(local, machine, options.fresh);
  const snapshot = await step('Commit to deploy', async ({ note }) => {
    const taken = await takeSnapshot(repositoryRoot, `${local.directory}/workspace`);
    note(
      `${taken.commit.slice(0, 7)}${taken.dirty ? ', with the changes in the working tree' : ''}`,
    );
    return taken;
  });
  const since = new Date();
  const { state, succeeded, log } = await runPipeline({
    instance: local,
    engine: machine.engine,
    act: machine.act,
    secrets,
    knownHosts,
    snapshot,
    event: options.event,
    inputs: options.input,
    optionalServices: options.monitoring ? monitoringServices(machine) : [],
    ...(options.job ? { job: options.job } : {}),
    signal,
    print: console.log,
  });
  const deployed = state.jobs.some(({ id, result }) => id === 'smoke' && result === 'success');
  if (deployed) {
    await provisionTestTenant(local, secrets.testTenantPassword);
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
    reasons.length > 0 ? ['', ...reasons] : [],
    deployed ? ['', ...urlTable(local, options.monitoring ? monitoringServices(machine) : [])] : [],
    ['', `Complete log: ${log}`],
  ];
  console.log(lines.flat().join('\n'));
  return succeeded ? 0 : 1;
});

function monitoringServices({ unavailable }: Machine): string[] {
  const wanted = Object.entries(services).filter(([, { profiles }]) =>
    profiles?.includes('monitoring'),
  );
  return wanted.flatMap(([name, { image }]) => (unavailable.includes(image) ? [] : [name]));
}

function collectInput(text: string, earlier: Record<string, string>): Record<string, string> {
  const [, name, value] = /^([\w-]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError(`"${text}" is not name=value.`);
  if (!inputNames.includes(name))
    throw new InvalidArgumentError(
      `The workflow has no input "${name}"; it has: ${inputNames.join(', ')}.`,
    );
  return { ...earlier, [name]: value };
}
