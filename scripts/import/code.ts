/** Source text that is printed on one line where it fits. */
export type Code = string | Group | Script;

/** Parts between a head and a tail, such as the entries of an object. */
export interface Group {
  readonly head: string;
  readonly parts: readonly Part[];
  readonly tail: string;
  /** Between the head, the parts on one line, and the tail. */
  readonly padding: '' | ' ';
  /** Never on one line. */
  readonly expanded?: boolean;
}

/** The text of a script: a template literal that is indented like its place. */
export interface Script {
  readonly script: string;
  readonly tail: string;
}

export interface Part {
  /** Lines of comments above it. */
  readonly comments: readonly string[];
  readonly key?: string;
  readonly value: Code;
}

const width = 100;
const step = '  ';

/** An object of what is not undefined. */
export function object(parts: readonly (Part | undefined)[], expanded = false): Group {
  const present = parts.filter((part) => part !== undefined);
  return { head: '{', parts: present, tail: '}', padding: ' ', expanded };
}

export function list(values: readonly Code[]): Group {
  return { head: '[', parts: values.map(part), tail: ']', padding: '' };
}

export function call(name: string, ...args: readonly Code[]): Group {
  const only = args.at(-1);
  const before = args.slice(0, -1);
  // A last object is written like prettier does: its braces beside those of the call.
  if (
    only &&
    isGroup(only) &&
    only.head === '{' &&
    before.every((each) => typeof each === 'string')
  )
    return wrap(`${name}(${before.map((each) => `${String(each)}, `).join('')}`, only, ')');
  return { head: `${name}(`, parts: args.map(part), tail: ')', padding: '' };
}

/** A code with more before and after it. */
export function wrap(head: string, code: Code, tail: string): Group {
  if (isGroup(code)) return { ...code, head: head + code.head, tail: code.tail + tail };
  return { head, parts: [part(code)], tail, padding: '' };
}

/** A code with something behind it that belongs to it. */
export function withTail(code: Code, tail: string): Code {
  if (typeof code === 'string') return code + tail;
  return { ...code, tail: code.tail + tail };
}

function part(value: Code): Part {
  return { comments: [], value };
}

function isGroup(code: Code): code is Group {
  return typeof code === 'object' && 'parts' in code;
}

/** The text of a code; `before` is the length of what stands before it in its line. */
export function print(code: Code, indent = '', before = indent.length): string {
  if (typeof code === 'string') return code;
  if ('script' in code) return printScript(code, indent);
  const line = oneLine(code);
  // What follows takes a comma, or a semicolon.
  if (line !== undefined && before + line.length + 1 <= width) return line;
  const inner = indent + step;
  const parts = code.parts.map(({ comments, key, value }) => {
    const name = key === undefined ? '' : `${key}: `;
    const text = print(value, inner, inner.length + name.length);
    return `${commentLines(comments, inner)}${inner}${name}${text},\n`;
  });
  return parts.length === 0
    ? code.head + code.tail
    : `${code.head}\n${parts.join('')}${indent}${code.tail}`;
}

/** Comments as lines of a source file. */
export function commentLines(comments: readonly string[], indent: string): string {
  return (
    comments.map((line) => `${indent}//${line && ` ${line.trim()}`}`.trimEnd()).join('\n') +
    (comments.length > 0 ? '\n' : '')
  );
}

/** The code on one line; undefined where it cannot be. */
export function oneLine(code: Code): string | undefined {
  if (typeof code === 'string') return code.includes('\n') ? undefined : code;
  if ('script' in code || code.expanded) return undefined;
  const parts: string[] = [];
  for (const { comments, key, value } of code.parts) {
    const text = oneLine(value);
    if (text === undefined || comments.length > 0) return undefined;
    parts.push(key === undefined ? text : `${key}: ${text}`);
  }
  const padding = parts.length > 0 ? code.padding : '';
  return `${code.head}${padding}${parts.join(', ')}${padding}${code.tail}`;
}

function printScript({ script, tail }: Script, indent: string): string {
  const inner = indent + step;
  const lines = script.split('\n').map((line) => (line.trim() === '' ? '' : inner + line));
  return `\`\n${inTemplate(lines.join('\n'))}\n${indent}\`${tail}`;
}

/** A text as it stands in a template literal. */
export function inTemplate(text: string): string {
  return text.replace(/[\\`]|\$(?=\{)/g, '\\$&');
}

/** A text as a literal, in the quotes that need fewer escapes. */
export function quoted(text: string): string {
  const double = JSON.stringify(text).replace(
    /[\u2028\u2029]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16)}`,
  );
  const inner = double.slice(1, -1);
  const [ones, twos] = [text.split("'").length, text.split('"').length];
  if (ones > twos) return double;
  return `'${inner.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A name as it stands before a colon in an object. */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** How an object's value of this name is got. */
export function memberOf(of: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${of}.${name}` : `${of}[${quoted(name)}]`;
}

/** A constant with the comments above it. */
export function declaration(constant: string, code: Code, comments: readonly string[]): string {
  return `${commentLines(comments, '')}const ${constant} = ${print(code, '', constant.length + 9)};\n`;
}
