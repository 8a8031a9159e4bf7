import { secretNames } from './expressions-of-env.ts';
import { type Checked, type Fault, jobsOf } from './fault.ts';
import {
  type Command,
  commandsOf,
  handedTo,
  isRedirected,
  isWriter,
  pipelineOf,
  uses,
} from './shell-commands.ts';

/** Scripts that print a secret to the log, or write it to a file that later steps or readers of the run get. */
export function secretFaults(checked: Checked): Fault[] {
  return jobsOf(checked).flatMap(({ path, job }) =>
    job.steps.flatMap((step, index) => {
      if (step.run === undefined) return [];
      const names = secretNames(step, job, checked);
      if (names.length === 0) return [];
      const at = [...path, 'steps', index, 'run'];
      const shown = shownBySide(step.run, names);
      if (shown) return [{ path: at, ...shown }];
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

/** Ways in which a secret is shown without being printed: with all variables, with each command, to who lists processes. */
function shownBySide(
  script: string,
  names: readonly string[],
): Pick<Fault, 'message' | 'scriptLine'> | undefined {
  const commands = commandsOf(script);
  const all = commands.find(({ text }) =>
    /^\s*(?:printenv|env|export -p|declare -[xp]|set)\s*$/.test(text),
  );
  if (all)
    return {
      scriptLine: all.line,
      message: `the script prints all variables, and ${names[0]} is a secret`,
    };
  const traced = commands.findIndex(({ text }) => /^\s*set\s+-(?:\w*x\w*|o xtrace)\b/.test(text));
  const after = traced < 0 ? [] : commands.slice(traced);
  const used = names.find((name) => after.some((command) => uses(command, name)));
  if (used !== undefined)
    return {
      scriptLine: commands[traced]?.line ?? 0,
      message: `set -x prints each command, and ${used} is a secret`,
    };
  const login = commands.find(
    (command) =>
      /\blogin\b/.test(command.text) &&
      names.some((name) =>
        new RegExp(`\\s(?:-p|--password)[= ]?"?\\$\\{?${name}\\b`).test(command.expanded),
      ),
  );
  return (
    login && {
      scriptLine: login.line,
      message:
        'a password in the arguments is for all to see who list processes: take --password-stdin',
    }
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
    const fed = changing.test(command.name) && command.expanded.includes('<<<');
    if (!(isWriter(command) || fed) || command.expanded.includes('::add-mask::')) return [];
    const to = handedTo(command);
    if (to) return [{ command, to }];
    if (printsChanged(command)) return [{ command, to: 'log' }];
    return isRedirected(command) || ofGroup === undefined ? [] : [{ command, to: ofGroup }];
  });
}

const changing =
  /^(?:base64|base32|rev|xxd|od|hexdump|tr|sed|cut|head|tail|cat|fold|sort|uniq|tee|jq|awk|grep|python3?|openssl|nl|wc)$/;

/** Whether a pipeline prints what it got in a form in which GitHub does not know the secret any more. */
function printsChanged(command: Command): boolean {
  const parts = pipelineOf(command);
  const last = parts.at(-1);
  if (parts.length < 2 || !last || />(?!&)/.test(last.code) || last.name === 'wc') return false;
  // What a program counts, or says of a secret, is none.
  if (/\bgrep\s+-\w*[qc]|\bopenssl\s+(?:x509|rsa|pkey|enc -d)|python3? /.test(last.text))
    return false;
  return changing.test(last.name);
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
