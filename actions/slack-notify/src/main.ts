import * as core from '@actions/core';
import { context } from '@actions/github';
import { explain, PhaseFailed } from '../../shared/src/errors.ts';
import { maskableParts } from '../../shared/src/mask.ts';
import { deliver } from './deliver.ts';
import { factsFromContext } from './facts.ts';
import { type FailedStep, fetchFailedSteps } from './failed-steps.ts';
import { type Inputs, readInputs, secretInputs } from './inputs.ts';
import { renderMessage } from './message.ts';
import { decideOutcome, hasFailed, type Outcome } from './outcome.ts';

// Milliseconds: all that a notification may cost a run, and what of it GitHub's answer may take.
const budget = 20_000;
const budgetOfGithub = 5_000;

/** Sends one message about the run. An undelivered message fails the step only if it is required. */
export async function main(): Promise<void> {
  try {
    for (const name of secretInputs) maskableParts(core.getInput(name)).forEach(core.setSecret);
    const started = Date.now();
    const inputs = readInputs(core.getInput);
    const outcome = decideOutcome(inputs.needs);
    core.setOutput('outcome', outcome);
    const failedSteps = hasFailed(outcome) ? await findFailedSteps(inputs) : [];
    await send(inputs, outcome, failedSteps, started + budget);
  } catch (error) {
    core.setFailed(explain(error));
  }
}

async function findFailedSteps({ githubToken }: Inputs): Promise<FailedStep[]> {
  if (githubToken === undefined) {
    core.warning('the message does not name the step that failed: input github-token is empty');
    return [];
  }
  try {
    return await fetchFailedSteps({
      token: githubToken,
      apiUrl: context.apiUrl,
      ...context.repo,
      runId: context.runId,
      signal: AbortSignal.timeout(budgetOfGithub),
    });
  } catch (error) {
    core.warning(
      `the message does not name the step that failed, because GitHub's API gave no answer: ${String(error)}`,
    );
    return [];
  }
}

async function send(
  inputs: Inputs,
  outcome: Outcome,
  failedSteps: readonly FailedStep[],
  deadline: number,
): Promise<void> {
  const { needs, environmentUrl, release, migrationFrom, migrationTo } = inputs;
  const facts = {
    outcome,
    needs,
    environmentUrl,
    release,
    migrationFrom,
    migrationTo,
    failedSteps,
  };
  const message = renderMessage({ ...factsFromContext(context), ...facts }, inputs.locale);
  try {
    await deliver(inputs.destination, message, deadline - Date.now());
    core.setOutput('delivered', true);
    core.info(`delivered to Slack: ${message.text}`);
  } catch (error) {
    core.setOutput('delivered', false);
    if (inputs.required || !(error instanceof PhaseFailed)) throw error;
    core.warning(`the message was not delivered (${message.text}). ${explain(error)}`);
  }
}
