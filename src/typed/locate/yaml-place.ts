import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  type ParsedNode,
  parseDocument,
  Scalar,
  type YAMLSeq,
} from 'yaml';

/** Keys and indices that lead to a part of a YAML document. */
export type YamlPath = readonly (string | number)[];

/** What stands at a place of a YAML text. */
export interface YamlPlace {
  readonly path: YamlPath;
  /** The value that the place is in; `undefined` where it is a key or nothing. */
  readonly scalar: Scalar.Parsed | undefined;
  /** In a value of several lines: which of them, from 0. */
  readonly scalarLine: number | undefined;
}

/** A YAML text that can be asked what stands where. */
export class YamlPlaces {
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #root: ParsedNode | null;

  constructor(text: string) {
    this.#text = text;
    this.#root = parseDocument(text, { lineCounter: this.#lines, strict: false }).contents;
  }

  /** What stands at a line and column, both from 1. */
  at({ line, column }: { line: number; column: number }): YamlPlace {
    const offset = (this.#lines.lineStarts[line - 1] ?? this.#text.length) + column - 1;
    const path: (string | number)[] = [];
    let node: ParsedNode | null = this.#root;
    while (node) {
      if (isMap(node)) {
        const pair: Pair<ParsedNode, ParsedNode | null> | undefined = node.items.findLast(
          ({ key }) => start(key) <= offset,
        );
        if (!pair || (start(node) === offset && isPart(path))) break;
        path.push(isScalar(pair.key) ? String(pair.key.value) : this.#source(pair.key));
        node = pair.value && start(pair.value) <= offset ? pair.value : null;
      } else if (isSeq(node)) {
        const list: YAMLSeq.Parsed = node;
        const index = list.items.findLastIndex((_, at) => this.#entryStart(list, at) <= offset);
        if (index === -1) break;
        path.push(index);
        node = list.items[index] as ParsedNode;
      } else if (isScalar(node)) {
        return { path, scalar: node, scalarLine: this.#lineWithin(node, offset) };
      } else break;
    }
    return { path, scalar: undefined, scalarLine: undefined };
  }

  /** Line and column, both from 1, where a part begins, or the innermost part around it that there is. */
  of(path: YamlPath): { line: number; column: number } {
    const found = this.#find(path);
    return this.#position(found.start);
  }

  /** The single value at a path. */
  scalar(path: YamlPath): Scalar.Parsed | undefined {
    const { node, left } = this.#find(path);
    return left === 0 && isScalar(node) ? node : undefined;
  }

  /** The value of several lines whose header, such as `|-`, is the last in a line, and the header's column. */
  blockFrom(line: number): { scalar: Scalar.Parsed; column: number } | undefined {
    const next = this.#lines.lineStarts[line] ?? this.#text.length + 1;
    const begin = this.#lines.lineStarts[line - 1] ?? 0;
    const { scalar } = this.at({ line, column: next - begin });
    if (scalar?.type !== Scalar.BLOCK_LITERAL) return undefined;
    const header = this.#position(start(scalar));
    return header.line === line ? { scalar, column: header.column } : undefined;
  }

  /** Where a line of a value stands in the YAML; `from` counts the characters before the place in that line. */
  ofScalarLine(scalar: Scalar.Parsed, line: number, from = 0): { line: number; column: number } {
    const begin = this.#position(start(scalar));
    // Only in a block of type | does every line stand in a line of its own.
    if (scalar.type !== Scalar.BLOCK_LITERAL)
      return scalar.type === Scalar.PLAIN && line === 0
        ? { line: begin.line, column: begin.column + from }
        : begin;
    return { line: begin.line + 1 + line, column: this.#indent(scalar) + from + 1 };
  }

  #find(path: YamlPath): { node: ParsedNode | null; start: number; left: number } {
    let node: ParsedNode | null = this.#root;
    let from = node ? start(node) : 0;
    for (const [index, key] of path.entries()) {
      const left = path.length - index;
      if (isMap(node)) {
        const pair: Pair<ParsedNode, ParsedNode | null> | undefined = node.items.find(
          (each) => isScalar(each.key) && String(each.key.value) === String(key),
        );
        if (!pair) return { node, start: from, left };
        from = start(pair.key);
        node = pair.value;
      } else if (isSeq(node)) {
        const entry: ParsedNode | undefined = node.items[Number(key)];
        if (!entry) return { node, start: from, left };
        from = start(entry);
        node = entry;
      } else return { node, start: from, left };
    }
    return { node, start: from, left: 0 };
  }

  #lineWithin(scalar: Scalar.Parsed, offset: number): number {
    if (scalar.type === Scalar.BLOCK_LITERAL) {
      const header = this.#position(start(scalar)).line;
      return Math.max(0, this.#position(offset).line - header - 1);
    }
    if (scalar.type !== Scalar.QUOTE_DOUBLE) return 0;
    return this.#text.slice(start(scalar), offset).match(/(?<!\\)(?:\\\\)*\\n/g)?.length ?? 0;
  }

  #indent(scalar: Scalar.Parsed): number {
    const [, content] = /\n((?:[ \t]*\n)*)/.exec(this.#source(scalar)) ?? [];
    const from = this.#text.indexOf('\n', start(scalar)) + 1 + (content?.length ?? 0);
    return /^ */.exec(this.#text.slice(from, end(scalar)))?.[0].length ?? 0;
  }

  /** An entry of a list in lines begins at its dash. */
  #entryStart(list: YAMLSeq.Parsed, index: number): number {
    const from = start(list.items[index] as ParsedNode);
    return list.flow ? from : this.#text.lastIndexOf('-', from - 1);
  }

  #position(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }

  #source(node: ParsedNode): string {
    return this.#text.slice(start(node), end(node));
  }
}

/** The workflow, a job, or an entry of a list: where it begins, which is where its first key does, it is meant. */
function isPart(path: YamlPath): boolean {
  return path.length === 0 || typeof path.at(-1) === 'number' || isJob(path);
}

function isJob([first, ...rest]: YamlPath): boolean {
  return first === 'jobs' && rest.length === 1;
}

function start(node: ParsedNode): number {
  return node.range[0];
}

function end(node: ParsedNode): number {
  return node.range[1];
}
