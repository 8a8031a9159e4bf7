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
      if (!piped && !inside) return [];
      const message =
        'the script runs what it downloads, whatever that is by then: download it, compare its checksum, then run it, or take an action by its commit';
      return [{ path: [...path, 'run'], scriptLine: command.line, message }];
    }),
  );
}
