import type { PlainJob, PlainStep } from '../plain.ts';
import { isCheck } from './check-commands.ts';
import { type Checked, type Fault, stepsOf } from './fault.ts';
import { type Command, calledBy, commandsOf, pipelineOf } from './shell-commands.ts';
import { namedShell, shellOf } from './shells.ts';

/** Programs whose failure before a pipe means nothing, or that have none. */
const harmless =
  /^(?:echo|printf|cat|ls|find|sort|uniq|date|head|tail|tr|sed|awk|cut|grep|egrep|env|printenv|uname|seq|yes|true|tee|xargs|wc|basename|dirname|ps|df|id|set|ss|paste|rev|column|\{|\(|for|while|if|case|do|done|fi|then|else|\$|"\$)/;

/** Pipelines of which only the last program can fail the step: every shell but the `bash` of a definition is without pipefail. */
export function pipeFaults(checked: Checked): Fault[] {
  const all = stepsOf(checked).flatMap(({ step, job, path }) => {
    if (step.run === undefined) return [];
    const shell = shellOf(step, job, checked);
    if (!/^(?:bash|sh)\b/.test(shell)) return [];
    return withoutPipefail(step.run, shellName(step, job, checked)).map(({ command, name }) => ({
      path: [...path, 'run'],
      message: `${name} may fail unseen, since only the last program of a pipe counts: ${shell.startsWith('sh') ? "take shell: 'bash', which has pipefail" : "add shell: 'bash', which has pipefail, or set -o pipefail"}`,
      scriptLine: command.line,
      named: namedShell(step, job, checked) !== undefined,
    }));
  });
  // A shell that the workflow names nowhere is one mistake, however many pipes there are.
  const unnamed = all.filter(({ named }) => !named);
  return [...all.filter(({ named }) => named), ...unnamed.slice(0, 1)].map(
    ({ named: _, ...fault }) => fault,
  );
}

function shellName(step: PlainStep, job: PlainJob, checked: Checked): string {
  return namedShell(step, job, checked) ?? 'unnamed';
}

function withoutPipefail(script: string, shell: string): { command: Command; name: string }[] {
  const commands = commandsOf(script);
  // GitHub adds `-o pipefail` to the shell that is called bash, and to nothing else.
  let pipefail = shell === 'bash' || /pipefail/.test(shell);
  const found: { command: Command; name: string }[] = [];
  for (const command of commands) {
    const set = /^\s*set\s.*([-+])o\s+pipefail|^\s*set\s+([-+])\w*o\s+pipefail/.exec(command.text);
    if (set) pipefail = (set[1] ?? set[2]) === '-';
    if (pipefail) continue;
    const parts = pipelineOf(command);
    const before = parts
      .slice(0, -1)
      .filter(({ name, text }) => !harmless.test(name) && !harmless.test(calledBy(text)));
    const [first] = before;
    const asked = /^\s*(?:if|elif|while|until|!)\s/.test(command.code) && !isCheck(command);
    if (first && !asked)
      found.push({ command, name: calledBy(first.text).split(/\s+/).slice(0, 2).join(' ') });
  }
  return found;
}
