import type { Code, Part } from './code.ts';
import { propertyName, quoted } from './code.ts';
import { typedExpression } from './expressions.ts';
import type { Typed } from './fitting-types.ts';
import { isUsedUnquoted, placesIn, variableIn } from './script.ts';
import { untypedValue } from './untyped.ts';
import { type At, hasExpression, partsOfText } from './values.ts';

/** A step's script, as far as its expressions are concerned. */
export interface StepScript {
  readonly text: string;
  readonly line: number;
  /** The shell that runs it; undefined where it is not known. */
  readonly shell: string | undefined;
  /** Names that `env` has already, in the step or around it. */
  readonly taken: ReadonlySet<string>;
  /** Those of the step whose value others write. */
  readonly untrusted: readonly string[];
}

/** A script whose expressions are variables, and what its `env` has to have for them. */
export interface TypedScript {
  readonly code: Code;
  readonly text: string;
  readonly env: readonly Part[];
}

/** The script of a step; where a variable would not mean the same, it is left as it is and marked. */
export function typedScript(script: StepScript, at: At): TypedScript {
  const { text, line } = script;
  if (!hasExpression(text)) return checkedScript({ text, env: [] }, script, at);
  try {
    return checkedScript(
      at.file.attempt(() => withVariables(script, at)),
      script,
      at,
    );
  } catch (error) {
    if (!(error instanceof NoVariable)) throw error;
    at.file.mark(line, text, error.message);
    return { code: untypedValue(scriptCode(text)), text, env: [] };
  }
}

/** Why an expression in a script is no variable. */
class NoVariable extends Error {}

interface Rewritten {
  readonly text: string;
  readonly env: readonly Part[];
}

function checkedScript(rewritten: Rewritten, { line, untrusted }: StepScript, at: At): TypedScript {
  const unquoted = untrusted.find((name) => isUsedUnquoted(rewritten.text, name));
  if (unquoted !== undefined) {
    at.file.mark(line, `$${unquoted}`, 'others write it, and the script uses it outside of quotes');
    return { ...rewritten, code: untypedValue(scriptCode(rewritten.text)) };
  }
  if (/\$\{\{/.test(rewritten.text)) {
    at.file.mark(line, rewritten.text, 'the script has the beginning of an expression');
    return { ...rewritten, code: untypedValue(scriptCode(rewritten.text)) };
  }
  return { ...rewritten, code: scriptCode(rewritten.text) };
}

/** The text of a script as it stands in a definition. */
export function scriptCode(text: string): Code {
  const lines = text.replace(/^\n+/, '').trimEnd();
  return lines.includes('\n') && lines === text.trimEnd()
    ? { script: lines, tail: '' }
    : quoted(text.trimEnd());
}

function withVariables({ text, line, shell, taken }: StepScript, at: At): Rewritten {
  if (shell === undefined)
    throw new NoVariable('which shell reads this is not known, so its expressions stay in it');
  if (!/^(?:bash|sh)\b/.test(shell))
    throw new NoVariable(`expressions in a script for ${shell} are not rewritten`);
  // No text of a person has a character of the private use area.
  const marker = '\u{F0000}';
  const parts = partsOfText(text);
  const plain = parts.map((part) => ('plain' in part ? part.plain : ' ')).join('');
  const places = placesIn(
    parts.map((part) => ('plain' in part ? part.plain : marker)).join(''),
    marker,
  );
  const made = new Map<
    string,
    { readonly name: string; readonly part: Part | undefined; readonly typed: Typed }
  >();
  const names = new Set(taken);
  let index = 0;
  const rewritten: string[] = [];
  for (const part of parts) {
    if ('plain' in part) {
      rewritten.push(part.plain);
      continue;
    }
    const found =
      made.get(part.source) ?? variableFor(part.source, line, { at, names, taken, text: plain });
    made.set(part.source, found);
    const place = places[index++];
    const variable = place && variableIn(found.name, place, isOneWord(found.typed));
    if (variable === undefined)
      throw new NoVariable(
        'an expression is a command, or stands where the shell reads no variable',
      );
    rewritten.push(variable);
  }
  const env = [...made.values()].flatMap(({ part }) => (part ? [part] : []));
  return { text: withoutEmptyQuotes(rewritten.join('')), env };
}

/** A value that no shell parts, or that none may: its variable stands in quotes. */
function isOneWord({ type, untrusted }: Typed): boolean {
  if (untrusted || type.kind === 'number' || type.kind === 'boolean' || type.kind === 'ref')
    return true;
  return type.kind === 'values' && type.values.every((each) => /^\S+$/.test(String(each)));
}

/** Quotes that held nothing but an expression are not needed around its variable. */
function withoutEmptyQuotes(script: string): string {
  return script.replace(/(?<=^|[\s=])''("\$\{\w+\}")''(?=[\s;)]|$)/gm, '$1');
}

function variableFor(
  source: string,
  line: number,
  {
    at,
    names,
    taken,
    text,
  }: {
    readonly at: At;
    readonly names: Set<string>;
    readonly taken: ReadonlySet<string>;
    readonly text: string;
  },
): { readonly name: string; readonly part: Part | undefined; readonly typed: Typed } {
  const [, own] = /^env\.([A-Za-z_]\w*)$/.exec(source) ?? [];
  // The script has it as a variable already.
  if (own !== undefined && taken.has(own))
    return {
      name: own,
      part: undefined,
      typed: { code: '', type: { kind: 'text' }, untrusted: false },
    };
  let typed: Typed | undefined;
  const name = nameFor(source, names, text);
  names.add(name);
  const part = at.file.marked(
    () => {
      typed = typedExpression(source, { ...at, line });
      return typed.code;
    },
    { key: propertyName(name) },
  );
  return { name, part, typed: typed as Typed };
}

/** A name for a variable that nothing in the script uses. */
function nameFor(source: string, names: ReadonlySet<string>, script: string): string {
  const [last = ''] = /[A-Za-z_][\w-]*(?=[^\w-]*$)/.exec(source) ?? [];
  const upper = last
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toUpperCase();
  const base =
    !/^[A-Z_]\w*$/.test(upper) || isOfTheShell(upper)
      ? `${upper || 'VALUE'}_VALUE`.replace('VALUE_VALUE', 'VALUE')
      : upper;
  const isFree = (name: string) => !names.has(name) && !new RegExp(`\\b${name}\\b`).test(script);
  if (isFree(base)) return base;
  for (let count = 2; ; count++) if (isFree(`${base}_${count}`)) return `${base}_${count}`;
}

function isOfTheShell(name: string): boolean {
  return /^(?:PATH|HOME|USER|SHELL|PWD|OLDPWD|IFS|CI|LANG|TERM|UID|EUID|RANDOM|SECONDS|LINENO|HOSTNAME|PS[1-4]|_|GITHUB_.*|RUNNER_.*|BASH.*|LD_.*|NODE_OPTIONS)$/.test(
    name,
  );
}
