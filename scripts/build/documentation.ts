import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../src/project/project.ts';
import type { CompiledWorkflow } from '../../src/typed/compile.ts';
import type { Plain, PlainJob } from '../../src/typed/plain.ts';
import type { Repository } from '../repository/repository.ts';
import { code, fill, hasMarkers, table } from '../terminal/markdown.ts';
import { environmentTable } from './environment-table.ts';
import { type NeededSetting, neededSettings } from './needed-settings.ts';
import { pipelinePicture } from './pipeline-picture.ts';
import { smokeTable } from './smoke-table.ts';

/**
 * The project's page with the picture of its pipeline and tables of its jobs, smoke checks, suites and settings, each
 * where the page has the markers for it: `<!-- pipeline -->`, `<!-- jobs -->`, `<!-- smoke -->`, `<!-- suites -->`,
 * `<!-- settings -->`, `<!-- environment -->`. Nothing where the project names no page.
 */
export async function documentationOf(
  { root, project }: Repository,
  workflows: readonly CompiledWorkflow[],
): Promise<string | undefined> {
  const { documentation: path, workflow } = project;
  const pipeline = workflows.find(({ id }) => id === workflow);
  if (path === undefined || !pipeline) return undefined;
  const parts = {
    pipeline: pipelinePicture(pipeline.plain),
    jobs: jobTable(pipeline.plain),
    smoke: smokeTable(pipeline.plain),
    suites: suiteTable(project.suites),
    settings: settingsTable(neededSettings(workflows)),
    ...(project.environment && { environment: environmentTable(project.environment) }),
  };
  let text = await readFile(join(root, path), 'utf8');
  for (const [name, content] of Object.entries(parts))
    if (hasMarkers(text, name)) text = fill(text, name, content, path);
  return text;
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

function suiteTable(suites: Project['suites']): string {
  return table(
    ['Suite', 'Id', 'Command', 'In', 'Limit', 'Where it fails'],
    Object.entries(suites).map(([id, { name, command, folder, limit, onFailure }]) => [
      name,
      code(id),
      code(command.join(' ').replace('{url}', 'URL')),
      code(folder),
      `${limit} min`,
      onFailure === 'rollback' ? 'the release is taken back' : 'a warning',
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
