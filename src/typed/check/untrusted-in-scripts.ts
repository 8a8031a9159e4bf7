import { untrustedNames } from './expressions-of-env.ts';
import { type Checked, type Fault, jobsOf } from './fault.ts';
import { type Command, commandsOf, handedTo, uses } from './shell-commands.ts';

/** Scripts that run as a command, or hand on as a variable, what others write: the title of a pull request. */
export function untrustedFaults(checked: Checked): Fault[] {
  return jobsOf(checked).flatMap(({ path, job }) =>
    job.steps.flatMap((step, index) => {
      if (step.run === undefined) return [];
      const names = untrustedNames(step, job, checked);
      return commandsOf(step.run).flatMap((command) =>
        names
          .filter((name) => uses(command, name))
          .flatMap((name) => {
            const message = danger(command, name);
            const at = [...path, 'steps', index, 'run'];
            return message ? [{ path: at, message, scriptLine: command.line }] : [];
          }),
      );
    }),
  );
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
