/**
 * What a character of a shell script is: `code`; `quoted` in "…" or `document` in a here-document, where variables
 * are expanded; `literal` in '…', after a backslash or in a document with a quoted end, where they are not; `comment`.
 */
type Kind = 'code' | 'quoted' | 'document' | 'literal' | 'comment';

/** A here-document that was announced in a line and begins in the next. */
interface Announced {
  readonly end: string;
  readonly indented: boolean;
  readonly kind: Kind;
}

/** Text in "…", or commands: of the script or of a $(…), which ends with the parenthesis that opened it. */
type Frame =
  | { readonly quoted: true; readonly from: number }
  | { readonly quoted: false; open: number };

/** A script of which parts can be read by what they are to the shell. */
export class ShellText {
  readonly #script: string;
  readonly #kinds: readonly Kind[];
  /** The quote that begins somewhere and never ends, with its line from 0. */
  readonly unclosed: { readonly mark: string; readonly line: number } | undefined;

  constructor(script: string) {
    const scanner = new Scanner(script);
    this.#script = script;
    this.#kinds = scanner.kinds;
    const at = scanner.unclosed;
    this.unclosed =
      at === undefined
        ? undefined
        : { mark: script[at] ?? '', line: script.slice(0, at).split('\n').length - 1 };
  }

  /** The script with a space for every character that is not of these kinds; lines are kept. */
  only(...kinds: readonly Kind[]): string {
    const kept = new Set(kinds);
    return this.#script.replace(/[^\n]/g, (char, at: number) =>
      kept.has(this.#kinds[at] ?? 'code') ? char : ' ',
    );
  }

  /** What the shell expands variables in. */
  get expanded(): string {
    return this.only('code', 'quoted', 'document');
  }

  /** Everything but comments. */
  get uncommented(): string {
    return this.only('code', 'quoted', 'document', 'literal');
  }

  /** Where the commands of the script begin and end: at the ends of lines, `;`, `&&` and `||`. */
  get commandRanges(): readonly (readonly [number, number])[] {
    const code = this.#script.replace(/[\s\S]/g, (char, at: number) =>
      this.#kinds[at] === 'code' ? char : ' ',
    );
    return [...code.matchAll(/(?:(?!&&|\|\|)[^;\n])+/g)].map(({ index, 0: text }) => {
      // The second character of what joins two commands belongs to neither.
      const joined = /^[&|]/.test(text) && text[0] === code[index - 1] ? 1 : 0;
      return [index + joined, index + text.length] as const;
    });
  }
}

/** Goes over a script once, as a shell does before it expands anything. */
class Scanner {
  readonly kinds: Kind[] = [];
  readonly #script: string;
  readonly #frames: Frame[] = [{ quoted: false, open: 0 }];
  #announced: Announced[] = [];
  #open: number | undefined;

  constructor(script: string) {
    this.#script = script;
    while (this.#at < script.length) this.#next();
  }

  /** Where a quote begins that never ends. */
  get unclosed(): number | undefined {
    return this.#open ?? this.#frames.find((frame) => frame.quoted)?.from;
  }

  get #at(): number {
    return this.kinds.length;
  }

  get #rest(): string {
    return this.#script.slice(this.#at);
  }

  #take(kind: Kind, length: number): void {
    for (let left = Math.min(length, this.#script.length - this.#at); left > 0; left--)
      this.kinds.push(kind);
  }

  #takeMatch(kind: Kind, pattern: RegExp): void {
    this.#take(kind, pattern.exec(this.#rest)?.[0].length ?? 1);
  }

  #next(): void {
    const frame = this.#frames.at(-1) ?? { quoted: false, open: 0 };
    if (this.#script[this.#at] === '\\') this.#take('literal', 2);
    else if (this.#script.startsWith('$(', this.#at)) {
      this.#take(frame.quoted ? 'quoted' : 'code', 2);
      this.#frames.push({ quoted: false, open: 0 });
    } else if (frame.quoted) this.#nextQuoted();
    else this.#nextCode(frame);
  }

  #nextQuoted(): void {
    if (this.#script[this.#at] === '"') this.#frames.pop();
    this.#take('quoted', 1);
  }

  #nextCode(frame: { open: number }): void {
    const before = this.#script[this.#at - 1] ?? '\n';
    const char = this.#script[this.#at];
    // In $'…' a backslash keeps an apostrophe.
    if (char === "'") {
      const from = this.#at;
      this.#takeMatch('literal', before === '$' ? /^'(?:\\.|[^'\\])*'?/s : /^'[^']*'?/);
      if (this.#at === from + 1 || this.#script[this.#at - 1] !== "'") this.#open = from;
    } else if (char === '#' && /[\s;&|(]/.test(before)) this.#takeMatch('comment', /^.*/);
    else if (char === '<') this.#announce();
    else if (char === '\n') this.#documents();
    else if (char === '"') {
      this.#frames.push({ quoted: true, from: this.#at });
      this.#take('quoted', 1);
    } else {
      this.#countParentheses(char, frame);
      this.#take('code', 1);
    }
  }

  #countParentheses(char: string | undefined, frame: { open: number }): void {
    if (char === '(') frame.open += 1;
    if (char !== ')') return;
    if (frame.open > 0) frame.open -= 1;
    else if (this.#frames.length > 1) this.#frames.pop();
  }

  #announce(): void {
    const [text = '<', dash, quote = '', end] =
      /^(?:<<<|<<(-?)[ \t]*(["'\\]?)([A-Za-z_]\w*)["']?)/.exec(this.#rest) ?? [];
    if (end !== undefined)
      this.#announced.push({
        end,
        indented: dash === '-',
        kind: quote === '' ? 'document' : 'literal',
      });
    this.#take('code', text.length);
  }

  /** The documents that the line before announced belong to its command. */
  #documents(): void {
    const announced = this.#announced;
    this.#announced = [];
    for (const { end, indented, kind } of announced) {
      this.#take('document', 1);
      const body = new RegExp(`^(?:(?!${indented ? '\\t*' : ''}${end}$).*\\n)*`, 'm');
      const [text = ''] = body.exec(this.#rest) ?? [];
      for (const [part] of text.matchAll(/\\[\s\S]|[^\\]+/g))
        this.#take(part.startsWith('\\') ? 'literal' : kind, part.length);
      this.#takeMatch('literal', /^.*/);
    }
    this.#take('code', 1);
  }
}
