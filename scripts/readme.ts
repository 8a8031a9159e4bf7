import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { smokeChecks } from '../workflows/settings.ts';
import type { Plain, PlainJob } from '../workflows/typed/yaml.ts';
import { code, fill, table } from './markdown.ts';
import { type NeededSetting, neededSettings } from './needed-settings.ts';
import { pipelinePicture } from './pipeline-picture.ts';
import { repositoryRoot } from './repository.ts';
import { compileWorkflows } from './workflows.ts';

interface SmokeCheck {
  readonly name: string;
  readonly path: string;
  readonly status: number;
  readonly contains?: string;
  readonly json?: Readonly<Record<string, unknown>>;
}

/** The repository's README by path, with the picture and the tables as the workflows and their settings have them. */
export async function renderReadme(): Promise<Map<string, string>> {
  const path = join(repositoryRoot, 'README.md');
  const workflows = await compileWorkflows();
  const staging = workflows.find(({ id }) => id === 'staging');
  if (!staging) throw new Error('there is no workflow called staging');
  const parts = {
    pipeline: pipelinePicture(staging.plain),
    jobs: jobTable(staging.plain),
    'smoke-checks': smokeCheckTable(smokeChecks),
    settings: settingsTable(neededSettings(workflows)),
  };
  let text = await readFile(path, 'utf8');
  for (const [name, content] of Object.entries(parts)) text = fill(text, name, content, path);
  return new Map([[path, text]]);
}

function jobTable({ jobs }: Plain): string {
  return table(
    ['Job', 'Id', 'Runs', 'Steps', 'Limit'],
    Object.entries(jobs).map(([id, job]) => [
      job.name,
      code(id),
      when(job),
      // Check-out and language set-up say nothing about a job.
      job.steps
        .filter(({ uses }) => !uses?.startsWith('actions/'))
        .map(({ name }) => name)
        .join(' · '),
      `${job['timeout-minutes']} min`,
    ]),
  );
}

function when({ if: condition, needs = [] }: PlainJob): string {
  if (condition === undefined) return needs.length === 0 ? 'first' : 'after success';
  if (condition === 'always()') return 'always';
  const bare = condition.replace(/^\$\{\{ (.*) \}\}$/, '$1');
  // A longer one makes the table too wide to read.
  return bare.length <= 60 ? code(bare) : 'under a condition';
}

function smokeCheckTable(checks: readonly SmokeCheck[]): string {
  return table(
    ['Check', 'Address', 'Expected'],
    checks.map(({ name, path, status, contains, json = {} }) => [
      name,
      code(path),
      [
        String(status),
        ...Object.entries(json).map(
          ([pointer, value]) => `${code(pointer)} is ${code(String(value))}`,
        ),
        ...(contains === undefined ? [] : [`contains ${code(contains)}`]),
      ].join(', '),
    ]),
  );
}

function settingsTable(settings: readonly NeededSetting[]): string {
  return table(
    ['Setting', 'What it is', 'Where', 'Needed'],
    settings.map(({ kind, name, description, environment, required }) => [
      `${kind} ${code(name)}`,
      description,
      environment === '' ? 'repository' : `environment ${code(environment)}`,
      required ? 'yes' : 'no',
    ]),
  );
}

if (import.meta.main) for (const [path, text] of await renderReadme()) await writeFile(path, text);
