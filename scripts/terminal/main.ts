import { UserError } from './errors.ts';

/**
 * Runs a command's work and ends the process with its exit code. An error of the user or of a command
 * is shown without a stack; Ctrl-C aborts the signal, so that the work can end what it started.
 */
export async function main(work: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => controller.abort(new UserError(`Ended by ${signal}`)));
  try {
    process.exitCode = await work(controller.signal);
  } catch (error) {
    // Loading it takes longer than many a command.
    const { ExecaError } = await import('execa');
    const known = error instanceof UserError || error instanceof ExecaError;
    console.error('\nError:', known ? error.message : error);
    // Commands that still run beside the one that failed end with this process.
    process.exit(1);
  }
}
