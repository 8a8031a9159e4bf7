import { untrustedByOutput, untrustedNames } from './expressions-of-env.ts';
import { type Checked, type Fault, stepsOf } from './fault.ts';
import { type Command, commandsOf, handedTo, uses } from './shell-commands.ts';

/** Scripts that run as a command, or hand on as a variable, what others write: the title of a pull request. */
export function untrustedFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap((placed) => {
    const { step, job, path } = placed;
    if (step.run === undefined) return [];
    const names = untrustedNames(step, job, checked);
    const byOutput = new Set(untrustedByOutput(placed, checked));
    return commandsOf(step.run).flatMap((command) =>
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
  if (handedTo(command) !== 'GITHUB_ENV') return undefined;
  return `the script writes to $GITHUB_ENV what others write in ${name}: a second line in it sets any variable`;
}
