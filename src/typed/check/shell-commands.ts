import { ShellText } from './shell-text.ts';

/** A command of a script, with the documents it gets and the commands it pipes into. */
export interface Command {
  /** What is called, such as `echo`. */
  readonly name: string;
  /** What variables are expanded in. */
  readonly expanded: string;
  /** What stands outside of quotes. */
  readonly code: string;
  /** As it is written. */
  readonly text: string;
  /** What joins it to the next one: `&&`, `||`, `;` or the end of its line. */
  readonly joined: string;
  /** The line it begins in, from 0. */
  readonly line: number;
}

const leading = /^(?:(?:then|do|else|elif|if|while|until|time|sudo|!|\{|\(|\w+=\S*)\s+)*/;

/** The commands of a shell script in their order. */
export function commandsOf(script: string): readonly Command[] {
  const text = new ShellText(script);
  const { expanded } = text;
  const code = text.only('code');
  return text.commandRanges.flatMap(([from, to]) => {
    const command = expanded.slice(from, to);
    if (command.trim() === '') return [];
    const begin = from + command.search(/\S/);
    const [name = ''] = command.trim().replace(leading, '').split(/\s/);
    const line = script.slice(0, begin).split('\n').length - 1;
    const joined = /^(?:&&|\|\||;)/.exec(code.slice(to))?.[0] ?? '\n';
    const places = { text: script.slice(from, to), joined, line };
    return [{ name, expanded: command, code: code.slice(from, to), ...places }];
  });
}

/** What a later step or a reader gets of a run, by the variable that holds its file. */
export type Handed = 'GITHUB_OUTPUT' | 'GITHUB_ENV' | 'GITHUB_PATH' | 'GITHUB_STEP_SUMMARY';

/** The file of the runner that a command writes to. */
export function handedTo({ expanded }: Command): Handed | undefined {
  const [, file] =
    /(?:>>?|\btee\s+(?:-\w+\s+)*)\s*"?\$\{?(GITHUB_(?:OUTPUT|ENV|PATH|STEP_SUMMARY))\b/.exec(
      expanded,
    ) ?? [];
  return file as Handed | undefined;
}

/** Whether a command puts the value of a variable into what it does, not only whether it is set. */
export function uses({ expanded }: Command, name: string): boolean {
  const outside = expanded.replace(/\$\([^()]*\)/g, '');
  return new RegExp(`\\$(?:${name}(?!\\w)|\\{${name}(?!\\w|:?\\+))`).test(outside);
}

/** Variables with those that a script copies them to, as they are or cut: `suite="${COMMENT#/}"`. */
export function carriersOf(
  names: readonly string[],
  commands: readonly Command[],
): readonly string[] {
  const all = [...names];
  for (const { text } of commands) {
    const [, to, of] =
      /^\s*(?:(?:export|local|readonly)\s+)?([A-Za-z_]\w*)="?\$\{?([A-Za-z_]\w*)[^()]*$/.exec(
        text,
      ) ?? [];
    if (to !== undefined && of !== undefined && all.includes(of) && !all.includes(to)) all.push(to);
  }
  return all;
}

/** Whether the output of a command goes anywhere but to the log. */
export function isRedirected({ code }: Command): boolean {
  return /\||>(?!&\s*[12]\b)/.test(code);
}

const writers = ['echo', 'printf', 'cat'];

/** Whether a command writes what is given to it, and nothing else. */
export function isWriter({ name }: Command): boolean {
  return writers.includes(name);
}

/** Whether a command is a program that writes what only it knows; the end of a group of commands is none. */
export function isProgram({ name }: Command): boolean {
  return (
    /^[\w./-]*\w$/.test(name) &&
    ![...writers, 'done', 'fi', 'esac', 'for', 'case', 'select'].includes(name)
  );
}

/** A program of a pipeline with its arguments. */
export interface PipelinePart {
  readonly name: string;
  readonly expanded: string;
  readonly code: string;
  readonly text: string;
}

/** The programs that a command pipes one into the other; what stands in $(…) is none of them. */
export function pipelineOf({ expanded, code, text }: Command): readonly PipelinePart[] {
  const parts: PipelinePart[] = [];
  let [depth, from] = [0, 0];
  const take = (to: number) => {
    const part = expanded.slice(from, to);
    const [name = ''] = part.trim().replace(leading, '').split(/\s/);
    parts.push({ name, expanded: part, code: code.slice(from, to), text: text.slice(from, to) });
    from = to + 1;
  };
  for (let at = 0; at < expanded.length; at++) {
    if (expanded.startsWith('$(', at)) {
      depth += 1;
      at += 1;
    } else if (code[at] === '(') depth += 1;
    else if (code[at] === ')') depth = Math.max(0, depth - 1);
    else if (code[at] === '|' && depth === 0) take(at);
  }
  take(expanded.length);
  return parts;
}

/** The words of a command with their quotes taken away; a word that a variable is in is left as it is written. */
export function wordsOf(text: string): readonly string[] {
  const words = text.trim().match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/gs) ?? [];
  return words.map((word) => word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, '$1$2'));
}

/** What a command calls without the words before it that only start it: `npx`, `uv run`, `NAME=value`. */
export function calledBy(text: string): string {
  const start =
    /^(?:(?:then|do|else|elif|if|while|until|time|exec|sudo|command|!|\{|\(|\w+=\S*|npx(?: --?\w[\w-]*)*|(?:uv|poetry|pdm|hatch|pipenv) run|(?:yarn|pnpm|npm) (?:exec|dlx)(?: --)?|bunx|python3? -m|bundle exec|timeout \S+|nice|env)\s+)+/;
  return text
    .trim()
    .replace(/^\(\s*/, '')
    .replace(start, '');
}
