import { basename } from 'node:path';
import {
  call,
  commentLines,
  declaration,
  list,
  object,
  type Part,
  print,
  propertyName,
  quoted,
} from './code.ts';
import { anywhere, Importing, type MissingAction, type OtherVersion } from './importing.ts';
import { typedJobs } from './jobs.ts';
import {
  typedConcurrency,
  typedDefaults,
  typedEnv,
  typedPermissions,
  unknownKey,
} from './shared-keys.ts';
import { inputsOf, typedInputs, typedTriggers } from './triggers.ts';
import type { NotTyped } from './untyped.ts';
import { typedString } from './values.ts';
import { type YamlEntry, type YamlNode, YamlSource } from './yaml-node.ts';

/** The typed definition of a workflow that was YAML. */
export interface Imported {
  /** Its id: the name of the files of both. */
  readonly id: string;
  readonly source: string;
  /** What could not be typed, by line. */
  readonly notTyped: readonly NotTyped[];
  readonly missingActions: readonly MissingAction[];
  readonly otherVersions: readonly OtherVersion[];
}

/** Whether YAML was compiled from definitions, by what it begins with. */
export function isCompiled(text: string): boolean {
  return /^# Compiled from \S+ by `/.test(text);
}

/**
 * Writes the typed definition of a workflow; `path` is how messages call the YAML. Throws `UserError` with the line where
 * it is no workflow.
 */
export function importWorkflow(path: string, text: string): Imported {
  const source = new YamlSource(path, text);
  const { root } = source;
  if (!root.isMap) root.refuse('a workflow is a map with on and jobs');
  const file = new Importing(source);
  const id = basename(path).replace(/\.ya?ml$/, '');
  const body = new Body(root, { file, id, path });
  const definition = body.text(isCompiled(text));
  return {
    ...{ id, source: definition },
    notTyped: unrepeated(file.notTyped),
    missingActions: [...file.missingActions.values()],
    otherVersions: [...file.otherVersions.values()],
  };
}

function unrepeated(found: readonly NotTyped[]): readonly NotTyped[] {
  const told = new Map(found.map((each) => [`${each.line} ${each.original} ${each.reason}`, each]));
  return [...told.values()].sort((one, other) => one.line - other.line);
}

/** The parts of the file, in the order in which it is read and not the one in which it stands. */
class Body {
  readonly #root: YamlNode;
  readonly #file: Importing;
  readonly #id: string;
  readonly #path: string;

  constructor(
    root: YamlNode,
    { file, id, path }: { readonly file: Importing; readonly id: string; readonly path: string },
  ) {
    this.#root = root;
    this.#file = file;
    this.#id = id;
    this.#path = path;
  }

  text(compiled: boolean): string {
    const file = this.#file;
    const { source } = file;
    const head = source
      .takeHead()
      .filter((line) => !compiled || !line.startsWith('Compiled from '));
    const entries = this.#root.entries('a workflow');
    const value = (key: string) => entries.find((entry) => entry.key === key)?.value;
    const [on, jobsNode] = [value('on'), value('jobs')];
    if (!on || on.isEmpty) this.#root.refuse('the workflow has no on');
    if (!jobsNode || jobsNode.isEmpty) this.#root.refuse('the workflow has no jobs');
    file.inputs = inputsOf(on);
    const inputs = typedInputs(on, file);
    const permissions = value('permissions');
    const env = value('env');
    const jobs = typedJobs(jobsNode, {
      ...{ file, permissions },
      env: new Set(env?.isMap ? env.entries('env').map(({ key }) => key) : []),
      shell: value('defaults')?.get('run')?.get('shell')?.text,
    });
    const parts = this.#parts(entries, jobs.names, jobsNode);
    const workflow = print(call(file.use('workflow'), quoted(this.#id), object(parts, true)));
    const declarations = [
      ...this.#settings(),
      ...(inputs ? [declaration('byHand', inputs, [])] : []),
    ];
    const rest = source.takeRest();
    const comments = [...head, ...(rest.length > 0 && head.length > 0 ? [''] : []), ...rest];
    const imports = list([...file.imports].sort(byName));
    const from = print({
      ...imports,
      head: 'import {',
      tail: "} from 'staging-pipeline';",
      padding: ' ',
    });
    return [
      `${commentLines(comments, '')}${from}\n`,
      ...declarations,
      jobs.text,
      `export default ${workflow};\n`,
    ].join('\n');
  }

  #parts(entries: readonly YamlEntry[], names: readonly string[], jobs: YamlNode): Part[] {
    const file = this.#file;
    const parts: Part[] = [];
    if (!entries.some(({ key }) => key === 'name'))
      parts.push({
        comments: [],
        key: 'name',
        value: quoted(`.github/workflows/${basename(this.#path)}`),
      });
    for (const entry of entries) {
      const { key, value } = entry;
      const at = { file, place: anywhere };
      const add = (make: Parameters<Importing['entry']>[1]) =>
        parts.push(file.entry(entry, make, propertyName(key)));
      if (key === 'name') add(() => quoted(value.text));
      else if (key === 'run-name') add(() => typedString(value, at));
      else if (key === 'on') add(() => typedTriggers(value, file));
      else if (key === 'permissions') add(() => typedPermissions(value, file));
      else if (key === 'concurrency') add(() => typedConcurrency(value, at));
      else if (key === 'env') {
        if (!value.isEmpty)
          add(() =>
            typedEnv(value, { file, place: { ...anywhere, offers: new Set(['the workspace']) } }),
          );
      } else if (key === 'defaults') add(() => typedDefaults(value, at));
      else if (key === 'jobs') add(list(names));
      else parts.push(unknownKey(entry, 'workflow', file));
    }
    if (!entries.some(({ key }) => key === 'permissions'))
      parts.splice(
        -1,
        0,
        file.marked(() => this.#noPermissions(jobs), { key: 'permissions' }),
      );
    return parts;
  }

  #noPermissions(jobs: YamlNode): string {
    if (jobs.entries('jobs').every(({ value }) => value.get('permissions'))) return '{}';
    this.#file.mark(
      this.#root.line,
      'no permissions',
      "the token can do what the repository's settings say",
    );
    return 'undefined as never';
  }

  /** What the repository and its environments have to set. */
  #settings(): string[] {
    const file = this.#file;
    const named = (names: ReadonlySet<string>, what: string) =>
      object(
        [...names]
          .sort()
          .map((name) => ({ comments: [], key: name, value: quoted(`${what} of ${this.#id}`) })),
      );
    const own = [
      ...(file.variables.size > 0
        ? [{ comments: [], key: 'variables', value: named(file.variables, 'A variable') }]
        : []),
      ...(file.secrets.size > 0
        ? [{ comments: [], key: 'secrets', value: named(file.secrets, 'A secret') }]
        : []),
    ];
    const repository = declaration('repo', call('repository', object(own)), [
      'YAML does not say which of these an environment has: environment(name, { secrets }) takes them.',
    ]);
    return [
      ...(own.length > 0 ? [repository] : []),
      ...[...file.environments].map(([name, constant]) =>
        declaration(constant, call('environment', quoted(name), '{}'), []),
      ),
    ];
  }
}

function byName(one: string, other: string): number {
  return one.toLowerCase() < other.toLowerCase() ? -1 : 1;
}
