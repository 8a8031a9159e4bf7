import { type Checked, type Fault, stepsOf } from './fault.ts';
import { commandsOf, pipelineOf } from './shell-commands.ts';

const fetched = /^(?:curl|wget)$/;
const shells = /^(?:ba|da|z)?sh$|^python3?$|^node$|^perl$|^ruby$/;

/** What is run as it comes from the network, whoever wrote it today. */
export function downloadFaults(checked: Checked): Fault[] {
  return stepsOf(checked).flatMap(({ step, path }) =>
    commandsOf(step.run ?? '').flatMap((command): Fault[] => {
      const parts = pipelineOf(command);
      const from = parts.findIndex(({ name }) => fetched.test(name));
      const to = parts
        .slice(from + 1)
        .find(
          ({ name, text }) => shells.test(name.split('/').at(-1) ?? '') && !/\s-[cm]\s/.test(text),
        );
      const piped = from >= 0 && to;
      const inside =
        /(?:\b(?:ba|da|z)?sh|\beval|\bsource|(?:^|\s)\.)\s+(?:-\w+\s+)*["']?(?:<\(|\$\()\s*(?:curl|wget)\b/.test(
          command.text,
        );
      const kept = keptAndRun(command.text, step.run ?? '');
      if (!piped && !inside && !kept) return [];
      const message =
        'the script runs what it downloads, whatever that is by then: download it, compare its checksum, then run it, or take an action by its commit';
      return [{ path: [...path, 'run'], scriptLine: command.line, message }];
    }),
  );
}

/** `curl -o install.sh …` and `bash install.sh`, and no look at what it is in between. */
function keptAndRun(command: string, script: string): boolean {
  if (!/^\s*(?:curl|wget)\b/.test(command)) return false;
  if (/sha\d+sum|shasum|gpg|cosign|minisign/.test(script)) return false;
  const [, file] =
    /(?:\s-\w*[oO]\s*|--output[= ]|>\s*)["']?([\w./-]+\.(?:sh|bash|py|pl))\b/.exec(command) ??
    /\/([\w.-]+\.(?:sh|bash|py|pl))["']?\s*$/.exec(command) ??
    [];
  if (file === undefined) return false;
  const name = file.replaceAll(/\W/g, '\\$&');
  return new RegExp(
    `(?:^|[;&|\\s])(?:(?:ba|da|z)?sh|python3?|perl|source|\\.)\\s+(?:-\\w+\\s+)*["']?(?:\\./)?${name}|(?:^|[;&|]\\s*|\\n)\\s*(?:sudo )?\\./${name}`,
  ).test(script);
}
