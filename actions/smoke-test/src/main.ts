import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { explain, lastLines } from '../../shared/src/errors.ts';
import { maskableParts } from '../../shared/src/mask.ts';
import {
  addToSummary,
  annotateError,
  fail,
  log,
  mask,
  readInput,
  saveState,
  setOutput,
  warn,
} from '../../shared/src/runner.ts';
import { requireBrowser } from './browser/find.ts';
import { connectHost } from './host/connect.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { judgeDeployment } from './judge-deployment.ts';
import { createPrinter } from './printable.ts';
import { junit } from './report/junit.ts';
import { asked, briefResults, failureText, inState, reasonOf } from './report/results.ts';
import { summaryOf } from './report/summary.ts';
import type { Verdict } from './verdict.ts';

const temporaryDirectory = process.env.RUNNER_TEMP ?? tmpdir();
// The runner shows ten of a kind for each step; one is the step's own.
const mostAnnotations = 9;

/** Asks the application whether it works, and fails the step unless it does. */
export async function main(): Promise<void> {
  const printer = createPrinter((secret) => mask([secret]));
  try {
    mask(maskableParts(readInput('private-key')));
    const inputs = readInputs(readInput);
    await requireBrowser(inputs.checks, process.env);
    for (const secret of inputs.secrets.values()) printer.hide(secret);
    const directory = resolve(inputs.reportDirectory ?? join(temporaryDirectory, 'smoke-test'));
    await using stack = new AsyncDisposableStack();
    const host = await connectHost(inputs.host, {
      temporaryDirectory,
      stack,
      onDirectory: (sshDirectory) => saveState('ssh-directory', sshDirectory),
    });
    const verdict = await judgeDeployment(inputs, {
      host,
      printer,
      directory,
      onProgress: log,
    });
    await report(verdict, directory);
    if (verdict.outcome === 'passed') log(successText(verdict));
    else fail(failureOf(inputs, verdict));
  } catch (error) {
    setOutput('verdict', 'not judged');
    fail(printer.print(explain(error)));
  }
}

async function report(verdict: Verdict, directory: string): Promise<void> {
  const { results, duration, outcome, url, way } = verdict;
  const failed = inState(results, 'failed');
  const left = inState(results, 'not asked');
  await mkdir(directory, { recursive: true });
  const file = join(directory, 'junit.xml');
  await writeFile(file, junit(`Smoke test of ${url}`, results, duration));
  const [first] = failed;
  const outputs = {
    verdict: outcome,
    passed: asked(results).length - failed.length,
    failed: failed.length,
    degraded: inState(results, 'degraded').length,
    results: JSON.stringify(briefResults(results)),
    'not-asked': JSON.stringify(
      left.map(({ check, seen }) => ({ name: check.name, reason: seen })),
    ),
    'first-failure': first === undefined ? '' : reasonOf(first),
    way,
    junit: file,
    'report-directory': directory,
    'duration-ms': duration,
  };
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
  await addToSummary(summaryOf(verdict));
  for (const result of inState(results, 'degraded').slice(0, mostAnnotations)) {
    warn(failureText(result), result.check.name);
  }
  for (const { check, seen } of left) log(`not asked: ${check.name}: ${seen}`);
  for (const result of failed.slice(1, mostAnnotations + 1)) {
    annotateError(failureText(result), result.check.name);
  }
}

function successText({ results, url, duration, way }: Verdict): string {
  return `all ${asked(results).length} checks of ${url} passed after ${duration} ms, asked ${way}`;
}

/** The first failure with its reason, and the log of the container to blame: what everybody sees. */
function failureOf({ timeout }: Inputs, { results, url, outcome, logs, way }: Verdict): string {
  const failed = inState(results, 'failed');
  const [first] = failed;
  const count = `${failed.length} of ${asked(results).length} checks of ${url} did not pass within ${timeout} s`;
  const head =
    outcome === 'unreachable'
      ? 'this runner cannot reach the application, which says nothing about the release'
      : first === undefined
        ? 'nothing was asked, so nothing is known'
        : `${count}, asked ${way}`;
  const log = logs && `Last log lines of ${logs.service}:\n${lastLines(logs.text, 12)}`;
  const parts = [head, first && failureText(first), log].filter((part) => part !== undefined);
  return `smoke test: ${parts.join('\n')}`;
}
