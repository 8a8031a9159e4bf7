import { type Code, call, list, object, type Part, propertyName, quoted } from './code.ts';
import { typedExpression } from './expressions.ts';
import type { Importing, KnownMatrix, Place } from './importing.ts';
import type { Type } from './known-values.ts';
import { untypedValue } from './untyped.ts';
import { partsOfText, verbatim } from './values.ts';
import type { YamlEntry, YamlNode } from './yaml-node.ts';

type Scalar = string | number | boolean;

/** The matrix of a job. */
export interface TypedMatrix {
  /** What stands in the strategy. */
  readonly code: Code;
  /** What its constant is. */
  readonly declared: Code | undefined;
  readonly known: KnownMatrix | undefined;
}

/** The matrix of a job; where a part of what it adds or leaves out has no type, none of it has. */
export function typedMatrix(
  node: YamlNode,
  { file, place, job }: { readonly file: Importing; readonly place: Place; readonly job: string },
): TypedMatrix {
  if (!node.isMap) {
    file.mark(node.line, node.text, 'a matrix that is an expression as a whole', true);
    return { code: '{ axes: {} } as never', declared: undefined, known: undefined };
  }
  const entries = node.entries('a matrix');
  const axes = entries.filter((entry) => !isChange(entry));
  const lists = new Map(axes.map(({ key, value }) => [key, scalars(value)]));
  const changes = entries.filter(isChange);
  const wrong =
    axes.find(({ key, value }) => !lists.get(key) && !isExpression(value)) ??
    changes.find(({ key, value }) => !combinations(value, key === 'exclude' ? lists : undefined));
  if (wrong) {
    file.mark(wrong.line, `matrix.${wrong.key}`, 'the layer has lists of plain values only');
    return { code: untypedMatrix(node, file), declared: undefined, known: undefined };
  }
  const values = new Map<string, Type>();
  const parts = axes.map((entry) =>
    file.entry(
      entry,
      () => axis(entry.value, { file, place, set: (type) => values.set(entry.key, type) }),
      propertyName(entry.key),
    ),
  );
  for (const [key, type] of included(node.get('include'), lists))
    if (lists.has(key) ? values.has(key) : true) values.set(key, type);
  const constant = file.constant(`${job}-matrix`, 'Values');
  const others = changes.map((entry) => file.entry(entry, () => verbatim(entry.value, file)));
  const declared = call(
    file.use('matrix'),
    object(parts),
    ...(others.length > 0 ? [object(others)] : []),
  );
  return { code: constant, declared, known: { constant, values } };
}

/** A matrix in the form that the layer's own has, as it is. */
export function untypedMatrix(node: YamlNode, file: Importing): Code {
  const entries = node.entries('a matrix');
  const as = (entry: YamlEntry) =>
    file.entry(entry, verbatim(entry.value, file), propertyName(entry.key));
  const axes = entries.filter((each) => !isChange(each)).map(as);
  const parts: Part[] = [
    { comments: [], key: 'axes', value: object(axes) },
    ...entries.filter(isChange).map(as),
  ];
  return untypedValue(object(parts));
}

/** Whether a key of a matrix is no axis. */
function isChange({ key }: YamlEntry): boolean {
  return key === 'include' || key === 'exclude';
}

function axis(
  value: YamlNode,
  {
    file,
    place,
    set,
  }: { readonly file: Importing; readonly place: Place; readonly set: (type: Type) => void },
): Code {
  const found = scalars(value);
  if (found) {
    set(typeOf(found));
    return list(found.map((each) => (typeof each === 'string' ? quoted(each) : String(each))));
  }
  const parts = value.isList || value.isMap ? [] : partsOfText(value.text);
  const [only] = parts;
  if (only && parts.length === 1 && 'source' in only) {
    const typed = typedExpression(only.source, { file, place, line: value.line });
    set({ kind: 'text' });
    return typed.code;
  }
  throw new TypeError('the axis was looked at before');
}

function isExpression(value: YamlNode): boolean {
  const parts = value.isList || value.isMap ? [] : partsOfText(value.text);
  return parts.length === 1 && parts.every((part) => 'source' in part);
}

/** The items of a list of plain values without expressions; undefined for another. */
function scalars(node: YamlNode): readonly Scalar[] | undefined {
  if (!node.isList) return undefined;
  const items = node.items();
  const values = items.flatMap((each) => (isFixed(each) ? [each.plain as Scalar] : []));
  return items.length > 0 && values.length === items.length ? values : undefined;
}

function isFixed(node: YamlNode): boolean {
  return !node.isMap && !node.isList && node.plain !== null && !node.text.includes('${{');
}

/** Whether a list has combinations of plain values only; of `axes` where they have to exist. */
function combinations(
  node: YamlNode,
  axes: ReadonlyMap<string, readonly Scalar[] | undefined> | undefined,
): boolean {
  return (
    node.isList &&
    node.items().every(
      (each) =>
        each.isMap &&
        each.entries('a combination').every(({ key, value }) => {
          if (!isFixed(value)) return false;
          if (!axes) return true;
          return axes.has(key) && (axes.get(key)?.includes(value.plain as Scalar) ?? true);
        }),
    )
  );
}

/** The types of the values that `include` has, with those that the axes have. */
function included(
  node: YamlNode | undefined,
  axes: ReadonlyMap<string, readonly Scalar[] | undefined>,
): Map<string, Type> {
  const values = new Map<string, Scalar[]>();
  for (const each of node?.items() ?? [])
    for (const { key, value } of each.entries('a combination'))
      values.set(key, [
        ...(values.get(key) ?? axes.get(key) ?? (axes.has(key) ? [] : [''])),
        value.plain as Scalar,
      ]);
  return new Map(
    [...values].map(([key, all]) => [
      key,
      axes.has(key) && !axes.get(key) ? { kind: 'text' } : typeOf(all),
    ]),
  );
}

function typeOf(values: readonly Scalar[]): Type {
  if (values.every((each) => typeof each === 'boolean')) return { kind: 'boolean' };
  return { kind: 'values', values };
}
