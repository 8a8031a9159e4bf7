import { tmpdir } from 'node:os';
import { explain } from '../../shared/src/errors.ts';
import { readExecutor } from '../../shared/src/executor.ts';
import { maskableParts } from '../../shared/src/mask.ts';
import { requesterOfRun } from '../../shared/src/requester.ts';
import {
  addToSummary,
  fail,
  log,
  mask,
  readInput,
  saveState,
  setOutput,
  warn,
} from '../../shared/src/runner.ts';
import { openSession } from '../../shared/src/ssh/session.ts';
import { databaseSecrets } from './database-secrets.ts';
import { directTransport } from './direct.ts';
import { nameOf, readDriver } from './driver.ts';
import { MigrationFailed } from './failure.ts';
import { hostTransport } from './host.ts';
import { type Inputs, readInputs, type SshWay, secretInputs } from './inputs.ts';
import { type MigrationRun, runMigrations } from './run.ts';
import { summaryOf } from './summary.ts';
import type { Transport } from './transport.ts';

const temporaryDirectory = process.env.RUNNER_TEMP ?? tmpdir();

/** Migrates a database to the target, or brings it back to where it was. */
export async function main(): Promise<void> {
  try {
    for (const name of secretInputs) mask(maskableParts(readInput(name)));
    mask(databaseSecrets(readInput('database-url')));
    const started = performance.now();
    const inputs = readInputs(readInput);
    await using stack = new AsyncDisposableStack();
    const run = await runMigrations(await openTransport(inputs, stack), {
      dryRun: inputs.dryRun,
      lint: inputs.lint,
      around: {
        toolDirectory: process.env.RUNNER_TOOL_CACHE ?? temporaryDirectory,
        temporaryDirectory,
      },
      onProgress: log,
      onWarning: (message) => warn(message),
    });
    await report(run, Math.round(performance.now() - started));
  } catch (error) {
    fail(explain(error));
  }
}

async function openTransport(inputs: Inputs, stack: AsyncDisposableStack): Promise<Transport> {
  const { way, settings } = inputs;
  const driver = await readDriver();
  const requester = requesterOfRun(process.env);
  if (way.transport === 'direct') {
    const operation = requester.owner;
    const onProgress = log;
    return directTransport(way, settings, { driver, operation, temporaryDirectory, onProgress });
  }
  const { baseDirectory, release, service, databaseService } = way;
  const session = stack.use(await connect(way));
  const link = { session, script: await readExecutor(), onProgress: log };
  return hostTransport(
    { link, requester, baseDirectory, release, service, databaseService, driver },
    settings,
  );
}

function connect({ connection }: SshWay) {
  return openSession(connection, {
    temporaryDirectory,
    onDirectory: (directory) => saveState('ssh-directory', directory),
    keep: true,
  });
}

async function report(run: MigrationRun, duration: number): Promise<void> {
  const { plan, result, failure } = run;
  const applied = plan.revisions.map(({ revision, message }) => ({ revision, message }));
  const isDone = failure === undefined && result !== undefined;
  setOutput('from', result?.from || nameOf(plan.current));
  setOutput('to', result?.to || nameOf(plan.current));
  setOutput('applied', JSON.stringify(isDone ? applied : []));
  setOutput('backup', result?.backup ?? '');
  setOutput('duration-ms', duration);
  await addToSummary(summaryOf(run));
  if (failure) fail(failure instanceof MigrationFailed ? failure.message : explain(failure));
}
