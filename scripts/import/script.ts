/** How the shell of a script reads a place in it. */
type Quoting = 'plain' | 'double' | 'single' | 'here-document' | 'literal' | 'comment';

/** An expression in a script, and how a variable is read in its place. */
export interface ScriptPlace {
  readonly quoting: Quoting;
  /** What is written here is run as a command. */
  readonly isCommand: boolean;
}

/** How the shell reads the places of a script that has `marker` in them. */
export function placesIn(script: string, marker: string): readonly ScriptPlace[] {
  const places: ScriptPlace[] = [];
  // The outermost first: what `$(` begins ends at its `)`.
  const stack: Quoting[] = ['plain'];
  const waiting: HereDocument[] = [];
  let at = 0;
  while (at < script.length) {
    const rest = script.slice(at);
    const state = stack.at(-1) ?? 'plain';
    if (rest.startsWith(marker)) {
      places.push({
        quoting: state,
        isCommand: state === 'plain' && isCommand(script.slice(0, at)),
      });
      at += marker.length;
      continue;
    }
    const char = script[at];
    if (state === 'single') {
      if (char === "'") stack.pop();
    } else if (state === 'comment') {
      if (char === '\n') {
        stack.pop();
        continue;
      }
    } else if (char === '\\') {
      at += 1;
    } else if (rest.startsWith('$(')) {
      stack.push('plain');
      at += 1;
    } else if (state === 'double') {
      if (char === '"') stack.pop();
    } else if (char === '"') {
      stack.push('double');
    } else if (char === "'") {
      stack.push('single');
    } else if (char === '#' && /(?:^|[\s;&|(])$/.test(script.slice(0, at))) {
      stack.push('comment');
    } else if (char === '(') {
      stack.push('plain');
    } else if (char === ')' && stack.length > 1) {
      stack.pop();
    } else if (char === '<') {
      const document = hereDocument(rest);
      if (document) {
        waiting.push(document);
        at += document.length;
        continue;
      }
    } else if (char === '\n' && waiting.length > 0) {
      at += 1;
      for (const each of waiting.splice(0))
        at = readDocument(script, at, { ...each, marker }, places);
      continue;
    }
    at += 1;
  }
  return places;
}

interface HereDocument {
  readonly word: string;
  readonly isLiteral: boolean;
  readonly length: number;
}

function hereDocument(text: string): HereDocument | undefined {
  const [all, quote = '', word] = /^<<-?\s*(['"\\]?)([A-Za-z_]\w*)['"]?/.exec(text) ?? [];
  if (all === undefined || word === undefined) return undefined;
  return { word, isLiteral: quote !== '', length: all.length };
}

function readDocument(
  script: string,
  from: number,
  { word, isLiteral, marker }: HereDocument & { readonly marker: string },
  places: ScriptPlace[],
): number {
  let at = from;
  for (const line of script.slice(from).split('\n')) {
    at += line.length + 1;
    if (line.trim() === word) break;
    const count = line.split(marker).length - 1;
    const quoting = isLiteral ? 'literal' : 'here-document';
    for (let each = 0; each < count; each++) places.push({ quoting, isCommand: false });
  }
  return Math.min(at, script.length);
}

function isCommand(before: string): boolean {
  return /(?:^|[\n;&|({]|\b(?:do|then|else|exec|eval|-c))[ \t]*$/.test(before);
}

/** What stands for a variable in a place; undefined where no variable means the same as its value written out. */
export function variableIn(
  name: string,
  { quoting, isCommand }: ScriptPlace,
  isQuoted: boolean,
): string | undefined {
  if (isCommand) return undefined;
  switch (quoting) {
    case 'plain':
      return isQuoted ? `"\${${name}}"` : `\${${name}}`;
    case 'single':
      return `'"\${${name}}"'`;
    case 'literal':
      return undefined;
    default:
      return `\${${name}}`;
  }
}

/** The variables that a script uses where the shell parts their value, by the rule of the layer's types. */
export function isUsedUnquoted(script: string, name: string): boolean {
  const parts = script.replaceAll('\\"', '').split('"');
  // Without its partner a quote is a character like others.
  if (parts.length % 2 === 0) parts.push(`${parts.pop()}"${parts.pop()}`);
  const outside = parts.filter(
    (_, index) => index % 2 === 0 || /(?:-c|eval) $/.test(parts[index - 1] ?? ''),
  );
  const use = new RegExp(`\\$\\{${name}[}:#%/@-]|\\$${name}(?![A-Za-z0-9_])`);
  return outside.some((part) => use.test(part));
}

/** Whether a script may write an output, by the rule of the layer's types. */
export function mayWrite(script: string, output: string): boolean {
  if (script.includes(`${output}=`) || script.includes(`${output}<<`)) return true;
  return !/(?:echo|printf|cat) /.test(script) && script.includes('GITHUB_OUTPUT');
}
