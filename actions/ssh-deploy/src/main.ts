import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import { explain } from '../../shared/src/errors.ts';
import { readExecutor } from '../../shared/src/executor.ts';
import { maskableParts } from '../../shared/src/mask.ts';
import { requesterOfRun } from '../../shared/src/requester.ts';
import { apply } from './operate/apply.ts';
import type { HostResult } from './operate/fleet.ts';
import { releasedInJob } from './operate/released.ts';
import { stateNames } from './operate/state.ts';
import { type Inputs, readInputs, secretInputs } from './read/inputs.ts';
import { cancellationMessage } from './report/cancellation.ts';
import { outputsFrom } from './report/outputs.ts';
import { addSummary, takenDown } from './report/summary.ts';

const temporaryDirectory = process.env.RUNNER_TEMP ?? tmpdir();

/** Carries out the input `command` on the staging hosts. */
export async function main(): Promise<void> {
  try {
    for (const name of secretInputs) maskableParts(core.getInput(name)).forEach(core.setSecret);
    const started = Date.now();
    const inputs = readInputs(core.getInput);
    const results = await carryOut(inputs);
    await report(inputs, results, Date.now() - started);
  } catch (error) {
    core.setFailed(explain(error));
  }
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
    onProgress: core.info,
    onDirectory: (directory) => {
      directories.push(directory);
      core.saveState(stateNames.directories, directories.join('\n'));
    },
    onWork: (release) => {
      working = true;
      if (stages(command) || command === 'release') {
        core.saveState(stateNames.staged, release ?? '');
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
  if (stages(command)) core.saveState(stateNames.staged, release);
  else if (release !== '') await releasedInJob(temporaryDirectory).add(release);
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  core.info(`${command}: done in ${duration} ms`);
  for (const line of takenDown(command, results)) core.notice(line);
  addSummary(core.summary, { command, results, duration });
  await core.summary.write();
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
      core.setFailed(cancellationMessage({ signal, command, working: working(), confirmTimeout }));
      process.exit(code);
    });
  }
}
