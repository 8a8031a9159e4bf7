import { ExecaError } from 'execa';
import { cliArguments } from '../repository/cli-arguments.ts';
import { run } from '../terminal/process.ts';

/**
 * Compiles the workflows of the repository at `root` with what is now in its files, and checks all types. Returns
 * what the two commands print about lines that no longer hold.
 */
export async function rebuild(root: string): Promise<readonly string[]> {
  // A process of its own: this one may have loaded the files as they were before.
  const command = ['build', '--only', 'workflows', '--no-lint', '--types'];
  const printed = await complaint(root, process.execPath, cliArguments(command));
  return printed === undefined ? [] : [printed];
}

async function complaint(
  cwd: string,
  file: string,
  args: readonly string[],
): Promise<string | undefined> {
  try {
    await run(file, args, { cwd });
    return undefined;
  } catch (error) {
    if (!(error instanceof ExecaError) || error.exitCode === undefined) throw error;
    const printed = [error.stdout, error.stderr].filter(Boolean).join('\n').trim();
    return printed || error.shortMessage;
  }
}
