import { ShellText } from './shell-text.ts';

/** A command of a script, with the documents it gets and the commands it pipes into. */
export interface Command {
  /** What is called, such as `echo`. */
  readonly name: string;
  /** What variables are expanded in. */
  readonly expanded: string;
  /** What stands outside of quotes. */
  readonly code: string;
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
    return [{ name, expanded: command, code: code.slice(from, to), line }];
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
  return /^[\w./-]*\w$/.test(name) && ![...writers, 'done', 'fi', 'esac'].includes(name);
}
