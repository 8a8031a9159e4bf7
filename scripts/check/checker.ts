import { ExecaError } from 'execa';
import { UserError } from '../terminal/errors.ts';
import { run } from '../terminal/process.ts';

interface Checker {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** What mends what it finds. */
  readonly advice: string;
}

/** Runs a checking tool; where it finds something, throws a UserError with what it printed. */
export async function runChecker({ command, args, cwd, advice }: Checker): Promise<void> {
  try {
    await run(command, args, { cwd });
  } catch (error) {
    if (!(error instanceof ExecaError) || error.exitCode === undefined) throw error;
    const printed = [error.stdout, error.stderr].filter(Boolean).join('\n');
    throw new UserError(`${printed}\n${advice}`, { cause: error });
  }
}
