import { tmpdir } from 'node:os';
import * as core from '@actions/core';
import { explain } from '../../shared/src/errors.ts';
import { maskableParts } from '../../shared/src/mask.ts';
import { openSession, type SshSession } from '../../shared/src/ssh.ts';
import { runContext } from './context.ts';
import { type ExecutorResult, runExecutor } from './executor.ts';
import { type Inputs, readInputs, secretInputs } from './inputs.ts';
import { outputsFrom, releaseEntries } from './outputs.ts';
import { planCall, registryConfiguration } from './plan.ts';
import { prepareRelease, stage } from './stage.ts';

/** Carries out the input `command` on the staging host. */
export async function main(): Promise<void> {
  try {
    for (const name of secretInputs) maskableParts(core.getInput(name)).forEach(core.setSecret);
    const started = Date.now();
    const inputs = readInputs(core.getInput);
    const result = await apply(inputs);
    const outputs = outputsFrom(result, Date.now() - started);
    for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
    await report(inputs, result, outputs);
  } catch (error) {
    core.setFailed(explain(error));
  }
}

async function apply({ connection, baseDirectory, request }: Inputs): Promise<ExecutorResult> {
  const temporaryDirectory = process.env.RUNNER_TEMP ?? tmpdir();
  const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const release =
    request.command === 'stage'
      ? await prepareRelease(request, runContext(process.env), workspace)
      : undefined;
  await using session: SshSession = await openSession(connection, {
    temporaryDirectory,
    onDirectory: (directory) => core.saveState('ssh-directory', directory),
  });
  if (request.command === 'stage' && release !== undefined) {
    return await stage(session, {
      baseDirectory,
      inputs: request,
      release,
      workspace,
      temporaryDirectory,
      onProgress: core.info,
    });
  }
  return await runExecutor(session, {
    call: planCall(baseDirectory, request),
    input: request.command === 'restage' ? registryConfiguration(request.credentials) : '',
    onProgress: core.info,
  });
}

async function report(
  { connection, request }: Inputs,
  result: ExecutorResult,
  outputs: Record<string, string>,
): Promise<void> {
  core.info(`${request.command}: done in ${outputs['duration-ms']} ms`);
  core.summary.addHeading(`ssh-deploy ${request.command} on ${connection.host}`, 3);
  if (request.command === 'status') {
    core.summary.addTable([
      ['Release', 'Confirmed', 'Live'].map((data) => ({ data, header: true })),
      ...releaseEntries(result).map((entry) => [
        entry.id,
        entry.confirmed ? 'yes' : 'no',
        entry.current ? 'yes' : '',
      ]),
    ]);
  } else {
    core.summary.addTable([
      ['Release', 'Before', 'Duration'].map((data) => ({ data, header: true })),
      [outputs.release ?? '', outputs.previous || '(none)', `${outputs['duration-ms']} ms`],
    ]);
  }
  await core.summary.write();
}
