import { secretNames } from './expressions-of-env.ts';
import { type Checked, type Fault, jobsOf } from './fault.ts';
import {
  type Command,
  commandsOf,
  handedTo,
  isRedirected,
  isWriter,
  uses,
} from './shell-commands.ts';

/** Scripts that print a secret to the log, or write it to a file that later steps or readers of the run get. */
export function secretFaults(checked: Checked): Fault[] {
  return jobsOf(checked).flatMap(({ path, job }) =>
    job.steps.flatMap((step, index) => {
      if (step.run === undefined) return [];
      const names = secretNames(step, job, checked);
      return printed(step.run).flatMap(({ command, to }) =>
        names
          .filter((name) => uses(command, name))
          .map((name) => ({
            path: [...path, 'steps', index, 'run'],
            message: `the script prints the secret ${name}${to === 'log' ? '' : ` to $${to}`}`,
            scriptLine: command.line,
          })),
      );
    }),
  );
}

interface Printed {
  readonly command: Command;
  readonly to: 'log' | NonNullable<ReturnType<typeof handedTo>>;
}

/** The commands of a script that write what is given to them where others see it. */
function printed(script: string): readonly Printed[] {
  const commands = commandsOf(script);
  const ofGroup = groupOutput(commands);
  return commands.flatMap((command): Printed[] => {
    if (!isWriter(command) || command.expanded.includes('::add-mask::')) return [];
    const to = handedTo(command);
    if (to) return [{ command, to }];
    return isRedirected(command) || ofGroup === undefined ? [] : [{ command, to: ofGroup }];
  });
}

/** Where commands print whose output is not redirected; `undefined` where a group of them goes somewhere else. */
function groupOutput(commands: readonly Command[]): Printed['to'] | undefined {
  const redirected = commands.filter(
    (command) =>
      (/^(?:\}|\)|done|fi|esac|exec)/.test(command.name) && isRedirected(command)) ||
      /\(\s*\)/.test(command.code),
  );
  if (redirected.length === 0) return 'log';
  return redirected.map(handedTo).find((file) => file !== undefined);
}
