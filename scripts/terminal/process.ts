import { ExecaError, execa } from 'execa';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to the command's standard input; secrets travel this way, never in arguments. */
  readonly input?: string;
  /** Milliseconds; the default is ten minutes. */
  readonly timeout?: number;
  /** For a command that leaves a process behind, which would hold its output's pipes open: drops the output. */
  readonly leavesProcess?: boolean;
}

const tenMinutes = 600_000;

/** Runs a command (a file and an argument list, never a shell string) and returns its standard output. */
export async function run(
  file: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<string> {
  const { leavesProcess, timeout = tenMinutes, ...rest } = options;
  const output = leavesProcess ? 'ignore' : 'pipe';
  const result = await execa(file, args, {
    ...rest,
    timeout,
    stdin: options.input === undefined ? 'ignore' : 'pipe',
    stdout: output,
    stderr: output,
  });
  return result.stdout ?? '';
}

/** Tells whether a command succeeds; a file that does not exist counts as a failure. */
export async function succeeds(
  file: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<boolean> {
  return (await attempt(file, args, options)) !== undefined;
}

/** Runs a command and returns its standard output, or `undefined` where it failed or does not exist. */
export async function attempt(
  file: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<string | undefined> {
  try {
    return await run(file, args, options);
  } catch (error) {
    if (error instanceof ExecaError) return undefined;
    throw error;
  }
}
