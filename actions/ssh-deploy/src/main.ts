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
  notice,
  readInput,
  saveState,
  setOutput,
  warn,
} from '../../shared/src/runner.ts';
import { apply } from './operate/apply.ts';
import type { HostResult } from './operate/fleet.ts';
import { releasedInJob } from './operate/released.ts';
import { stateNames } from './operate/state.ts';
import { travellingForm } from './read/credentials.ts';
import { type Inputs, readInputs, secretInputs } from './read/inputs.ts';
import { cancellationMessage } from './report/cancellation.ts';
import { outputsFrom } from './report/outputs.ts';
import { olderEnvironments, summaryOf, takenDown } from './report/summary.ts';

const temporaryDirectory = process.env.RUNNER_TEMP ?? tmpdir();

/** Carries out the input `command` on the staging hosts. */
export async function main(): Promise<void> {
  try {
    maskSecrets();
    const started = performance.now();
    const inputs = readInputs(readInput);
    const results = await carryOut(inputs);
    await report(inputs, results, Math.round(performance.now() - started));
  } catch (error) {
    fail(explain(error));
  }
}

function maskSecrets(): void {
  for (const name of secretInputs) mask(maskableParts(readInput(name)));
  const password = readInput('registry-password');
  const username = readInput('registry-username');
  if (password !== '') mask([travellingForm({ username, password })]);
}

async function carryOut(inputs: Inputs): Promise<HostResult[]> {
  const { command } = inputs.request;
  let working = false;
  endOnSignal(inputs, () => working);
  if (stages(command)) await releasedInJob(temporaryDirectory).forget();
  const directories: string[] = [];
  return await apply(inputs, {
    environment: process.env,
    requester: requesterOfRun(process.env),
    script: await readExecutor(),
    temporaryDirectory,
    workspace: process.env.GITHUB_WORKSPACE ?? process.cwd(),
    onProgress: log,
    onDirectory: (directory) => {
      directories.push(directory);
      saveState(stateNames.directories, directories.join('\n'));
    },
    onWork: (release) => {
      working = true;
      if (stages(command) || command === 'release') {
        saveState(stateNames.staged, release ?? '');
      }
    },
  });
}

async function report(
  { request: { command } }: Inputs,
  results: readonly HostResult[],
  duration: number,
): Promise<void> {
  const outputs = outputsFrom(results, duration);
  const { release = '' } = outputs;
  if (stages(command)) saveState(stateNames.staged, release);
  else if (release !== '') await releasedInJob(temporaryDirectory).add(release);
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
  log(`${command}: done in ${duration} ms`);
  for (const line of takenDown(command, results)) notice(line);
  for (const line of olderEnvironments(results)) warn(line);
  await addToSummary(summaryOf({ command, results, duration }));
}

function stages(command: Inputs['request']['command']): boolean {
  return command === 'stage' || command === 'restage';
}

/**
 * Ends at once when the run is cancelled: the runner kills what is still there ten seconds later. What has begun on the
 * hosts does not need this process, and its post step closes the connections.
 */
function endOnSignal({ request: { command }, limits }: Inputs, working: () => boolean): void {
  const { confirmTimeout } = limits;
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      fail(cancellationMessage({ signal, command, working: working(), confirmTimeout }));
      process.exit(code);
    });
  }
}
