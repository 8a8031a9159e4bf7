import { commandsOf, isProgram } from './shell-commands.ts';
import { ShellText } from './shell-text.ts';

/** Whether a script writes an output; what another program writes, or a name that is computed, is believed. */
export function writes(script: string, output: string): boolean {
  const text = new ShellText(script).uncommented;
  if (!text.includes('GITHUB_OUTPUT')) return false;
  const name = output.replaceAll(/\W/g, '\\$&');
  const written = new RegExp(`(?:^|[\\s'"{]|\\\\n)${name}(?:=|<<)`, 'm');
  const computed = /\$(?:\w+|\{\w+\})(?:=|<<)/;
  return written.test(text) || computed.test(text) || anotherProgramWrites(script);
}

function anotherProgramWrites(script: string): boolean {
  return commandsOf(script).some(
    (command) => command.expanded.includes('GITHUB_OUTPUT') && isProgram(command),
  );
}
