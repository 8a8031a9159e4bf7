import {
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

// An alias that holds itself, or aliases of aliases, make more of a text than anybody wrote.
const mostNodes = 200_000;

/** A YAML file that is read part by part; every comment of it is taken once. */
export class YamlSource {
  readonly file: string;
  readonly text: string;
  readonly #document: Document;
  readonly #lines = new LineCounter();
  readonly #comments = new Map<object, Map<string, string>>();
  #read = 0;

  /** Throws `UserError` with the line where it is no YAML that GitHub takes. */
  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const [error] = this.#document.errors;
    if (error) this.refuse(this.#lines.linePos(error.pos[0]).line, firstLine(error.message));
    visit(this.#document, (_, node) => this.#collect(node as object));
    this.#collect(this.#document);
  }

  get root(): YamlNode {
    return this.node(this.#document.contents, 1);
  }

  /** The part of the file that a node is; an alias is what it stands for. `line` is that of a node that is not there. */
  node(node: unknown, line: number): YamlNode {
    this.#read += 1;
    if (this.#read > mostNodes) this.refuse(line, 'aliases make too much of it');
    if (!isAlias(node)) return new YamlNode(this, node as Node | null, line);
    const resolved = node.resolve(this.#document);
    if (!resolved) this.refuse(this.lineOf(node, line), `nothing before has &${node.source}`);
    return this.node(resolved, line);
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

  #collect(node: object): undefined {
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
