import { ExecaError } from 'execa';
import { UserError } from '../errors.ts';
import { run } from '../process.ts';
import { repositoryRoot } from '../repository.ts';

/** Runs a checking tool over the repository; where it finds something, throws a UserError with what it printed. */
export async function runChecker(
  file: string,
  args: readonly string[],
  advice: string,
): Promise<void> {
  try {
    await run(file, args, { cwd: repositoryRoot });
  } catch (error) {
    if (!(error instanceof ExecaError) || error.exitCode === undefined) throw error;
    const printed = [error.stdout, error.stderr].filter(Boolean).join('\n');
    throw new UserError(`${printed}\n${advice}`, { cause: error });
  }
}
