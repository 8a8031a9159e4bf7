import { type Command, commandsOf, handedTo, isProgram, isWriter } from './shell-commands.ts';

/** Whether a script writes an output; what another program writes, or a name that is computed, is believed. */
export function writes(script: string, output: string): boolean {
  const commands = commandsOf(script);
  const written = commands.filter((command) => handedTo(command) === 'GITHUB_OUTPUT');
  if (written.length === 0) return elsewhere(script);
  // A group of commands, or a function, whose output is written as a whole.
  const grouped = written.some(
    ({ name, code }) => /^(?:\}|\)|done|fi|esac|exec)/.test(name) || /\(\s*\)/.test(code),
  );
  const candidates = grouped
    ? commands.filter((each) => isWriter(each) || isProgram(each))
    : written;
  const name = output.replaceAll(/\W/g, '\\$&');
  const own = new RegExp(`(?:^|[\\s'"{]|\\\\n)${name}(?:=|<<)`, 'm');
  const computed = /\$(?:\w+|\{\w+\})(?:=|<<)/;
  return candidates.some(
    (command) =>
      (isProgram(command) && !isAssignment(command)) ||
      own.test(command.text) ||
      computed.test(command.text),
  );
}

/** `name=$(…)` keeps a value for the script, and writes nothing. */
function isAssignment({ text }: Command): boolean {
  return /^\s*(?:export |local |readonly )?\w+=\S*\$\(/.test(text);
}

/** A script that says the file by another name, or leaves it to what it calls. */
function elsewhere(script: string): boolean {
  return script.includes('GITHUB_OUTPUT');
}
