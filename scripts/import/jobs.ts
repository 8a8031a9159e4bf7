import { callingJob, outputsRead } from './calls.ts';
import {
  type Code,
  call,
  commentLines,
  declaration,
  list,
  object,
  type Part,
  print,
  propertyName,
  quoted,
  wrap,
} from './code.ts';
import { anywhere, type Importing, type KnownJob, type Place } from './importing.ts';
import { typedEnvironment } from './job-environment.ts';
import { type TypedMatrix, typedMatrix } from './matrix.ts';
import { shellOf, typedRunner } from './runner.ts';
import {
  fixedNumber,
  typedConcurrency,
  typedContainer,
  typedDefaults,
  typedEnv,
  typedPermissions,
  unknownKey,
} from './shared-keys.ts';
import { conditionOf, flag, type TypedStep, typedSteps } from './steps.ts';
import { type At, notTyped, typedString, typedValue } from './values.ts';
import type { YamlEntry, YamlNode } from './yaml-node.ts';

/** What of a workflow its jobs have to know. */
export interface JobsOf {
  readonly file: Importing;
  /** Where the token's permissions are said for all jobs. */
  readonly permissions: YamlNode | undefined;
  readonly env: ReadonlySet<string>;
  readonly shell: string | undefined;
}

/** The constants of jobs, in an order in which each comes after those it needs, and the list of them as it was. */
export function typedJobs(
  node: YamlNode,
  of: JobsOf,
): { readonly text: string; readonly names: readonly string[] } {
  const entries = node.entries('jobs');
  if (entries.length === 0) node.refuse('the workflow has no jobs');
  const known = new Map<string, KnownJob>();
  for (const { key, value } of entries) {
    if (!value.isMap) value.refuse(`the job ${key} has to be a map`);
    const outputs = value.get('uses')
      ? outputsRead(key, of.file)
      : (value.get('outputs')?.entries('outputs') ?? []).map((each) => each.key);
    const constant = of.file.constant(key, 'Job');
    known.set(key, { constant, outputs: new Set(outputs) });
  }
  const text = inOrder(entries)
    .map((entry) => typedJob(entry, known, of))
    .join('\n');
  return { text, names: [...known.values()].map(({ constant }) => constant) };
}

/** Jobs after those that they need. Throws `UserError` where one needs none that exists, or itself. */
function inOrder(entries: readonly YamlEntry[]): readonly YamlEntry[] {
  const placed = new Map<string, YamlEntry>();
  let waiting = entries;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ value }) => needsOf(value).every((id) => placed.has(id)));
    const [stuck] = waiting;
    if (ready.length === 0 && stuck) {
      const missing = needsOf(stuck.value).find((id) => !entries.some(({ key }) => key === id));
      stuck.value.refuse(
        missing === undefined
          ? `the job ${stuck.key} waits for itself, through what it needs`
          : `the job ${stuck.key} needs a job ${missing}, which does not exist`,
      );
    }
    // One at a time keeps the order of the file.
    const [next] = ready;
    if (!next) break;
    placed.set(next.key, next);
    waiting = waiting.filter((each) => each !== next);
  }
  return [...placed.values()];
}

function needsOf(job: YamlNode): readonly string[] {
  return (job.get('needs')?.items() ?? []).map(({ text }) => text);
}

function typedJob(entry: YamlEntry, known: ReadonlyMap<string, KnownJob>, of: JobsOf): string {
  const { file } = of;
  const { key: id, value: node } = entry;
  const comments = entry.takeComments();
  const needed = needsOf(node).flatMap((each) => [[each, known.get(each)] as const]);
  const jobs = new Map(needed.flatMap(([each, job]) => (job ? [[each, job] as const] : [])));
  const place: Place = { ...anywhere, jobs };
  const { constant } = known.get(id) as KnownJob;
  if (node.get('uses'))
    return callingJob(entry, {
      ...{ constant, comments, jobs, file },
      permissions: () => inherited(entry.line, of),
    });
  const strategy = node.get('strategy')?.get('matrix');
  const found: { matrix?: TypedMatrix } = {};
  const matrixPart =
    strategy &&
    file.marked(() => {
      found.matrix = typedMatrix(strategy, { file, place, job: id });
      return found.matrix.code;
    });
  const { matrix } = found;
  const inMatrix: Place = { ...place, matrix: matrix?.known };
  const inSteps: Place = { ...inMatrix, offers: new Set(['a secret', 'a step', 'the workspace']) };
  const { steps, known: knownSteps } = typedSteps({
    ...{ file, job: id, node, place: inSteps },
    env: new Set([...of.env, ...namesIn(node.get('env'))]),
    shell: shellOf(node, of.shell),
  });
  const afterSteps: Place = {
    ...inSteps,
    steps: knownSteps,
    offers: new Set(['a step', 'the workspace']),
  };
  const made = jobParts(entry, of, { place, inMatrix, afterSteps, matrixPart });
  const outputs = node.entries(id).find(({ key }) => key === 'outputs');
  const outputsCode = outputs && typedOutputs(outputs, { file, place: afterSteps });
  file.use('job');
  const declarations = [
    ...(matrix?.declared ? [declaration(matrix.code as string, matrix.declared, [])] : []),
    ...steps.flatMap((step) =>
      step.constant ? [declaration(step.constant, step.code, step.comments)] : [],
    ),
  ];
  const head = print(
    call('job', quoted(id), object(made, true)),
    '',
    `const ${constant} = `.length,
  );
  const chain = [...steps.map(chained), ...(outputsCode ? [outputsCode] : [])];
  const job = `${commentLines(comments, '')}const ${constant} = ${head}${chain.join('')};\n`;
  return [...declarations, job].join('\n');
}

