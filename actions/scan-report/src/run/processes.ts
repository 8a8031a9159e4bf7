import { runCommand } from '../../../shared/src/command.ts';
import { CommandFailed, lastLines } from '../../../shared/src/errors.ts';

export interface Started {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeLimit: number;
  /** Exit codes that are none of a fault. */
  readonly accepted?: readonly number[];
}

/** Runs a scanner; gives why it failed, '' where it did not. */
export async function failureOf(started: Started): Promise<string> {
  const { file, args, cwd, environment, timeLimit, accepted = [] } = started;
  try {
    await runCommand(file, args, {
      title: file,
      ...(cwd !== undefined && { cwd }),
      ...(environment && { environment }),
      timeout: timeLimit,
    });
    return '';
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    if (error.exitCode !== undefined && accepted.includes(error.exitCode) && !error.ended)
      return '';
    if (error.ended) return `${file} did not end within ${timeLimit / 1000} s`;
    return whatItSaid(error, file);
  }
}

function whatItSaid({ message, stderr, exitCode, signal }: CommandFailed, file: string): string {
  if (exitCode === undefined && signal === undefined)
    return `there is no ${file} on the runner that can be started`;
  const ended = signal ? `was ended by ${signal}` : `ended with exit code ${exitCode}`;
  const said = lastLines(stderr, 40)
    .split('\n')
    .map((line) =>
      line
        .replace(/^\S+\s+FATAL\s+/, '')
        .replace(/^[\s*-]+/, '')
        .trim(),
    )
    .filter((line) => line !== '');
  const last = said.at(-1) ?? '';
  return message === '' ? ended : `${file} ${ended}${last && `: ${last}`}`;
}
