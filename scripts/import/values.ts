import { type Code, list, object, propertyName, quoted } from './code.ts';
import { template, typedExpression } from './expressions.ts';
import type { Typed } from './fitting-types.ts';
import { type Importing, type Place, shown } from './importing.ts';
import { untypedValue } from './untyped.ts';
import type { YamlNode } from './yaml-node.ts';

/** Where a value stands. */
export interface At {
  readonly file: Importing;
  readonly place: Place;
}

/** A text parted at its expressions: what stands between them, and what is in their braces. */
export function partsOfText(
  text: string,
): readonly ({ readonly plain: string } | { readonly source: string })[] {
  const parts: ({ readonly plain: string } | { readonly source: string })[] = [];
  let from = 0;
  for (const found of text.matchAll(/\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g)) {
    if (found.index > from) parts.push({ plain: text.slice(from, found.index) });
    parts.push({ source: (found[1] ?? '').trim() });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ plain: text.slice(from) });
  return parts;
}

/** Whether a text has an expression in it. */
export function hasExpression(text: string): boolean {
  return partsOfText(text).some((part) => 'source' in part);
}

/** A text that may have expressions in it, in TypeScript. */
export function typedText(text: string, line: number, { file, place }: At): Typed {
  const parts = partsOfText(text);
  const [only] = parts;
  if (parts.length === 1 && only && 'source' in only)
    return typedExpression(only.source, { file, place, line });
  if (parts.every((part) => 'plain' in part))
    return {
      ...{ code: plainText(text), untrusted: false, literal: text },
      type: { kind: 'text' },
    };
  const made = parts.map((part) =>
    'plain' in part ? part.plain : typedExpression(part.source, { file, place, line }),
  );
  return {
    ...{ code: template(made, file), type: { kind: 'text' } },
    untrusted: made.some((each) => typeof each !== 'string' && each.untrusted),
  };
}

/** A text without expressions; several lines as they are. */
function plainText(text: string): Code {
  if (text.includes('${{')) return untypedValue(quoted(text));
  const lines = text.split('\n');
  const first = text.trimEnd().split('\n').length > 1;
  if (!first || /[^\n\P{Cc}]/u.test(text)) return quoted(text);
  return {
    head: '[',
    parts: lines.map((line) => ({ comments: [], value: quoted(line) })),
    tail: "].join('\\n')",
    padding: '',
    expanded: true,
  };
}

/** A plain value: a number or boolean as it is, a text with its expressions. */
export function typedValue(node: YamlNode, at: At): Code {
  if (node.isMap || node.isList) return notTyped(node, 'it has to be one value', at.file);
  const { plain } = node;
  if (typeof plain === 'number' || typeof plain === 'boolean') return String(plain);
  return typedText(node.text, node.line, at).code;
}

/** A value as text, whatever YAML takes it for. */
export function typedString(node: YamlNode, at: At): Code {
  if (node.isMap || node.isList) return notTyped(node, 'it has to be a text', at.file);
  return typedText(node.text, node.line, at).code;
}

/** A value as it is, marked. */
export function notTyped(node: YamlNode, reason: string, file: Importing): Code {
  file.mark(node.line, shown(node), reason);
  return untypedValue(verbatim(node, file));
}

/** A value as it is. */
export function verbatim(node: YamlNode, file: Importing): Code {
  if (node.isMap)
    return object(
      node
        .entries('it')
        .map((entry) => file.entry(entry, verbatim(entry.value, file), propertyName(entry.key))),
    );
  if (node.isList) return list(node.items().map((each) => verbatim(each, file)));
  const { plain } = node;
  return typeof plain === 'string' ? quoted(plain) : String(plain);
}
