import * as core from '@actions/core';
import { explain, PhaseFailed } from '../../shared/src/errors.ts';
import { escapeHtml } from '../../shared/src/html.ts';
import { planChecks } from './checks.ts';
import { readInputs } from './inputs.ts';
import { type CheckResult, poll } from './poll.ts';
import { briefResults, countPassed, failureText, summaryRows } from './report.ts';

/** Polls the application until every check passes, and fails the step otherwise. */
export async function main(): Promise<void> {
  try {
    const inputs = readInputs(core.getInput);
    const started = Date.now();
    const results = await poll({
      url: inputs.url,
      checks: planChecks(inputs.checks, inputs.commit),
      timeout: inputs.timeout * 1000,
      onRound: (round) => core.info(`${countPassed(round)} of ${round.length} checks pass`),
    });
    const duration = Date.now() - started;
    const passed = countPassed(results);
    core.setOutput('passed', passed);
    core.setOutput('failed', results.length - passed);
    core.setOutput('results', JSON.stringify(briefResults(results)));
    core.setOutput('duration-ms', duration);
    await writeSummary(inputs.url, results);
    if (passed < results.length) {
      throw new PhaseFailed(
        'smoke test',
        `${results.length - passed} of ${results.length} checks of ${inputs.url} did not pass within ${inputs.timeout} s\n${failureText(results)}`,
      );
    }
    core.info(`all ${passed} checks of ${inputs.url} passed after ${duration} ms`);
  } catch (error) {
    core.setFailed(explain(error));
  }
}

async function writeSummary(url: string, results: readonly CheckResult[]): Promise<void> {
  core.summary.addHeading(`Smoke test of ${url}`, 3);
  core.summary.addTable([
    ['Check', 'Result', 'Time', 'Deviation'].map((data) => ({ data, header: true })),
    ...summaryRows(results).map((row) => row.map(escapeHtml)),
  ]);
  await core.summary.write();
}
