import { untrustedByOutput, untrustedNames } from './expressions-of-env.ts';
import { type Checked, type Fault, stepsOf } from './fault.ts';
import {
  type Command,
  carriersOf,
  commandsOf,
  handedTo,
  type PipelinePart,
  pipelineOf,
  uses,
} from './shell-commands.ts';

/** Scripts that run as a command, or hand on as a variable, what others write: the title of a pull request. */
export function untrustedFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap((placed) => {
    const { step, job, path } = placed;
    if (step.run === undefined) return [];
    const byOutput = new Set(untrustedByOutput(placed, checked));
    const commands = commandsOf(step.run);
    const names = carriersOf(untrustedNames(step, job, checked), commands);
    return commands.flatMap((command) =>
      names
        .filter((name) => uses(command, name))
        .flatMap((name) => {
          const message =
            danger(command, name) ?? (byOutput.has(name) ? unquoted(command, name) : undefined);
          const at = [...path, 'run'];
          return message ? [{ path: at, message, scriptLine: command.line }] : [];
        }),
    );
  });
}

/** What types see of a variable that is given directly. */
function unquoted({ code }: Command, name: string): string | undefined {
  if (
    !new RegExp(`\\$(?:${name}(?!\\w)|\\{${name}[^}]*\\})`).test(code) ||
    /^\s*\w+=\S*$/.test(code)
  )
    return undefined;
  return `others write ${name}, by way of an output: write "$${name}" in quotes`;
}

function danger(command: Command, name: string): string | undefined {
  if (
    command.name === 'eval' ||
    /(?:^|[\s/])(?:ba|da|z)?sh\s+(?:-\w+\s+)*-\w*c\b/.test(command.code)
  )
    return `the script runs as commands what others write in ${name}`;
  const [first, ...rest] = pipelineOf(command);
  if (
    first &&
    rest.some((part) => /^(?:ba|da|z)?sh$/.test(part.name) && !/\s-c\b/.test(part.text)) &&
    uses(command, name)
  )
    return `the script runs as commands what others write in ${name}`;
  const reader = pipelineOf(command).find((part) => readsAsCode(part, name));
  if (reader)
    return `${reader.name} reads as its own commands what others write in ${name}: hand it over as data (awk -v, jq --arg, an argument), and to ssh on its standard input`;
  if (handedTo(command) === 'GITHUB_PATH')
    return `the script writes to $GITHUB_PATH what others write in ${name}: programs are looked for there from then on`;
  if (handedTo(command) !== 'GITHUB_ENV') return undefined;
  return `the script writes to $GITHUB_ENV what others write in ${name}: a second line in it sets any variable`;
}

const ofCode = /^(?:python3?|node|perl|ruby|php|psql|mysql|sqlite3|osascript|pwsh|deno)$/;

/** Whether a program gets the variable within a text that it runs: a script of sed or awk, `-e`, what ssh runs elsewhere. */
function readsAsCode({ name, text, expanded }: PipelinePart, variable: string): boolean {
  if (!new RegExp(`\\$\\{?${variable}(?!\\w)`).test(expanded)) return false;
  const used = `\\$\\{?${variable}(?!\\w)`;
  if (name === 'ssh')
    return new RegExp(`ssh\\s+(?:-\\S+\\s+(?:\\S+=\\S+\\s+)?)*\\S+\\s.*${used}`, 's').test(text);
  if (/^g?sed$/.test(name)) return new RegExp(`"[^"]*[/|,#@][^"]*${used}`).test(text);
  if (/^[gm]?awk$/.test(name))
    return new RegExp(`awk\\s+(?:-F\\s*\\S+\\s+)*"[^"]*${used}`).test(text);
  return (
    ofCode.test(name) && new RegExp(`\\s-(?:c|e|r|-eval|-command)\\s*"[^"]*${used}`).test(text)
  );
}
