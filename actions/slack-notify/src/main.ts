import { explain, InvalidInput } from '../../shared/src/errors.ts';
import { maskableParts } from '../../shared/src/mask.ts';
import {
  addToSummary,
  fail,
  log,
  mask,
  readInput,
  setOutput,
  warn,
} from '../../shared/src/runner.ts';
import { line } from '../../shared/src/summary-page.ts';
import { isRequired, readInputs, secretInputs } from './inputs.ts';
import { notify, type Report } from './notify.ts';
import { readContext } from './read/run-context.ts';
import { redactor } from './redact.ts';

/** Tells Slack about the run. A message that is not delivered fails the step only if it is required. */
export async function main(): Promise<void> {
  const secrets = secretInputs.map((name) => readInput(name)).filter((text) => text !== '');
  mask(secrets.flatMap(maskableParts));
  const redact = redactor(secrets);
  try {
    const report = await notify(readInputs(readInput), await readContext(process.env));
    for (const problem of report.problems) warn(redact(problem));
    await tell(report, redact);
  } catch (error) {
    // A mistake in the workflow is the author's to mend; a fault of this action must not break a deployment.
    if (error instanceof InvalidInput) fail(redact(explain(error)));
    else await notDelivered(redact(explain(error)));
  }
}

async function tell(report: Report, redact: (text: string) => string): Promise<void> {
  const { outcome, message, headline, failure, nothing } = report;
  if (outcome !== undefined) setOutput('outcome', outcome);
  if (message !== undefined) setOutput('message', message);
  if (failure !== undefined) {
    return await notDelivered(
      redact(`the message was not delivered (${headline}). ${explain(failure)}`),
    );
  }
  setOutput('delivered', report.delivered);
  log(nothing === undefined ? `delivered to Slack: ${headline}` : `nothing sent: ${nothing}`);
}

/** Says it where people look: at the step, and in the run's summary. */
async function notDelivered(reason: string): Promise<void> {
  setOutput('delivered', false);
  if (isRequired(readInput)) fail(reason);
  else warn(reason);
  try {
    await addToSummary([line(`⚠️ slack-notify: ${reason}`)]);
  } catch {
    // Without a summary there is still the annotation.
  }
}
