import {
  type Code,
  call,
  declaration,
  list,
  object,
  type Part,
  propertyName,
  quoted,
  withTail,
} from './code.ts';
import { anywhere, type Importing, type KnownJob, type Place } from './importing.ts';
import { untypedMatrix } from './matrix.ts';
import { typedConcurrency, typedPermissions, unknownKey } from './shared-keys.ts';
import { conditionOf } from './steps.ts';
import { typedString, typedText, typedValue, verbatim } from './values.ts';
import type { YamlEntry, YamlNode } from './yaml-node.ts';

/** What of a workflow a job that calls another has to know. */
export interface Calling {
  readonly constant: string;
  readonly comments: readonly string[];
  readonly jobs: ReadonlyMap<string, KnownJob>;
  readonly file: Importing;
  /** Those of the workflow, where the job says none. */
  readonly permissions: () => Code;
}

/** The outputs of a called workflow that this one reads; it does not say which others there are. */
export function outputsRead(id: string, file: Importing): readonly string[] {
  const read = new RegExp(`\\bneeds\\.${id.replaceAll('-', '\\-')}\\.outputs\\.([\\w-]+)`, 'g');
  return [...new Set([...file.source.text.matchAll(read)].map(([, name = '']) => name))];
}

/** What the layer takes: a file of the repository, or a commit of another one. */
const fixed =
  /^(?:\.\/\.github\/workflows\/[^/]+|[\w.-]+\/[\w.-]+\/\.github\/workflows\/[^/@]+\.ya?ml@[0-9a-f]{40})$/;

/** The constants of a job that calls a workflow, and of what that workflow takes and gives, as far as this one shows it. */
export function callingJob(entry: YamlEntry, calling: Calling): string {
  const { value: node } = entry;
  const uses = node.get('uses')?.text ?? '';
  // Its matrix would have to be known for what it takes.
  return fixed.test(uses) && !node.get('strategy')
    ? typed(entry, uses, calling)
    : untyped(entry, calling);
}

function typed({ key: id, value: node }: YamlEntry, uses: string, calling: Calling): string {
  const { constant, comments, jobs, file, permissions } = calling;
  const place: Place = { ...anywhere, jobs };
  const called = file.constant(id, 'Workflow');
  const given = node.get('with')?.entries('with') ?? [];
  const read = outputsRead(id, file);
  const secrets = node.get('secrets');
  const named = secrets?.isMap ? secrets.entries('secrets') : [];
  const taken = object([
    ...record('inputs', given, ({ value }) => `{ type: ${quoted(inputType(value, file, place))} }`),
    ...record('secrets', named, () => '{}'),
    ...(read.length > 0 ? [part('outputs', list(read.map(quoted)))] : []),
  ]);
  const entries = node.entries(id);
  const has = (key: string) => entries.some((each) => each.key === key);
  const parts = entries.map((each): Part => {
    const { key, value } = each;
    const add = (make: () => Code) => file.entry(each, make, propertyName(key));
    const withSecrets = { file, place: { ...place, offers: new Set(['a secret']) } };
    switch (key) {
      case 'name':
        return add(() => typedString(value, { file, place }));
      case 'needs':
        return add(() => list([...jobs.values()].map((job) => job.constant)));
      case 'if':
        return add(() => conditionOf(value, { file, place }));
      case 'uses':
        return add(() => called);
      case 'with':
        return add(() =>
          object(
            given.map((input) =>
              file.entry(
                input,
                () => typedValue(input.value, { file, place }),
                propertyName(input.key),
              ),
            ),
          ),
        );
      case 'secrets':
        return add(() =>
          secrets?.isMap
            ? object(
                named.map((secret) =>
                  file.entry(
                    secret,
                    () => typedString(secret.value, withSecrets),
                    propertyName(secret.key),
                  ),
                ),
              )
            : quoted(value.text),
        );
      case 'permissions':
        return add(() => typedPermissions(value, file));
      case 'concurrency':
        return add(() => typedConcurrency(value, { file, place }));
      default:
        return unknownKey(each, 'job that calls a workflow', file);
    }
  });
  const all = [
    ...(has('name') ? [] : [part('name', quoted(id))]),
    ...parts,
    ...(has('permissions') ? [] : [file.marked(permissions, { key: 'permissions' })]),
  ];
  return [
    declaration(called, call(file.use('reusable'), quoted(uses), taken), []),
    declaration(constant, call(file.use('call'), quoted(id), object(all, true)), comments),
  ].join('\n');
}

const part = (key: string, value: Code): Part => ({ comments: [], key, value });

function record(
  key: string,
  entries: readonly YamlEntry[],
  of: (entry: YamlEntry) => Code,
): Part[] {
  if (entries.length === 0) return [];
  return [part(key, object(entries.map((each) => part(propertyName(each.key), of(each)))))];
}

/** The type of an input, as the value says it that is given. */
function inputType(node: YamlNode, file: Importing, place: Place): 'string' | 'boolean' | 'number' {
  const { plain } = node;
  if (typeof plain === 'boolean') return 'boolean';
  if (typeof plain === 'number') return 'number';
  const { kind } = file.attempt(() => typedText(node.text, node.line, { file, place })).type;
  return kind === 'boolean' || kind === 'number' ? kind : 'string';
}

/** A job whose called workflow can be another one tomorrow, or that is called for each value of a matrix. */
function untyped(
  { key: id, line, value: node }: YamlEntry,
  { constant, comments, jobs, file }: Calling,
): string {
  const made = file.marked(() => {
    file.mark(
      line,
      `uses: ${node.get('uses')?.text}`,
      'a call by a tag or branch, which can be moved, or for each value of a matrix',
      true,
    );
    const parts = node.entries(id).map((entry) =>
      file.entry(
        entry,
        () => {
          if (entry.key === 'needs') return list([...jobs.values()].map((job) => job.constant));
          if (entry.key === 'if')
            return conditionOf(entry.value, { file, place: { ...anywhere, jobs } });
          if (entry.key === 'strategy') return strategyOfCall(entry.value, file);
          return verbatim(entry.value, file);
        },
        propertyName(entry.key),
      ),
    );
    return call(file.use('job'), quoted(id), withTail(object(parts, true), ' as never'));
  });
  return declaration(constant, made.value, [...comments, ...made.comments]);
}

/** A strategy as the layer has it, without types. */
function strategyOfCall(node: YamlNode, file: Importing): Code {
  return object(
    node.entries('strategy').map((entry) =>
      file.entry(
        entry,
        () => {
          if (entry.key !== 'matrix' || !entry.value.isMap) return verbatim(entry.value, file);
          return untypedMatrix(entry.value, file);
        },
        propertyName(entry.key),
      ),
    ),
  );
}
