import {
  CommandFailed,
  ConnectionLost,
  lastLines,
  PhaseFailed,
} from '../../../shared/src/errors.ts';
import type { CommandCheck, CommandStep } from '../checks/types.ts';
import type { Host } from '../host/host.ts';
import { type Deviation, excerpt } from '../judge/deviation.ts';
import { fill } from '../placeholders.ts';
import { type Kind, withoutHost } from '../run.ts';

/** One command in a container. */
export const command: Kind<CommandCheck> = {
  expected: (check) => `${commandInWords(check)}: ${outputInWords(check)}`,
  async attempt(check, { host, values }, limit) {
    if (host === undefined) return withoutHost;
    const { deviations } = await runCommandStep(fill(check, values), host, limit);
    return { deviations, seen: deviations.length === 0 ? 'exit code 0' : 'not that' };
  },
};

/** Runs a command in the container of a service and judges its output. */
export async function runCommandStep(
  step: Omit<CommandStep, 'name'>,
  host: Host,
  limit: number,
): Promise<{ readonly deviations: Deviation[] }> {
  const expected = outputInWords(step);
  try {
    const output = await host.execute(step, limit);
    return isRight(step, output)
      ? { deviations: [] }
      : { deviations: [{ what: 'output', expected, actual: excerpt(output) }] };
  } catch (error) {
    const isKnown = [CommandFailed, PhaseFailed, ConnectionLost].some(
      (each) => error instanceof each,
    );
    if (!isKnown) throw error;
    return { deviations: [{ what: 'command', expected, actual: reasonOf(error as Error) }] };
  }
}

/** The command as people would type it. */
export function commandInWords({ service, command }: Omit<CommandStep, 'name'>): string {
  return `${command.join(' ')} in ${service}`;
}

function outputInWords({ contains, pattern }: Omit<CommandStep, 'name'>): string {
  const texts = contains === undefined ? [] : [contains].flat();
  return [
    'exit code 0',
    ...texts.map((text) => `output contains ${JSON.stringify(text)}`),
    ...(pattern === undefined ? [] : [`output matches /${pattern}/`]),
  ].join(', ');
}

function isRight({ contains = [], pattern }: Omit<CommandStep, 'name'>, output: string): boolean {
  return (
    [contains].flat().every((text) => output.includes(text)) &&
    (pattern === undefined || new RegExp(pattern, 'um').test(output))
  );
}

function reasonOf(error: Error): string {
  if (!(error instanceof CommandFailed) || error.exitCode === undefined) return error.message;
  const said = lastLines(error.stderr || error.stdout, 5);
  return `exit code ${error.exitCode}${said === '' ? '' : `: ${said}`}`;
}
