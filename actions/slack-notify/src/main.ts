import * as core from '@actions/core';
import { explain, InvalidInput } from '../../shared/src/errors.ts';
import { escapeHtml } from '../../shared/src/html.ts';
import { maskableParts } from '../../shared/src/mask.ts';
import { isRequired, readInputs, secretInputs } from './inputs.ts';
import { notify, type Report } from './notify.ts';
import { readContext } from './read/run-context.ts';
import { redactor } from './redact.ts';

/** Tells Slack about the run. A message that is not delivered fails the step only if it is required. */
export async function main(): Promise<void> {
  const secrets = secretInputs.map((name) => core.getInput(name)).filter((text) => text !== '');
  secrets.flatMap(maskableParts).forEach(core.setSecret);
  const redact = redactor(secrets);
  try {
    const report = await notify(readInputs(core.getInput), readContext(process.env));
    for (const problem of report.problems) core.warning(redact(problem));
    await tell(report, redact);
  } catch (error) {
    // A mistake in the workflow is the author's to mend; a fault of this action must not break a deployment.
    if (error instanceof InvalidInput) core.setFailed(redact(explain(error)));
    else await notDelivered(redact(explain(error)));
  }
}

async function tell(report: Report, redact: (text: string) => string): Promise<void> {
  const { outcome, message, headline, failure, nothing } = report;
  if (outcome !== undefined) core.setOutput('outcome', outcome);
  if (message !== undefined) core.setOutput('message', message);
  if (failure !== undefined) {
    return await notDelivered(
      redact(`the message was not delivered (${headline}). ${explain(failure)}`),
    );
  }
  core.setOutput('delivered', report.delivered);
  core.info(nothing === undefined ? `delivered to Slack: ${headline}` : `nothing sent: ${nothing}`);
}

/** Says it where people look: at the step, and in the run's summary. */
async function notDelivered(reason: string): Promise<void> {
  core.setOutput('delivered', false);
  if (isRequired(core.getInput)) core.setFailed(reason);
  else core.warning(reason);
  try {
    await core.summary.addRaw(`⚠️ slack-notify: ${escapeHtml(reason)}`, true).write();
  } catch {
    // Without a summary there is still the annotation.
  }
}
