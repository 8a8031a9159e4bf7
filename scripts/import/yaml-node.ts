import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { UserError } from '../terminal/errors.ts';

/** What YAML has where it has no map and no list. */
export type Plain = string | number | boolean | null;

// Aliases of aliases make more of a text than anybody wrote: a part of it is read some dozens of times.
const mostReads = { atLeast: 100_000, forEachCharacter: 20 };

/** A YAML file that is read part by part; every comment of it is taken once. */
export class YamlSource {
  readonly file: string;
  readonly text: string;
  readonly #document: Document;
  readonly #lines = new LineCounter();
  readonly #comments = new Map<object, Map<string, string>>();
  readonly #targets = new Map<Alias, Node | undefined>();
  #read = 0;

  /** Throws `UserError` with the line where it is no YAML that GitHub takes. */
  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const [error] = this.#document.errors;
    if (error) this.refuse(this.#lines.linePos(error.pos[0]).line, firstLine(error.message));
    visit(this.#document, (_, node, path) => {
      if (isAlias(node) && path.includes(this.#targetOf(node) as Node))
        this.refuse(this.lineOf(node, 1), `&${node.source} holds itself`);
      // A key without a value has none here.
      if (node !== null) this.#collect(node as object);
    });
    this.#collect(this.#document);
  }

  get root(): YamlNode {
    return this.node(this.#document.contents, 1);
  }

  /** The part of the file that a node is; an alias is what it stands for. `line` is that of a node that is not there. */
  node(node: unknown, line: number): YamlNode {
    this.#read += 1;
    const most = mostReads.atLeast + mostReads.forEachCharacter * this.text.length;
    if (this.#read > most) this.refuse(line, 'aliases make too much of it');
    if (!isAlias(node)) return new YamlNode(this, node as Node | null, line);
    const resolved = this.#targetOf(node);
    if (!resolved) this.refuse(this.lineOf(node, line), `nothing before has &${node.source}`);
    return this.node(resolved, line);
  }

  #targetOf(alias: Alias): Node | undefined {
    // It searches the whole document.
    if (!this.#targets.has(alias)) this.#targets.set(alias, alias.resolve(this.#document));
    return this.#targets.get(alias);
  }

  lineOf(node: unknown, otherwise: number): number {
    const range = (node as Node | null)?.range;
    return range ? this.#lines.linePos(range[0]).line : otherwise;
  }

  /** The lines of a node's comment, once. */
  take(node: unknown, kind: 'commentBefore' | 'comment'): string[] {
    const found = this.#comments.get(node as object)?.get(kind);
    if (found === undefined) return [];
    this.#comments.get(node as object)?.delete(kind);
    return found.split('\n').map((line) => line.trimEnd());
  }

  /** The comments at the head of the file. */
  takeHead(): string[] {
    return this.take(this.#document, 'commentBefore').map((line) => line.trim());
  }

  /** The comments that nobody took. */
  takeRest(): string[] {
    const rest = [...this.#comments.values()].flatMap((kinds) => [...kinds.values()]);
    this.#comments.clear();
    return rest.flatMap((text) => text.split('\n').map((line) => line.trim()));
  }

  /** Throws `UserError` for a place of the file. */
  refuse(line: number, reason: string): never {
    throw new UserError(`${this.file}:${line}: ${reason}`);
  }

  #collect(node: object): void {
    for (const kind of ['commentBefore', 'comment']) {
      const text = (node as Record<string, unknown>)[kind];
      if (typeof text !== 'string' || text.trim() === '') continue;
      const kinds = this.#comments.get(node) ?? new Map<string, string>();
      this.#comments.set(node, kinds.set(kind, text));
    }
  }
}

/** A key with its value. */
export interface YamlEntry {
  readonly key: string;
  readonly line: number;
  readonly value: YamlNode;
  /** Takes the comments above it, and beside it. */
  takeComments(): string[];
}

/** A map, a list, a plain value or nothing. */
export class YamlNode {
  readonly line: number;
  readonly #source: YamlSource;
  readonly #node: Node | null;

  constructor(source: YamlSource, node: Node | null, line: number) {
    this.#source = source;
    this.#node = node;
    this.line = source.lineOf(node, line);
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  get isList(): boolean {
    return isSeq(this.#node);
  }

  get isEmpty(): boolean {
    return !this.#node || (isScalar(this.#node) && this.#node.value === null);
  }

  /** The value of what is neither a map nor a list. */
  get plain(): Plain {
    if (!isScalar(this.#node)) return null;
    const { value } = this.#node;
    if (typeof value === 'bigint') return Number(value);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null;
  }

  /** The value as GitHub takes it where it wants a text. */
  get text(): string {
    return String(this.plain ?? '');
  }

  /** How it is written. */
  get written(): string {
    const [from, to] = this.#node?.range ?? [0, 0];
    return this.#source.text.slice(from, to);
  }

  /** The entries of a map, of nothing none. Throws `UserError` where it is something else. */
  entries(what: string): YamlEntry[] {
    if (this.isEmpty) return [];
    const map = this.#node;
    if (!isMap(map)) this.refuse(`${what} has to be a map`);
    return map.items.map(({ key, value }, index) => {
      if (!isScalar(key)) this.refuse(`${what} has a key that is no text`);
      const line = this.#source.lineOf(key, this.line);
      const node = this.#source.node(value, line);
      const owners = [...(index === 0 ? [map] : []), key];
      return {
        ...{ key: String(key.value), line, value: node },
        takeComments: () => [
          ...owners.flatMap((owner) => this.#source.take(owner, 'commentBefore')),
          ...node.takeComments(),
          ...(index === map.items.length - 1 ? this.#source.take(map, 'comment') : []),
        ],
      };
    });
  }

  /** The items of a list; what is no list is a list of itself, and nothing an empty one. */
  items(): YamlNode[] {
    if (this.isEmpty) return [];
    const list = this.#node;
    if (!isSeq(list)) return [this];
    return list.items.map((item) => this.#source.node(item, this.line));
  }

  /** The value of a key. */
  get(key: string): YamlNode | undefined {
    return this.isMap ? this.entries('this').find((each) => each.key === key)?.value : undefined;
  }

  /** The comments of a plain value or of the head of a list; those in a map belong to its entries. */
  takeComments(): string[] {
    if (isMap(this.#node)) return [];
    return [
      ...this.#source.take(this.#node, 'commentBefore'),
      ...this.#source.take(this.#node, 'comment'),
    ];
  }

  /** The comments above an item of a list. */
  takeItemComments(): string[] {
    return [
      ...this.#source.take(this.#node, 'commentBefore'),
      ...(isMap(this.#node) ? [] : this.#source.take(this.#node, 'comment')),
    ];
  }

  /** Throws `UserError` for this place. */
  refuse(reason: string): never {
    this.#source.refuse(this.line, reason);
  }
}

function firstLine(message: string): string {
  return `no YAML that GitHub takes: ${message.split('\n')[0]}`;
}
