import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { InvalidInput } from '../../../shared/src/errors.ts';

/** Entries of a map: texts of YAML on one line, by their names. */
export type Entries = Readonly<Record<string, string>>;

/**
 * Changes of a YAML text at the places of its nodes. Everything else stays as it is, byte for byte: read and written
 * again, `0755` would be another number.
 */
export class SourceEdits {
  readonly #text: string;
  readonly #edits: { readonly start: number; readonly end: number; readonly text: string }[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** Puts a text in the place of a value. */
  replace(node: Node, text: string): void {
    const [start, end] = rangeOf(node);
    // A value that is not there has its place behind the colon, where a comment may begin.
    const isBesideText = /\S/.test(this.#text[end] ?? ' ');
    this.#put(start, end, start === end ? ` ${text}${isBesideText ? ' ' : ''}` : text);
  }

  /** Puts entries in the place of one of a map, or at the map's beginning where it does not have that one. */
  put(map: YAMLMap, entries: Entries, insteadOf?: string): void {
    const texts = Object.entries(entries).map(([key, value]) => `${scalarText(key)}: ${value}`);
    const index = map.items.findIndex((pair) => keyOf(pair) === insteadOf);
    const old = map.items[index];
    if (old === undefined) this.#insert(map, map.items[0]?.key as Node | undefined, texts);
    else if (texts.length === 0) this.#remove(map, index);
    else {
      const [start, end] = rangeOfPair(old);
      const between = map.flow ? ', ' : `\n${this.#indentation(start)}`;
      // A block ends behind its last line end.
      this.#put(start, end, texts.join(between) + (this.#text[end - 1] === '\n' ? '\n' : ''));
    }
  }

  /** Adds an item to a list. */
  add(list: YAMLSeq, text: string): void {
    const [first] = list.items as Node[];
    if (list.flow || first === undefined) this.#insert(list, first, [text]);
    else this.#insertLines(this.#text.lastIndexOf('-', rangeOf(first)[0] - 1), [`- ${text}`]);
  }

  /** The text with all changes. */
  toString(): string {
    return this.#edits
      .toSorted((one, other) => other.start - one.start)
      .reduce(
        (text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end),
        this.#text,
      );
  }

  #insert(
    node: Node & { readonly flow?: boolean },
    first: Node | undefined,
    texts: readonly string[],
  ): void {
    if (texts.length === 0) return;
    if (first !== undefined && !node.flow) this.#insertLines(rangeOf(first)[0], texts);
    else {
      const at = rangeOf(node)[0] + 1;
      this.#put(at, at, ` ${texts.join(', ')}${first === undefined ? ' ' : ','}`);
    }
  }

  #insertLines(at: number, texts: readonly string[]): void {
    const indentation = this.#indentation(at);
    this.#put(at, at, texts.map((text) => `${text}\n${indentation}`).join(''));
  }

  #remove(map: YAMLMap, index: number): void {
    const [start, end] = rangeOfPair(map.items[index] as Pair);
    const [before, after] = [map.items[index - 1], map.items[index + 1]];
    if (!map.flow) {
      const rest = /^[^\S\n]*(?:#[^\n]*)?\n?/.exec(this.#text.slice(end))?.[0].length ?? 0;
      const blockEnd = this.#text[end - 1] === '\n' ? end : end + rest;
      this.#put(start - this.#indentation(start).length, blockEnd, '');
    } else if (after) this.#put(start, rangeOfPair(after)[0], '');
    else this.#put(before ? rangeOfPair(before)[1] : start, end, '');
  }

  /** The blanks that an entry of a block has before it on its line. */
  #indentation(at: number): string {
    const indentation = this.#text.slice(this.#text.lastIndexOf('\n', at - 1) + 1, at);
    if (!/\S/.test(indentation)) return indentation;
    const line = this.#text.slice(0, at).split('\n').length;
    throw new InvalidInput(
      `line ${line} of the compose file is written in a way that nothing can be added to: begin each entry on a line of its own`,
    );
  }

  #put(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text });
  }
}

/** The name of an entry of a map; the merge key's is `<<`. */
export function keyOf({ key }: Pair): string {
  const { value } = key as { readonly value?: unknown };
  return typeof value === 'symbol' ? '<<' : String(value);
}

/** A text as a scalar of YAML on one line. */
export function scalarText(text: string): string {
  const isPlain =
    /^[A-Za-z/](?:[\w./@-]|:(?=[\w/]))*$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

function rangeOfPair({ key, value }: Pair): readonly [number, number] {
  const [start, keyEnd] = rangeOf(key as Node);
  // Without a value it ends with its colon.
  return [start, value ? Math.max(rangeOf(value as Node)[1], keyEnd + 1) : keyEnd + 1];
}

function rangeOf(node: Node): readonly [number, number] {
  if (!node.range) throw new TypeError(`a node without a place: ${String(node)}`);
  return [node.range[0], node.range[1]];
}
