import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  environment,
  optionalVariables,
  secrets,
  smokeChecks,
  variables,
} from '../workflows/settings.ts';
import staging from '../workflows/staging.ts';
import { code, fill, table } from './markdown.ts';
import { repositoryRoot } from './repository.ts';

/** What the README tells of a job. */
interface Job {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly 'timeout-minutes': number;
  readonly steps: readonly { readonly name: string; readonly uses?: string }[];
}

interface SmokeCheck {
  readonly name: string;
  readonly path: string;
  readonly status: number;
  readonly contains?: string;
  readonly json?: Readonly<Record<string, unknown>>;
}

const jobs = staging.workflow.jobs as unknown as Readonly<Record<string, Job>>;

/** The repository's README by path, with the picture and the tables as the workflow and its settings have them. */
export async function renderReadme(): Promise<Map<string, string>> {
  const path = join(repositoryRoot, 'README.md');
  const parts = {
    pipeline: pipelinePicture(),
    jobs: jobTable(),
    'smoke-checks': smokeCheckTable(smokeChecks),
    variables: variableTable(),
    secrets: secretTable(),
  };
  let text = await readFile(path, 'utf8');
  for (const [name, content] of Object.entries(parts)) text = fill(text, name, content, path);
  return new Map([[path, text]]);
}

function pipelinePicture(): string {
  const nodes = Object.entries(jobs).map(([id, job]) => {
    const [open, close] = job.if === undefined ? ['[', ']'] : ['{{', '}}'];
    return `${id}${open}"${job.name}"${close}`;
  });
  const arrows = Object.entries(jobs).flatMap(([id, job]) =>
    directNeeds(id).map((before) => `${before} ${runsAfterFailure(job) ? '-.->' : '-->'} ${id}`),
  );
  const dashed = Object.keys(jobs).filter((id) => jobs[id] && runsAfterFailure(jobs[id]));
  const lines = [
    ...nodes,
    ...arrows,
    'classDef afterFailure stroke-dasharray: 5 5',
    `class ${dashed.join(',')} afterFailure`,
  ];
  return ['```mermaid', 'flowchart LR', ...lines.map((line) => `  ${line}`), '```'].join('\n');
}

function runsAfterFailure({ if: condition = '' }: Job): boolean {
  return condition.startsWith('always()');
}

/** The jobs that a job needs, without those that another of them needs already. */
function directNeeds(id: string): readonly string[] {
  const needs = needsOf(id);
  return needs.filter((each) => !needs.some((other) => allNeeds(other).has(each)));
}

function allNeeds(id: string): ReadonlySet<string> {
  return new Set(needsOf(id).flatMap((each) => [each, ...allNeeds(each)]));
}

function needsOf(id: string): readonly string[] {
  return jobs[id]?.needs ?? [];
}

function jobTable(): string {
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

function when({ if: condition, needs = [] }: Job): string {
  if (condition === undefined) return needs.length === 0 ? 'first' : 'after success';
  return condition === 'always()' ? 'always' : code(condition);
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

function variableTable(): string {
  const rows = (of: Readonly<Record<string, string>>, needed: string) =>
    Object.entries(of).map(([name, description]) => [code(name), description, needed]);
  return table(
    ['Variable', 'What it is', 'Needed'],
    [...rows(variables, 'yes'), ...rows(optionalVariables, 'no')],
  );
}

function secretTable(): string {
  return table(
    [`Secret of the environment ${code(environment)}`, 'What it is'],
    Object.entries(secrets).map(([name, description]) => [code(name), description]),
  );
}

if (import.meta.main) for (const [path, text] of await renderReadme()) await writeFile(path, text);
