import { type Checked, type Fault, stepsOf } from './fault.ts';
import { isShell } from './script-places.ts';
import { type Command, calledBy, commandsOf } from './shell-commands.ts';

/** Programs that read the dollar sign themselves, or run what they get. */
const readers =
  /^(?:awk|gawk|mawk|sed|perl|jq|yq|grep|egrep|rg|find|xargs|bash|sh|dash|zsh|su|env|envsubst|trap|eval|git|gh|docker|docker-compose|kubectl|python3?|node|ruby|php|psql|mysql|mongosh|timeout|nsenter|watch|parallel|alias|PS4)$/;

/** `'$NAME'` in single quotes, in which the shell expands nothing, where NAME is a variable of the script. */
export function singleQuoteFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap(({ step, job, path }): Fault[] => {
    const { run } = step;
    if (run === undefined || !isShell(step, job, checked)) return [];
    const names = new Set([
      ...[checked.workflow.env, job.env, step.env].flatMap((env) => Object.keys(env ?? {})),
      ...[...run.matchAll(/(?:^|[\s;(])([A-Za-z_]\w*)=/g)].map(([, name = '']) => name),
      ...['OUTPUT', 'ENV', 'PATH', 'STEP_SUMMARY'].map((file) => `GITHUB_${file}`),
    ]);
    return commandsOf(run).flatMap((command): Fault[] => {
      const name = keptName(command, names);
      if (name === undefined) return [];
      const message = `$${name} stays as it is in '…': write it in "…"`;
      return [{ path: [...path, 'run'], scriptLine: command.line, message }];
    });
  });
}

function keptName(command: Command, names: ReadonlySet<string>): string | undefined {
  const called = calledBy(command.text);
  const [program = ''] = called.split(/\s/);
  if (readers.test(program.split('/').at(-1) ?? '') || command.text.includes('<<'))
    return undefined;
  // Of a pipeline or $(…) other programs may read it.
  if (/[|`]|\$\(/.test(command.code)) return undefined;
  const { text, expanded } = command;
  for (const { 0: found, 1: name = '', index } of text.matchAll(/\$\{?([A-Za-z_]\w*)\}?/g)) {
    if (!names.has(name) || expanded.slice(index, index + found.length) === found) continue;
    // After a backslash it is meant; in '…' the quote stands before it.
    if (text[index - 1] !== '\\' && text.slice(0, index).includes("'")) return name;
  }
  return undefined;
}
