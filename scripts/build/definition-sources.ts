import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@babel/parser';
import type * as t from '@babel/types';

/**
 * What only the text of definitions shows, each with its line: backslashes that JavaScript takes away, so that the script
 * never gets them (`\s` in a text is `s`), and constants that nobody uses.
 */
export function sourceFaults(root: string, sources: readonly string[]): readonly string[] {
  return sources.flatMap((source) => {
    const text = readFileSync(join(root, source), 'utf8');
    return [
      ...droppedBackslashes(text).map(({ line, column, dropped }) => {
        const hint = `JavaScript drops this backslash: write \\\\${dropped} where the script needs \\${dropped}`;
        return `${source}:${line}:${column}: ${hint}`;
      }),
      ...unusedConstants(text).map(
        ({ line, name }) =>
          `${source}:${line}:7: ${name} is used nowhere: a job belongs in the jobs of a workflow, a step in a job`,
      ),
    ];
  });
}

interface Unused {
  readonly line: number;
  readonly name: string;
}

/** The constants of a definition that it neither uses nor exports: mostly a job that is in no workflow. */
export function unusedConstants(text: string): Unused[] {
  const program = parsed(text);
  const declared = (program?.body ?? []).flatMap((each) =>
    each.type === 'VariableDeclaration'
      ? each.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id] : []))
      : [],
  );
  const used = new Set<string>();
  const visit = (node: t.Node): void => {
    if (node.type === 'Identifier' && !declared.includes(node)) used.add(node.name);
    for (const [key, value] of Object.entries(node)) {
      // The name of a property is no use of a constant.
      if ((key === 'property' || key === 'key') && !('computed' in node && node.computed)) continue;
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof (child as t.Node | null)?.type === 'string') visit(child);
    }
  };
  if (program) visit(program);
  return declared
    .filter(({ name }) => !used.has(name))
    .map(({ name, loc }) => ({ name, line: loc?.start.line ?? 1 }));
}

/** A definition as Babel reads it; nothing for one that is no TypeScript, of which Node.js says what is wrong. */
function parsed(text: string): t.Program | undefined {
  try {
    return parse(text, { sourceType: 'module', plugins: ['typescript'] }).program;
  } catch {
    return undefined;
  }
}

interface Dropped {
  readonly line: number;
  readonly column: number;
  readonly dropped: string;
}

/** The backslashes of a definition that its scripts never get. */
export function droppedBackslashes(text: string): Dropped[] {
  // Most definitions have none, and need no parser.
  if (!/\\[^nrtu0'"`$\\\n]/.test(text)) return [];
  const found: Dropped[] = [];
  const visit = (node: t.Node, raw: boolean): void => {
    if (node.type === 'StringLiteral' || (node.type === 'TemplateElement' && !raw))
      found.push(...droppedIn(text, node));
    const isRaw = node.type === 'TaggedTemplateExpression' && isStringRaw(node.tag);
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value])
        if (typeof (child as t.Node | null)?.type === 'string') visit(child, raw || isRaw);
  };
  const program = parsed(text);
  if (program) visit(program, false);
  return found;
}

function isStringRaw(tag: t.Node): boolean {
  return (
    tag.type === 'MemberExpression' &&
    tag.property.type === 'Identifier' &&
    tag.property.name === 'raw'
  );
}

function droppedIn(text: string, { start, end, loc }: t.Node): Dropped[] {
  if (start == null || end == null || !loc) return [];
  const part = text.slice(start, end);
  for (const { 0: dropped, index } of part.matchAll(/\\[\s\S]/g)) {
    const char = dropped[1] ?? '';
    if (/[bfnrtuvx0-9'"`$\\\n]/.test(char)) continue;
    const before = part.slice(0, index).split('\n');
    const line = loc.start.line + before.length - 1;
    const column = (before.length === 1 ? loc.start.column : 0) + (before.at(-1)?.length ?? 0) + 1;
    return [{ line, column, dropped: char }];
  }
  return [];
}
