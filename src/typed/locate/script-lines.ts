import type * as t from '@babel/types';
import type { Position } from '../position.ts';
import type { Scope } from './source.ts';
import { type Value, valuesOf } from './values.ts';

interface Line {
  /** What is written in it, without what expressions put there. */
  readonly text: string;
  readonly at: Position;
}

/** Where the line of a text stands that an expression makes; the first line is left out where it is empty. */
export function lineOf({ node, scope }: Value, line: number): Position | undefined {
  const lines = linesOf(node, scope);
  if (!lines) return undefined;
  const empty = lines.length > 1 && lines[0]?.text.trim() === '' ? 1 : 0;
  return lines[Math.min(line + empty, lines.length - 1)]?.at;
}

function linesOf(node: t.Node, scope: Scope): Line[] | undefined {
  for (const value of valuesOf({ node, scope })) {
    const lines = linesOfLiteral(value.node, value.scope);
    if (lines) return lines;
  }
  return undefined;
}

function linesOfLiteral(node: t.Node, scope: Scope): Line[] | undefined {
  switch (node.type) {
    case 'StringLiteral':
      return node.value.split('\n').map((text) => ({ text, at: scope.position(node) }));
    case 'TemplateLiteral':
      return linesOfTemplate(node, scope);
    case 'TaggedTemplateExpression':
      return linesOfTemplate(node.quasi, scope);
    case 'ArrayExpression':
      return node.elements.flatMap((each) =>
        each ? (linesOf(each, scope) ?? [{ text: '…', at: scope.position(each) }]) : [],
      );
    case 'BinaryExpression': {
      const left = linesOf(node.left, scope);
      const right = linesOf(node.right, scope);
      return left && right ? joined(left, right) : (left ?? right);
    }
    case 'CallExpression':
      // A method of a text or list, such as trim or join, leaves the lines where they are.
      return node.callee.type === 'MemberExpression'
        ? linesOf(node.callee.object, scope)
        : firstOf(node.arguments, scope);
    default:
      return undefined;
  }
}

function firstOf(nodes: readonly t.Node[], scope: Scope): Line[] | undefined {
  for (const node of nodes) {
    const lines = linesOf(node, scope);
    if (lines) return lines;
  }
  return undefined;
}

function linesOfTemplate({ quasis, expressions }: t.TemplateLiteral, scope: Scope): Line[] {
  let lines: Line[] = [];
  for (const [index, quasi] of quasis.entries()) {
    const begin = scope.position(quasi);
    // What is written in the file has a line for each line of the file, and for each \n in it a line of the text.
    const written = quasi.value.raw.split('\n').flatMap((row, below) =>
      row.split(/(?<!\\)(?:\\\\)*\\n/).map((text): Line => {
        const column = below === 0 ? begin.column : row.search(/\S|$/) + 1;
        return { text, at: { ...begin, line: begin.line + below, column } };
      }),
    );
    lines = joined(lines, written);
    const expression = expressions[index];
    if (expression)
      lines = joined(
        lines,
        linesOf(expression, scope) ?? [{ text: '…', at: scope.position(expression) }],
      );
  }
  return lines;
}

/** Two texts one after the other: the last line of the first and the first of the second are one. */
function joined(first: readonly Line[], second: readonly Line[]): Line[] {
  const last = first.at(-1);
  const next = second[0];
  if (!last || !next) return [...first, ...second];
  const at = last.text.trim() === '' && last.at.line !== next.at.line ? next.at : last.at;
  return [...first.slice(0, -1), { text: last.text + next.text, at }, ...second.slice(1)];
}
