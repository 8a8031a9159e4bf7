import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { explain } from '../../shared/src/errors.ts';
import { maskableParts } from '../../shared/src/mask.ts';
import {
  addToSummary,
  annotateError,
  fail,
  log,
  mask,
  readInput,
  setOutput,
  warn,
} from '../../shared/src/runner.ts';
import { placeOf } from './finding.ts';
import { readInputs } from './inputs.ts';
import { type JudgedFinding, judge, type Verdict } from './judge/judge.ts';
import { countsOf } from './report/counts.ts';
import { writeFindings } from './report/findings-file.ts';
import { writeSarif } from './report/sarif.ts';
import { writeSboms } from './report/sbom.ts';
import { summaryOf } from './report/summary.ts';
import { readBaseline } from './run/baseline-history.ts';
import { runScans } from './run/run-scans.ts';

// The runner shows ten of a kind for each step; one is the step's own.
const mostAnnotations = 9;

/** Scans, reports everything that is found, and fails the step where something of it must not be deployed. */
export async function main(): Promise<void> {
  try {
    mask(maskableParts(readInput('registry-password')));
    const inputs = readInputs(readInput);
    const { database, scanned } = await runScans(inputs, log);
    const { baseline, earlier, problem } = await readBaseline(inputs.baseline);
    const evidence = { scanned, database, baseline, earlierBaselines: earlier, problem };
    const verdict = judge(evidence, inputs, new Date());
    await Promise.all([
      writeSarif(scanned, inputs.directory),
      writeSboms(scanned, inputs.directory),
    ]);
    await report(verdict, inputs.directory);
  } catch (error) {
    setOutput('verdict', 'not judged');
    fail(explain(error));
  }
}

async function report(verdict: Verdict, directory: string): Promise<void> {
  const { findings, problems, notChecked } = verdict;
  const failing = findings.filter(({ state }) => state === 'fails');
  const passed = failing.length === 0 && problems.length === 0;
  setOutput('verdict', passed ? 'passed' : 'failed');
  setOutput('counts', JSON.stringify(countsOf(verdict)));
  setOutput('failing', failing.length);
  await writeFile(join(resolve(directory), 'findings.json'), writeFindings(verdict));
  await addToSummary(summaryOf(verdict));
  for (const [why, scans] of Map.groupBy(notChecked, ({ what, why }) => `${what}: ${why}`))
    warn(`${scans.map(({ scan }) => scan).join(', ')}: ${why}`, 'Not checked');
  const reasons = [...problems, ...failing.map(textOf)];
  for (const reason of reasons.slice(1, mostAnnotations + 1)) annotateError(reason);
  const [first] = reasons;
  if (first === undefined) {
    const hidden =
      verdict.hidden.count > 0 ? `, ${verdict.hidden.count} of them in the baseline` : '';
    log(`${findings.length} findings, and none that fails${hidden}`);
  } else fail(reasons.length === 1 ? first : `${first} (the first of ${reasons.length} reasons)`);
}

function textOf({ finding }: JudgedFinding): string {
  const { scan, severity, id, title, fix, kind } = finding;
  const mended = kind === 'vulnerability' && fix !== '' ? `, mended by ${fix}` : '';
  return `${scan}: ${severity} ${id} in ${placeOf(finding) || 'the settings of the image'}${mended}: ${title}`;
}
