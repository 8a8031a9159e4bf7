import { type Checked, type Fault, stepsOf } from './fault.ts';
import { isShell } from './script-places.ts';
import { commandsOf } from './shell-commands.ts';
import { ShellText } from './shell-text.ts';

/** Scripts that no shell can read, or that it reads otherwise than they look. */
export function shellSyntaxFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap(({ step, job, path }): Fault[] => {
    if (step.run === undefined || !isShell(step, job, checked)) return [];
    const at = [...path, 'run'];
    const found = unclosed(step.run) ?? misread(step.run);
    return found === undefined ? [] : [{ path: at, ...found }];
  });
}

type Found = Pick<Fault, 'message' | 'scriptLine'>;

const pairs: Readonly<Record<string, string>> = { if: 'fi', do: 'done', case: 'esac' };

function unclosed(script: string): Found | undefined {
  const quote = new ShellText(script).unclosed;
  if (quote !== undefined)
    return { scriptLine: quote.line, message: `the ${quote.mark} that begins here has no end` };
  const open: { word: string; line: number }[] = [];
  const chosen = new Set<object>();
  for (const { code, line } of commandsOf(script)) {
    const words = code.trim().split(/[\s()]+/);
    for (const [index, word] of words.entries()) {
      if (word in pairs && begins(words.slice(0, index))) open.push({ word, line });
      if (word === 'then' && begins(words.slice(0, index))) chosen.add(open.at(-1) ?? {});
      const opener = Object.keys(pairs).find((each) => pairs[each] === word);
      if (opener === undefined || !begins(words.slice(0, index))) continue;
      const last = open.pop();
      if (last?.word !== opener)
        return {
          scriptLine: last?.line ?? line,
          message: last ? `${last.word} has no ${pairs[last.word]}` : `${word} has no ${opener}`,
        };
      if (opener === 'if' && !chosen.has(last))
        return { scriptLine: last.line, message: 'if has no then' };
    }
  }
  const last = open.at(-1);
  return last && { scriptLine: last.line, message: `${last.word} has no ${pairs[last.word]}` };
}

/** Whether only words stand before a keyword behind which the shell looks for one. */
function begins(before: readonly string[]): boolean {
  return before.every((word) => /^(?:then|do|else|\{|!|time|)$/.test(word) || word.endsWith('|'));
}

function misread(script: string): Found | undefined {
  const { expanded } = new ShellText(script);
  const [powershell] = /\$env:\w+/i.exec(expanded) ?? [];
  if (powershell !== undefined)
    return {
      scriptLine: lineOf(expanded, powershell),
      message: `${powershell} is PowerShell: this script is for a POSIX shell, which reads $${powershell.slice(5)}`,
    };
  for (const { text, code, line } of commandsOf(script)) {
    const command = text.trim().replace(/^(?:(?:if|elif|while|until|then|do|else|!)\s+)+/, '');
    if (/^\[\[?["$\w-]/.test(command) && /\]/.test(code))
      return { scriptLine: line, message: 'a space is missing behind [' };
    if (/^\[\s/.test(command) && !/\]/.test(command))
      return { scriptLine: line, message: '[ has no ]' };
    const [mark] = /[“”„‘’]/.exec(code) ?? [];
    if (mark !== undefined)
      return { scriptLine: line, message: `${mark} is no quote of the shell, which knows " and '` };
    const [, dashed] = /^([A-Za-z_]\w*-[\w-]*)=/.exec(command) ?? [];
    if (dashed !== undefined)
      return {
        scriptLine: line,
        message: `no variable can be called ${dashed}: a name has letters, digits and _ only`,
      };
    const [, name] = /^([A-Za-z_]\w*)\s+=\s/.exec(command) ?? [];
    if (name !== undefined)
      return {
        scriptLine: line,
        message: `the shell calls a command ${name} here: no spaces around the = of a variable`,
      };
  }
  return undefined;
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length - 1;
}
