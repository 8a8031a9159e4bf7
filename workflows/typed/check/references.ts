import { type Expr, ExpressionError, Lexer, Parser } from '@actions/expressions';
import {
  Binary,
  ContextAccess,
  FunctionCall,
  Grouping,
  IndexAccess,
  Literal,
  Logical,
  Unary,
} from '@actions/expressions/ast';
import type { Fault, Path } from './fault.ts';

const contexts = [
  ...['github', 'env', 'vars', 'secrets', 'inputs', 'needs', 'steps', 'job', 'jobs'],
  ...['runner', 'matrix', 'strategy'],
];
const statusFunctions = ['always', 'success', 'failure', 'cancelled'];
const functions = [
  ...statusFunctions.map((name) => ({ name, minArgs: 0, maxArgs: 0 })),
  { name: 'hashFiles', minArgs: 1, maxArgs: 255 },
];

/** What an expression uses. */
export interface Use {
  /** The names of every reference, such as ['needs', 'build', 'result']; what is computed ends it. */
  readonly references: readonly (readonly string[])[];
  /** The status functions that are called. */
  readonly statuses: ReadonlySet<string>;
  /** The texts that stand in it. */
  readonly literals: ReadonlySet<string>;
}

/** Parses an expression without braces. Throws an `ExpressionError` for what GitHub would not take. */
export function parse(source: string): Expr {
  return new Parser(new Lexer(source).lex().tokens, contexts, functions).parse();
}

/** What an expression without braces uses. */
export function usesOf(source: string): Use {
  const references: (readonly string[])[] = [];
  const statuses = new Set<string>();
  const literals = new Set<string>();
  const visit = (node: Expr): void => {
    const path = pathOf(node);
    if (path) references.push(path);
    else if (node instanceof FunctionCall) {
      const name = node.functionName.lexeme.toLowerCase();
      if (statusFunctions.includes(name)) statuses.add(name);
      node.args.forEach(visit);
    } else if (node instanceof Literal) literals.add(node.literal.coerceString());
    else if (node instanceof Logical) node.args.forEach(visit);
    else if (node instanceof Binary) [node.left, node.right].forEach(visit);
    else if (node instanceof Unary) visit(node.expr);
    else if (node instanceof Grouping) visit(node.group);
    else if (node instanceof IndexAccess) [node.expr, node.index].forEach(visit);
  };
  visit(parse(source));
  return { references, statuses, literals };
}

/** Whether a condition lets something run although what was before it failed, was cancelled or skipped. */
export function opensAfterFailure(condition: string | undefined): boolean {
  if (condition === undefined) return false;
  const places = expressionsIn(condition, ['if']);
  return places.some(({ source }) =>
    ['always', 'failure', 'cancelled'].some((name) => usesOf(source).statuses.has(name)),
  );
}

function pathOf(node: Expr): readonly string[] | undefined {
  if (node instanceof ContextAccess) return [node.name.lexeme];
  if (!(node instanceof IndexAccess)) return undefined;
  const before = pathOf(node.expr);
  if (!before) return undefined;
  return node.index instanceof Literal ? [...before, node.index.literal.coerceString()] : before;
}

/** An expression in a workflow, without braces. */
export interface Place {
  readonly path: Path;
  readonly source: string;
}

/** Every expression below a part of a workflow; `if` needs no braces. */
export function expressionsIn(part: unknown, path: Path): Place[] {
  if (typeof part === 'string') {
    const inBraces = [...part.matchAll(/\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g)];
    if (path.at(-1) === 'if' && inBraces.length === 0) return [{ path, source: part }];
    return inBraces.map(([, source = '']) => ({ path, source: source.trim() }));
  }
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    expressionsIn(value, [...path, Array.isArray(part) ? Number(key) : key]),
  );
}

/** The faults of expressions that GitHub cannot read. */
export function unreadable(places: readonly Place[]): Fault[] {
  return places.flatMap(({ path, source }) => {
    try {
      parse(source);
      return [];
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return [{ path, message: `${source} is no expression: ${error.message}` }];
    }
  });
}
