import { isNode, isScalar, LineCounter, type ParsedNode, parseDocument, type Scalar } from 'yaml';

/** A text in a YAML file, and where it stands. */
export interface YamlText {
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** The first character and the one after the last, quotes included. */
  readonly range: readonly [number, number];
}

/** A YAML file in which texts can be looked up by their path. */
export class YamlFile {
  readonly source: string;
  readonly #document: ReturnType<typeof parseDocument<ParsedNode>>;
  readonly #lines = new LineCounter();

  constructor(source: string) {
    this.source = source;
    this.#document = parseDocument(source, { lineCounter: this.#lines, merge: true });
  }

  /** The whole file as plain data, anchors and merges applied. */
  get data(): unknown {
    return this.#document.toJS();
  }

  /** The text at a path; undefined where there is none. */
  at(path: readonly (string | number)[]): YamlText | undefined {
    const node = this.#document.getIn(path, true);
    if (!isScalar(node) || typeof node.value !== 'string') return undefined;
    const [start = 0, end = 0] = (node as Scalar).range ?? [];
    return { text: node.value, line: this.#lines.linePos(start).line, range: [start, end] };
  }

  /** The line, from 1, of what is at a path, or of what would hold it. */
  lineOf(path: readonly (string | number)[]): number {
    const node = path.length === 0 ? undefined : this.#document.getIn(path, true);
    if (isNode(node) && node.range) return this.#lines.linePos(node.range[0]).line;
    return path.length === 0 ? 1 : this.lineOf(path.slice(0, -1));
  }
}