function chained({ constant, code, comments }: TypedStep): string {
  if (constant !== undefined) return `\n  .step(${constant})`;
  const above = commentLines(comments, '  ').trimEnd();
  return `${above && `\n${above}`}\n  ${print(wrap('.step(', code, ')'), '  ')}`;
}

function typedOutputs(entry: YamlEntry, at: At): string {
  const parts = entry.value
    .entries('outputs')
    .map((each) => at.file.entry(each, () => typedValue(each.value, at), propertyName(each.key)));
  const above = commentLines(entry.takeComments(), '  ').trimEnd();
  return `${above && `\n${above}`}\n  ${print(wrap('.withOutputs(', object(parts), ')'), '  ')}`;
}

interface PlacesOf {
  readonly place: Place;
  readonly inMatrix: Place;
  readonly afterSteps: Place;
  readonly matrixPart: Part | undefined;
}

function jobParts({ key: id, line, value: node }: YamlEntry, of: JobsOf, places: PlacesOf): Part[] {
  const { file } = of;
  const entries = node.entries(id);
  const parts: Part[] = [];
  const has = (key: string) => entries.some((entry) => entry.key === key);
  if (!has('runs-on')) node.refuse(`the job ${id} has no runs-on`);
  if (!has('name')) parts.push({ comments: [], key: 'name', value: quoted(id) });
  for (const entry of entries) {
    if (entry.key === 'outputs' || entry.key === 'steps') continue;
    const part = jobPart(entry, of, places);
    if (part) parts.push(part);
  }
  // What GitHub takes where nothing is said.
  if (!has('timeout-minutes')) parts.push({ comments: [], key: "'timeout-minutes'", value: '360' });
  if (!has('permissions'))
    parts.push(file.marked(() => inherited(line, of), { key: 'permissions' }));
  return parts;
}

function inherited(line: number, { permissions, file }: JobsOf): Code {
  if (permissions) return typedPermissions(permissions, file);
  file.mark(
    line,
    'no permissions',
    "the token can do what the repository's settings say: name what the job needs",
  );
  return 'undefined as never';
}

function jobPart(
  entry: YamlEntry,
  { file }: JobsOf,
  { place, inMatrix, afterSteps, matrixPart }: PlacesOf,
): Part | undefined {
  const { key, value } = entry;
  const withSecrets = { file, place: { ...inMatrix, offers: new Set(['a secret']) } };
  const add = (make: () => Code) => file.entry(entry, make, propertyName(key));
  switch (key) {
    case 'name':
      return add(() => typedString(value, { file, place: inMatrix }));
    case 'needs':
      return place.jobs.size > 0
        ? add(() => list([...place.jobs.values()].map(({ constant }) => constant)))
        : undefined;
    case 'if':
      return add(() => conditionOf(value, { file, place }));
    case 'strategy':
      if (matrixPart) return add(() => typedStrategy(value, matrixPart, file));
      file.mark(value.line, 'strategy', 'it does nothing without a matrix, and is left out');
      return undefined;
    case 'runs-on':
      return add(() => typedRunner(value, { file, place: inMatrix }));
    case 'timeout-minutes':
      return add(() => fixedNumber(value, file));
    case 'environment':
      return add(() => typedEnvironment(value, { file, place: afterSteps }));
    case 'permissions':
      return add(() => typedPermissions(value, file));
    case 'concurrency':
      return add(() => typedConcurrency(value, { file, place: inMatrix }));
    case 'env':
      return add(() =>
        typedEnv(value, {
          file,
          place: { ...inMatrix, offers: new Set(['a secret', 'the workspace']) },
        }),
      );
    case 'defaults':
      return add(() => typedDefaults(value, { file, place }));
    case 'container':
      return add(() => typedContainer(value, withSecrets));
    case 'services':
      if (!value.isMap)
        return value.isEmpty ? undefined : add(() => notTyped(value, 'services are a map', file));
      return add(() =>
        object(
          value
            .entries('services')
            .map((each) =>
              file.entry(
                each,
                () =>
                  each.value.isMap
                    ? typedContainer(each.value, withSecrets)
                    : object([
                        file.marked(() => typedString(each.value, withSecrets), { key: 'image' }),
                      ]),
                propertyName(each.key),
              ),
            ),
        ),
      );
    case 'continue-on-error':
      return add(() => flag(value, { file, place: inMatrix }));
    default:
      return unknownKey(entry, 'job', file);
  }
}

function typedStrategy(node: YamlNode, matrix: Part, file: Importing): Code {
  return object(
    node.entries('strategy').map((entry) => {
      const { key, value } = entry;
      if (key === 'matrix')
        return {
          comments: [...entry.takeComments(), ...matrix.comments],
          key,
          value: matrix.value,
        };
      if (key === 'fail-fast' && typeof value.plain === 'boolean')
        return file.entry(entry, String(value.plain), propertyName(key));
      if (key === 'max-parallel')
        return file.entry(entry, () => fixedNumber(value, file), propertyName(key));
      return file.entry(
        entry,
        () => notTyped(value, `the layer takes no such ${key}`, file),
        propertyName(key),
      );
    }),
  );
}

function namesIn(env: YamlNode | undefined): readonly string[] {
  return env?.isMap ? env.entries('env').map(({ key }) => key) : [];
}
