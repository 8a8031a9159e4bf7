import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parse } from '@babel/parser';
import type * as t from '@babel/types';
import { installOperand, operandName } from '../../src/typed/operators.ts';
import { type Insertion, recordInsertions } from '../../src/typed/position.ts';

const prepared = new Set<string>();

/**
 * Has every operand of `&&`, `||`, `??`, `!`, `?:`, `if`, `while` and `switch` in the definitions of a folder looked at as they are loaded:
 * an expression among them is a mistake that neither types nor the YAML show.
 */
export function watchOperators(folder: string): void {
  if (prepared.has(folder)) return;
  prepared.add(folder);
  installOperand();
  registerHooks({
    load(url, context, nextLoad) {
      const file = url.startsWith('file:') ? fileURLToPath(url.split('?')[0] ?? '') : '';
      if (!file.startsWith(folder) || !file.endsWith('.ts') || file.includes('/node_modules/'))
        return nextLoad(url, context);
      const text = readFileSync(file, 'utf8');
      const watched = watchedOperators(text);
      if (watched.text === text) return nextLoad(url, context);
      recordInsertions(file, watched.insertions);
      const source = watched.text;
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}

/** A definition with every operand wrapped, and what was put in. */
export interface Watched {
  readonly text: string;
  readonly insertions: readonly Insertion[];
}

/** The text of a definition with its operands wrapped; as it is where it has none, or cannot be parsed. */
export function watchedOperators(text: string): Watched {
  const unchanged = { text, insertions: [] };
  if (!/&&|\|\||\?[^.:]|!(?!=)|\b(?:if|while|switch)\s*\(/.test(text)) return unchanged;
  const operands: Operand[] = [];
  try {
    collect(parse(text, { sourceType: 'module', plugins: ['typescript'] }).program, operands);
  } catch {
    // Node.js says what is wrong with it.
    return unchanged;
  }
  return wrapped(text, operands);
}

interface Operand {
  readonly node: t.Expression;
  readonly operator: string;
  /** The variable that decides in its place. */
  readonly also?: string;
}

function collect(node: t.Node, operands: Operand[]): void {
  switch (node.type) {
    case 'LogicalExpression':
      operands.push({ node: node.left, operator: node.operator });
      break;
    case 'ConditionalExpression':
      operands.push({ node: node.test, operator: '?:' });
      break;
    case 'IfStatement':
      operands.push({ node: node.test, operator: 'if' });
      break;
    case 'WhileStatement':
      operands.push({ node: node.test, operator: 'while' });
      break;
    case 'SwitchStatement':
      operands.push({ node: node.discriminant, operator: 'switch' });
      break;
    case 'AssignmentExpression':
      // `a ||= b` decides by what a is; nothing can be put around a place that is written to.
      if (/^(?:\|\||&&|\?\?)=$/.test(node.operator) && node.left.type === 'Identifier')
        operands.push({ node, operator: node.operator, also: node.left.name });
      break;
    case 'UnaryExpression':
      if (node.operator === '!') operands.push({ node: node.argument, operator: '!' });
      break;
    default:
  }
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (typeof (child as t.Node | null)?.type === 'string') collect(child, operands);
}

function wrapped(text: string, operands: readonly Operand[]): Watched {
  const edits = operands.flatMap(({ node, operator, also }) => {
    const { start, end, loc } = node;
    if (start == null || end == null || !loc) return [];
    if (also !== undefined)
      return [
        {
          at: start,
          text: `(${operandName}(${also},${JSON.stringify(operator)}),`,
          place: loc.start,
        },
        { at: end, text: ')', place: loc.end },
      ];
    return [
      { at: start, text: `${operandName}(`, place: loc.start },
      { at: end, text: `,${JSON.stringify(operator)})`, place: loc.end },
    ];
  });
  edits.sort((one, other) => one.at - other.at);
  const insertions: Insertion[] = [];
  let [result, from] = ['', 0];
  for (const edit of edits) {
    result += text.slice(from, edit.at) + edit.text;
    from = edit.at;
    const { line, column } = edit.place;
    insertions.push({ line, column: column + 1, length: edit.text.length });
  }
  return { text: result + text.slice(from), insertions };
}
