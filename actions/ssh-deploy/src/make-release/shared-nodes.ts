import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { keyOf, scalarText } from './source-edits.ts';

/** A YAML file, and the text that it was read from. */
export interface Source {
  readonly document: Document;
  readonly text: string;
}

/** What an alias stands for, or the node itself. */
export function resolved(node: unknown, { document }: Source): Node | undefined {
  return isAlias(node) ? node.resolve(document) : ((node as Node | null) ?? undefined);
}

/** The entries of a map with those that merge keys bring: what is its own counts. */
export function entriesOf(map: YAMLMap, source: Source): ReadonlyMap<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const pair of map.items) {
    if (keyOf(pair) !== '<<') entries.set(keyOf(pair), pair.value);
  }
  for (const part of mergedInto(map, source)) {
    for (const [key, value] of entriesOf(part, source)) {
      if (!entries.has(key)) entries.set(key, value);
    }
  }
  return entries;
}

/**
 * A value on one line, its scalars as they are written: for a copy of what others share. `changed` gives the text of a
 * part that shall be another one.
 */
export function flowText(
  node: unknown,
  source: Source,
  changed: (node: Node) => string | undefined = () => undefined,
): string {
  const value = resolved(node, source);
  const other = value && changed(value);
  if (other !== undefined) return other;
  if (isSeq(value)) {
    return `[${value.items.map((item) => flowText(item, source, changed)).join(', ')}]`;
  }
  if (isMap(value)) {
    const pairs = [...entriesOf(value, source)].map(
      ([key, each]) => `${scalarText(key)}: ${flowText(each, source, changed)}`,
    );
    return `{ ${pairs.join(', ')} }`;
  }
  if (!isScalar(value) || !value.range) return 'null';
  const written = source.text.slice(value.range[0], value.range[1]);
  const isSafe = value.type === 'PLAIN' && /^[\w./@%+~-]+$/.test(written);
  return isSafe ? written : JSON.stringify(value.value);
}

function mergedInto(map: YAMLMap, source: Source): readonly YAMLMap[] {
  const merged = map.items
    .filter((pair) => keyOf(pair) === '<<')
    .map(({ value }) => resolved(value, source));
  return merged
    .flatMap((each) => (isSeq(each) ? each.items.map((item) => resolved(item, source)) : [each]))
    .filter((each) => isMap(each));
}
