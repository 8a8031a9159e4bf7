import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import {
  type BaselineEntry,
  parseBaseline,
  rebase,
  writeBaseline,
} from '../../actions/scan-report/src/judge/baseline.ts';
import {
  type KeptFindings,
  readFindings,
} from '../../actions/scan-report/src/report/findings-file.ts';
import type { Project } from '../../src/project/project.ts';
import type { CompiledWorkflow } from '../../src/typed/compile.ts';
import { compileWorkflows } from '../build/workflows.ts';
import type { Invocation } from '../invocation.ts';
import { artifactsIn } from '../local/run/act.ts';
import { findInstance } from '../local/surroundings/instance.ts';
import { openRepository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';

const program = new Command('staging-pipeline scan-baseline')
  .description(
    'Writes the baseline of the scan. Where there is none, it takes all that the gate would fail on; where there is one, it takes out what is not found any more, and never adds anything.',
  )
  .option(
    '--reports <folder>',
    'the artifact `scan` of a run on GitHub (`gh run download RUN --name scan --dir FOLDER`); that of the last local run without',
  );

const usualFile = 'scan-baseline.json';

/** Writes the baseline of what a run has found. */
export async function run({ words }: Invocation): Promise<number> {
  const { reports } = program.parse(words, { from: 'user' }).opts<{ readonly reports?: string }>();
  const repository = await openRepository(process.cwd());
  const { root, project } = repository;
  const named = baselineIn(await compileWorkflows(repository));
  const file = named || usualFile;
  const folder = reports === undefined ? await lastReports(project) : resolve(reports);
  const kept = await readKept(join(folder, 'findings.json'));
  const before = existsSync(join(root, file))
    ? parseBaseline(await readFile(join(root, file), 'utf8'), file)
    : undefined;
  const today = new Date().toISOString().slice(0, 10);
  const failing = kept.findings.filter(
    ({ state }) => state === 'fails' || state === 'in the baseline',
  );
  const after = rebase(failing, before, { today, isJudged: (entry) => isJudged(entry, kept) });
  await writeFile(join(root, file), writeBaseline(after));
  const total = (entries: readonly BaselineEntry[]) =>
    entries.reduce((sum, { count }) => sum + count, 0);
  const was = before === undefined ? '' : ` (${total(before)} before)`;
  console.log(`${file}: ${total(after)} findings${was}, from ${folder}. Commit it.`);
  if (!named) console.log(`Name it in the composition: scan({ …, baseline: '${file}' })`);
  return 0;
}

function baselineIn(workflows: readonly CompiledWorkflow[]): string {
  const steps = workflows.flatMap(({ plain }) =>
    Object.values(plain.jobs).flatMap(({ steps: each = [] }) => each),
  );
  const scan = steps.find(({ uses = '' }) => /\/scan-report(?:@|$)/.test(uses));
  const baseline = scan?.with?.baseline;
  return typeof baseline === 'string' ? baseline : '';
}

/** A scan that showed nothing takes nothing out. */
function isJudged({ scan, package: name }: BaselineEntry, { notChecked }: KeptFindings): boolean {
  const lacking = notChecked[scan];
  return lacking === undefined || (name === '' && lacking !== 'everything');
}

async function readKept(file: string): Promise<KeptFindings> {
  try {
    return readFindings(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file} cannot be read as what a scan found: ${String(error)}`, {
      cause: error,
    });
  }
}

async function lastReports(project: Project): Promise<string> {
  const instance = await findInstance(project);
  const runs = instance && join(instance.directory, 'runs');
  const numbers = runs === undefined ? [] : (await readdir(runs).catch(() => [])).map(Number);
  const newest = numbers
    .sort((one, other) => other - one)
    .map((number) => join(artifactsIn(join(runs ?? '', String(number))), 'scan'))
    .find((folder) => existsSync(join(folder, 'findings.json')));
  if (newest !== undefined) return newest;
  throw new UserError(
    'There is no local run that has scanned. Run `npm start -- --job scan`, or give --reports the artifact `scan` of a run on GitHub: gh run download RUN --name scan --dir FOLDER',
  );
}
