import { type Expr, Lexer, Parser } from '@actions/expressions';
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

const parsed = new Map<string, Expr>();

/** Parses an expression without braces. Throws an `Error` that says what GitHub would not take. */
export function parse(source: string): Expr {
  // Every rule reads the same few, and each way that a run can go evaluates them.
  const known = parsed.get(source);
  if (known) return known;
  const made = new Parser(new Lexer(source).lex().tokens, contexts, functions).parse();
  parsed.set(source, made);
  return made;
}

/** What an expression without braces uses. */
export function usesOf(source: string): Use {
  const references: (readonly string[])[] = [];
  const statuses = new Set<string>();
  const literals = new Set<string>();
  const visit = (node: Expr): void => {
    const path = referenceOf(node);
    if (path) references.push(path);
    else if (node instanceof FunctionCall) {
      const name = node.functionName.lexeme.toLowerCase();
      if (statusFunctions.includes(name)) statuses.add(name);
      partsOf(node).forEach(visit);
    } else {
      if (node instanceof Literal) literals.add(node.literal.coerceString());
      partsOf(node).forEach(visit);
    }
  };
  visit(parse(source));
  return { references, statuses, literals };
}

/** The references whose values an expression may have, without what only decides which of them. */
export function valuesTaken(source: string): readonly (readonly string[])[] {
  const visit = (node: Expr): readonly (readonly string[])[] => {
    const path = referenceOf(node);
    if (path) return [path];
    if (node instanceof Binary || node instanceof Unary) return [];
    const { args = [] } = node instanceof Logical ? node : {};
    if (node instanceof Logical && node.operator.lexeme === '&&')
      return args.slice(-1).flatMap(visit);
    if (
      node instanceof FunctionCall &&
      /^(?:contains|startsWith|endsWith|hashFiles)$/i.test(node.functionName.lexeme)
    )
      return [];
    return partsOf(node).flatMap(visit);
  };
  return visit(parse(source));
}

/** Whether a condition lets something run although what was before it failed, was cancelled or skipped. */
export function opensAfterFailure(condition: string | undefined): boolean {
  if (condition === undefined) return false;
  const places = expressionsIn(condition, ['if']);
  return places.some(({ source }) =>
    ['always', 'failure', 'cancelled'].some((name) => usesOf(source).statuses.has(name)),
  );
}

/** The expressions that an expression is made of. */
export function partsOf(node: Expr): readonly Expr[] {
  if (node instanceof FunctionCall || node instanceof Logical) return node.args;
  if (node instanceof Binary) return [node.left, node.right];
  if (node instanceof Unary) return [node.expr];
  if (node instanceof Grouping) return [node.group];
  if (node instanceof IndexAccess) return [node.expr, node.index];
  return [];
}

/** The names of a reference, such as ['github', 'ref']; `undefined` where an expression is more than that. */
export function referenceOf(node: Expr): readonly string[] | undefined {
  if (node instanceof ContextAccess) return [node.name.lexeme];
  if (!(node instanceof IndexAccess)) return undefined;
  const before = referenceOf(node.expr);
  if (!before) return undefined;
  return node.index instanceof Literal ? [...before, node.index.literal.coerceString()] : before;
}

/** A reference, literal or call as it is written; `undefined` for what is computed from several. */
export function writtenOf(node: Expr): string | undefined {
  if (node instanceof ContextAccess) return node.name.lexeme;
  if (node instanceof Grouping) return writtenOf(node.group);
  if (node instanceof Literal) return `'${node.literal.coerceString()}'`;
  const parts = partsOf(node).map(writtenOf);
  if (parts.includes(undefined)) return undefined;
  if (node instanceof FunctionCall) return `${node.functionName.lexeme}(${parts.join(', ')})`;
  return node instanceof IndexAccess ? `${parts[0]}[${parts[1]}]` : undefined;
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

const hints: readonly (readonly [RegExp, string])[] = [
  [/"/, ". Text stands in '…'"],
  [/[^=!<>]=[^=]/, '. Values are compared by =='],
];

/** The faults of expressions that GitHub cannot read. */
export function unreadable(places: readonly Place[]): Fault[] {
  return places.flatMap(({ path, source }) => {
    try {
      parse(source);
      return [];
    } catch (error) {
      // The lexer throws another class of error than the parser, and says the whole expression again.
      const [reason = ''] = (error as Error).message.split(/ within expression: /);
      const hint = hints.find(([pattern]) => pattern.test(source))?.[1] ?? '';
      return [{ path, message: `${source} is no expression: ${reason}${hint}` }];
    }
  });
}
