import { jobsBefore } from '../jobs-before.ts';
import type { Plain, PlainStep } from '../plain.ts';
import { type Checked, type Fault, type PlacedStep, stepsOf } from './fault.ts';
import { likeOne } from './spelling.ts';

/** Artifacts that nobody uploads, that come too late, or that two uploads fight for. */
export function artifactFaults(checked: Checked): Fault[] {
  const steps = stepsOf(checked);
  const uploads = steps.filter(({ step }) => uses(step, 'actions/upload-artifact'));
  return [
    ...steps
      .filter(({ step }) => uses(step, 'actions/download-artifact'))
      .flatMap((download) => missing(download, uploads, checked.workflow)),
    ...uploads.flatMap((upload, at) => twice(upload, uploads.slice(0, at), checked.workflow)),
  ];
}

function uses({ uses: used = '' }: PlainStep, action: string): boolean {
  return used.split('@')[0] === action;
}

function nameOf({ with: given = {} }: PlainStep): string {
  return String(given.name ?? 'artifact');
}

function missing(
  { step, path, id, index }: PlacedStep,
  uploads: readonly PlacedStep[],
  workflow: Plain,
): Fault[] {
  const {
    name,
    pattern,
    'run-id': ofRun,
    'artifact-ids': ids,
    'github-token': token,
  } = step.with ?? {};
  // Of another run, or of whatever there is.
  if (ofRun !== undefined || ids !== undefined || token !== undefined) return [];
  const fits = fitting(name, pattern);
  const found = uploads.filter((upload) => fits(nameOf(upload.step)));
  const key =
    name !== undefined ? ['with', 'name'] : pattern !== undefined ? ['with', 'pattern'] : [];
  const at = [...path, ...key];
  if (found.length === 0) {
    const names = [...new Set(uploads.map((upload) => nameOf(upload.step)))];
    const called =
      name === undefined && pattern === undefined
        ? 'any artifact'
        : `the artifact ${name ?? pattern}`;
    const like = typeof name === 'string' ? likeOne(name, names) : undefined;
    const hint = like
      ? `; is it ${like}?`
      : names.length > 0
        ? `; there are: ${names.join(', ')}`
        : '';
    return [{ path: at, message: `no step of this workflow uploads ${called}${hint}` }];
  }
  const here = found.filter((upload) => upload.id === id);
  if (here.some((upload) => upload.index < index)) return [];
  const before = jobsBefore(workflow.jobs, id);
  if (found.some((upload) => before.has(upload.id))) return [];
  const [first] = found;
  const message =
    here.length > 0
      ? `the artifact ${name ?? ''} is uploaded in a later step of this job`
      : `the job ${first?.id} uploads the artifact ${name ?? ''}, so it has to be in this job's needs`;
  return [{ path: at, message }];
}

/** Which names a download takes; one that the run makes may be any. */
function fitting(name: unknown, pattern: unknown): (uploaded: string) => boolean {
  if (name === undefined && pattern === undefined) return () => true;
  const wanted = String(name ?? pattern);
  return (uploaded) =>
    uploaded.includes('${{') || wanted.includes('${{')
      ? overlap(uploaded, wanted)
      : name === undefined
        ? globbed(wanted).test(uploaded)
        : uploaded === wanted;
}

/** Whether two names with expressions in them can be one. */
function overlap(one: string, other: string): boolean {
  if (one === other) return true;
  const [[first = ''], [second = '']] = [one, other].map((text) =>
    text.split(/\$\{\{.*?\}\}|\*/s),
  ) as [string[], string[]];
  return first.startsWith(second) || second.startsWith(first);
}

function globbed(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .replaceAll(/[.+^$()|\\]/g, '\\$&')
      .replaceAll(/\*+/g, '.*')
      .replaceAll('?', '.')
      .replace(/\{([^}]*)\}/g, (_, all: string) => `(?:${all.replaceAll(',', '|')})`)}$`,
  );
}

function twice(upload: PlacedStep, earlier: readonly PlacedStep[], { jobs }: Plain): Fault[] {
  const { step, path, job, id } = upload;
  const name = nameOf(step);
  const key = step.with?.name === undefined ? ['with'] : ['with', 'name'];
  const at = [...path, ...key];
  if (/["<>|*?\r\n\\/:]/.test(name.replaceAll(/\$\{\{.*?\}\}/gs, '')))
    return [
      {
        path: at,
        message: `${name} is no name of an artifact: it may have none of " : < > | * ? \\ /`,
      },
    ];
  if (String(step.with?.overwrite) === 'true') return [];
  if (job.strategy?.matrix !== undefined && !/\b(?:matrix|strategy)\./.test(name))
    return [
      {
        path: at,
        message: `every run of the matrix uploads the artifact ${name}, and only the first succeeds: add a value of the matrix to its name`,
      },
    ];
  const same = earlier.find((each) => nameOf(each.step) === name && !excluding(each, upload, jobs));
  if (!same) return [];
  const where = same.id === id ? 'in this job' : `by the job ${same.id}`;
  return [
    { path: at, message: `an artifact ${name} is uploaded ${where} already: the second one fails` },
  ];
}

/** Steps of which one runs where the other does not, as success() and failure() do. */
function excluding(one: PlacedStep, other: PlacedStep, jobs: Plain['jobs']): boolean {
  const conditions = [one, other].map(({ step, id }) =>
    one.id === other.id ? step.if : jobs[id]?.if,
  );
  return conditions[0] !== conditions[1] && conditions.every((each) => each !== undefined);
}
