import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@babel/parser';
import type * as t from '@babel/types';
import type { Position } from '../position.ts';

/** A call in a source file, with the names that it sees. */
export interface Call {
  readonly node: t.CallExpression;
  readonly scope: Scope;
}

/** What a name stands for. */
export type Binding =
  | { readonly value: t.Node; readonly scope: Scope }
  /** The property `key` of what another name stands for. */
  | { readonly of: Binding; readonly key: string }
  | { readonly file: string; readonly exported: string };

/** The names that a part of a source file sees. */
export class Scope {
  readonly file: string;
  readonly #parent: Scope | undefined;
  readonly #names = new Map<string, Binding | undefined>();

  constructor(file: string, parent?: Scope) {
    this.file = file;
    this.#parent = parent;
  }

  find(name: string): Binding | undefined {
    return this.#names.has(name) ? this.#names.get(name) : this.#parent?.find(name);
  }

  set(name: string, binding: Binding | undefined): void {
    this.#names.set(name, binding);
  }

  /** Where a node of this file begins. */
  position(node: t.Node): Position {
    const { line, column } = node.loc?.start ?? { line: 1, column: 0 };
    return { file: this.file, line, column: column + 1 };
  }

  /** Binds the constants, functions and imports that a list of statements declares. */
  declare(statements: readonly t.Statement[]): void {
    for (const statement of statements) {
      const declaration =
        statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      if (declaration?.type === 'VariableDeclaration')
        for (const { id, init } of declaration.declarations) {
          if (init) this.bind(id, { value: init, scope: this });
        }
      if (declaration?.type === 'FunctionDeclaration' && declaration.id)
        this.set(declaration.id.name, { value: declaration, scope: this });
      if (declaration?.type === 'ImportDeclaration') this.#import(declaration);
    }
  }

  /** Binds the names of a pattern, such as `{ host, ...rest }`, to a value or parts of it, or to nothing known. */
  bind(pattern: t.Node, to: Binding | undefined): void {
    if (pattern.type === 'Identifier') this.set(pattern.name, to);
    if (pattern.type === 'AssignmentPattern') this.bind(pattern.left, to);
    if (pattern.type === 'ObjectPattern')
      for (const each of pattern.properties) {
        if (each.type === 'RestElement') this.bind(each.argument, to);
        else if (keyOf(each) !== undefined)
          this.bind(each.value, to && { of: to, key: keyOf(each) ?? '' });
      }
  }

  #import({ source, specifiers }: t.ImportDeclaration): void {
    const file = fileOf(source.value, this.file);
    if (file === undefined) return;
    for (const specifier of specifiers)
      if (specifier.type === 'ImportSpecifier')
        this.set(specifier.local.name, { file, exported: nameOf(specifier.imported) });
  }
}

/** A source file: its calls by `line:column` of the called name, and what it exports. */
export interface Source {
  readonly calls: ReadonlyMap<string, Call>;
  exported(name: string): Binding | undefined;
}

const sources = new Map<string, Source | undefined>();

/** Reads a source file once; `undefined` where there is none or it cannot be parsed. */
export function sourceOf(file: string): Source | undefined {
  if (!sources.has(file)) sources.set(file, read(file));
  return sources.get(file);
}

function read(file: string): Source | undefined {
  let program: t.Program;
  try {
    const text = readFileSync(file, 'utf8');
    ({ program } = parse(text, { sourceType: 'module', plugins: ['typescript'] }));
  } catch {
    return undefined;
  }
  const scope = new Scope(file);
  scope.declare(program.body);
  const calls = new Map<string, Call>();
  collect(program, scope, calls);
  return { calls, exported: (name) => exported(program, scope, name) };
}

function collect(node: t.Node, outer: Scope, calls: Map<string, Call>): void {
  const scope = scopeOf(node, outer);
  if (node.type === 'CallExpression') {
    const { callee } = node;
    const { line, column } = scope.position(
      callee.type === 'MemberExpression' ? callee.property : callee,
    );
    calls.set(`${line}:${column}`, { node, scope });
  }
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) collect(child, scope, calls);
}

function scopeOf(node: t.Node, outer: Scope): Scope {
  const scope = new Scope(outer.file, outer);
  if (node.type === 'BlockStatement') scope.declare(node.body);
  else if ('params' in node && Array.isArray(node.params))
    for (const parameter of node.params) scope.bind(parameter, undefined);
  else return outer;
  return scope;
}

function exported(program: t.Program, scope: Scope, name: string): Binding | undefined {
  for (const statement of program.body) {
    if (statement.type === 'ExportNamedDeclaration')
      for (const specifier of statement.specifiers) {
        if (specifier.type !== 'ExportSpecifier' || nameOf(specifier.exported) !== name) continue;
        const file = statement.source && fileOf(statement.source.value, scope.file);
        if (file) return { file, exported: nameOf(specifier.local) };
        return scope.find(nameOf(specifier.local));
      }
  }
  return scope.find(name);
}

const layer = fileURLToPath(new URL('..', import.meta.url));

/** The file of a relative import. This layer's own functions are not looked into: what matters is what they get. */
function fileOf(specifier: string, from: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const file = resolve(dirname(from), specifier);
  return file.startsWith(layer) ? undefined : file;
}

/** The key of a property, where it is written out. */
export function keyOf(property: t.ObjectProperty | t.ObjectMethod): string | undefined {
  const { key, computed } = property;
  if (key.type === 'StringLiteral') return key.value;
  if (computed) return undefined;
  if (key.type === 'NumericLiteral') return String(key.value);
  return key.type === 'Identifier' ? key.name : undefined;
}

function nameOf(node: t.Identifier | t.StringLiteral): string {
  return node.type === 'Identifier' ? node.name : node.value;
}

function isNode(value: unknown): value is t.Node {
  return typeof (value as t.Node | null)?.type === 'string';
}
