import type { Expr } from '@actions/expressions';
import { Binary, FunctionCall, Grouping, Literal, Logical } from '@actions/expressions/ast';
import { BooleanData, NumberData, StringData } from '@actions/expressions/data/index';
import type { Checked, Fault } from './fault.ts';
import { type Asked, impossible } from './possible-values.ts';
import { expressionsIn, parse, partsOf, referenceOf, writtenOf } from './references.ts';

/** Comparisons that are decided before the run: with a value that is never there, or of a thing with itself. */
export function literalFaults(checked: Checked): Fault[] {
  return expressionsIn(checked.workflow, []).flatMap(({ path, source }) =>
    messagesOf(parse(source), checked).map((message) => ({ path, message })),
  );
}

function messagesOf(node: Expr, checked: Checked): string[] {
  const own = [impossibleIn(node, checked), withItself(node), excluding(node)];
  return [
    ...own.filter((message) => message !== undefined),
    ...partsOf(node).flatMap((part) => messagesOf(part, checked)),
  ];
}

function impossibleIn(node: Expr, checked: Checked): string | undefined {
  const [subject, literal, by] = comparisonOf(node) ?? [];
  const names = subject && referenceOf(subject);
  if (!names || !literal || !by) return undefined;
  return impossible(names, { value: plainOf(literal), by }, checked);
}

/** What is compared with which literal, and how. */
function comparisonOf(node: Expr): readonly [Expr, Literal, Asked['by']] | undefined {
  if (node instanceof Binary && ['==', '!='].includes(node.operator.lexeme)) {
    if (node.right instanceof Literal) return [node.left, node.right, '=='];
    return node.left instanceof Literal ? [node.right, node.left, '=='] : undefined;
  }
  if (!(node instanceof FunctionCall)) return undefined;
  const [subject, literal] = node.args;
  const by = (['startsWith', 'contains'] as const).find(
    (name) => name.toLowerCase() === node.functionName.lexeme.toLowerCase(),
  );
  return by && subject && literal instanceof Literal ? [subject, literal, by] : undefined;
}

function plainOf({ literal }: Literal): Asked['value'] {
  const known =
    literal instanceof StringData ||
    literal instanceof NumberData ||
    literal instanceof BooleanData;
  return known ? literal.value : null;
}

function withItself(node: Expr): string | undefined {
  if (!(node instanceof Binary)) return undefined;
  const [left, right] = [node.left, node.right].map((side) => writtenOf(side)?.toLowerCase());
  return left !== undefined && left === right
    ? `${writtenOf(node.left)} is compared with itself`
    : undefined;
}

/** `x == 'a' && x == 'b'`, which is never true, and `x != 'a' || x != 'b'`, which always is. */
function excluding(node: Expr): string | undefined {
  if (!(node instanceof Logical)) return undefined;
  const [operator, verdict] =
    node.operator.lexeme === '&&' ? ['==', 'never true'] : ['!=', 'always true'];
  const seen = new Map<string, string>();
  for (const part of node.args.map(ungrouped)) {
    const [subject, literal, by] = comparisonOf(part) ?? [];
    if (!(part instanceof Binary) || part.operator.lexeme !== operator || by !== '==') continue;
    const written = subject && writtenOf(subject);
    if (written === undefined || !literal) continue;
    const value = literal.literal.coerceString();
    const before = seen.get(written) ?? value;
    if (before.toLowerCase() !== value.toLowerCase())
      return `${written} is one value, so that it ${operator === '==' ? 'is' : 'is not'} '${before}' ${operator === '==' ? 'and' : 'or'} '${value}' is ${verdict}`;
    seen.set(written, value);
  }
  return undefined;
}

function ungrouped(node: Expr): Expr {
  return node instanceof Grouping ? ungrouped(node.group) : node;
}
