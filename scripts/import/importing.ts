import type { Code, Part } from './code.ts';
import type { Type } from './known-values.ts';
import { comment, escapeName, type NotTyped } from './untyped.ts';
import type { YamlEntry, YamlNode, YamlSource } from './yaml-node.ts';

/** A step that others refer to. */
export interface KnownStep {
  readonly constant: string;
  readonly outputs: ReadonlySet<string>;
}

/** A job that others need. */
export interface KnownJob {
  readonly constant: string;
  readonly outputs: ReadonlySet<string>;
}

/** What the expressions of a place can refer to. */
export interface Place {
  /** `a secret`, `a step`, `the workspace`, `an if`. */
  readonly offers: ReadonlySet<string>;
  readonly jobs: ReadonlyMap<string, KnownJob>;
  readonly steps: ReadonlyMap<string, KnownStep>;
  readonly matrix: KnownMatrix | undefined;
}

export interface KnownMatrix {
  readonly constant: string;
  readonly values: ReadonlyMap<string, Type>;
}

/** An input of a run by hand. */
export interface KnownInput {
  readonly type: Type;
  readonly untrusted: boolean;
}

/** A place that can refer to nothing but the run. */
export const anywhere: Place = {
  offers: new Set(),
  jobs: new Map(),
  steps: new Map(),
  matrix: undefined,
};

/** An action that the lock does not have. */
export interface MissingAction {
  readonly key: string;
  readonly ref: string | undefined;
  readonly line: number;
}

/** An action that the lock has at another version. */
export interface OtherVersion {
  readonly key: string;
  readonly was: string;
  readonly is: string;
}

/** The import of one workflow: what it has found so far, and what the definition has to declare. */
export class Importing {
  readonly source: YamlSource;
  /** What the definition imports from the package. */
  readonly imports = new Set<string>();
  readonly notTyped: NotTyped[] = [];
  readonly missingActions = new Map<string, MissingAction>();
  readonly otherVersions = new Map<string, OtherVersion>();
  readonly secrets = new Set<string>();
  readonly variables = new Set<string>();
  /** The constants of environments, by name. */
  readonly environments = new Map<string, string>();
  inputs: ReadonlyMap<string, KnownInput> = new Map();
  readonly #names = new Set(reserved);
  // Those that stand in the comment above the entry that is being made.
  #pending: NotTyped[] = [];

  constructor(source: YamlSource) {
    this.source = source;
  }

  /** A name of the package, which the definition then imports. */
  use(name: string): string {
    this.imports.add(name);
    return name;
  }

  /** A name for a constant that no other has; `kind` is put behind what is taken. */
  constant(wanted: string, kind: string): string {
    const camel = wanted
      .replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())
      .replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (start) => start.toLowerCase());
    const base = /^[a-z_$]/i.test(camel) ? camel : `${kind.toLowerCase()}${camel}`;
    const candidates = [base, `${base}${kind}`];
    let name = candidates.find((each) => !this.#names.has(each));
    for (let count = 2; name === undefined; count++)
      if (!this.#names.has(`${base}${kind}${count}`)) name = `${base}${kind}${count}`;
    this.#names.add(name);
    return name;
  }

  /** The constant of an environment. */
  environment(name: string): string {
    const constant = this.environments.get(name) ?? this.constant(name, 'Environment');
    this.environments.set(name, constant);
    this.use('environment');
    return constant;
  }

  /** What a part needs, and what is said of it, is forgotten where making it throws. */
  attempt<T>(make: () => T): T {
    const sets = [this.imports, this.secrets, this.variables];
    const before = sets.map((each) => new Set(each));
    const pending = this.#pending;
    this.#pending = [...pending];
    const { length } = this.notTyped;
    try {
      return make();
    } catch (error) {
      this.#pending = pending;
      this.notTyped.length = length;
      for (const [index, set] of sets.entries()) {
        set.clear();
        for (const each of before[index] ?? []) set.add(each);
      }
      throw error;
    }
  }

  /** What `make` returns, as if it had not been made. */
  trial<T>(make: () => T): T {
    let made: T | undefined;
    const done = new Error('tried');
    try {
      this.attempt(() => {
        made = make();
        throw done;
      });
    } catch (error) {
      if (error !== done) throw error;
    }
    return made as T;
  }

  /** Says that a part has no type. */
  mark(line: number, original: string, reason: string, lost?: true): void {
    const short = original.replace(/\s+/g, ' ').trim();
    const made = {
      ...{ line, reason },
      original: short.length > 120 ? `${short.slice(0, 117)}...` : short,
      ...(lost && { lost }),
    };
    this.notTyped.push(made);
    this.#pending.push(made);
  }

  /** An entry of an object, with its comments and those that say what in it has no type. */
  entry(entry: YamlEntry, value: Code | (() => Code), key = entry.key): Part {
    return this.marked(() => (typeof value === 'function' ? value() : value), {
      key,
      comments: () => entry.takeComments(),
    });
  }

  /** A part with what in it has no type. */
  marked(
    make: () => Code,
    {
      key,
      comments = () => [],
    }: { readonly key?: string; readonly comments?: () => string[] } = {},
  ): Part {
    const before = this.#pending;
    this.#pending = [];
    const above = comments();
    const value = make();
    const marks = this.takeMarks();
    this.#pending = before;
    return { comments: [...above, ...marks], ...(key !== undefined && { key }), value };
  }

  /** Comments that say what since the last has no type. */
  takeMarks(): string[] {
    const marks = this.#pending.map(comment);
    this.#pending = [];
    return marks;
  }
}

/** How much of a value is said in a message. */
export function shown(node: YamlNode): string {
  if (node.isMap) return '{…}';
  if (node.isList) return '[…]';
  return node.text;
}

// Names of the language, and those of the package that a definition may import.
const reserved = [
  ...['break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete'],
  ...['do', 'else', 'enum', 'export', 'extends', 'false', 'finally', 'for', 'function', 'if'],
  ...['import', 'in', 'instanceof', 'new', 'null', 'return', 'super', 'switch', 'this', 'throw'],
  ...['true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'let', 'static', 'yield', 'await'],
  ...['async', 'arguments', 'eval', 'implements', 'interface', 'package', 'private', 'protected'],
  ...['public', 'undefined', 'process', 'global', 'globalThis', 'console', 'require', 'module'],
  ...[
    'always',
    'and',
    'call',
    'cancelled',
    'contains',
    'differs',
    'dispatch',
    'endsWith',
    'environment',
  ],
  ...['equals', 'failure', 'firstOf', 'fromJson', 'github', 'hashFiles', 'isOneOf', 'job'],
  ...['jobStatus', 'matrix', 'needs', 'not', 'onlyIf', 'or', 'repository', 'reusable', 'runner'],
  ...['startsWith', 'step', 'success', 'text', 'toJson', 'when', 'workflow', escapeName],
  ...['repo', 'byHand'],
];
