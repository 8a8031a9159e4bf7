import { readFile } from 'node:fs/promises';
import { CommandFailed, lastLines, PhaseFailed } from '../../shared/src/errors.ts';
import type { SshSession } from '../../shared/src/ssh.ts';
import { type ExecutorCall, receiverWords } from './plan.ts';

/** Key=value lines that the executor printed; a key may come more than once. */
export type ExecutorResult = ReadonlyMap<string, readonly string[]>;

/** The text of the executor: executor.sh lies beside this module in src/, and beside the bundle in dist/. */
export function readExecutor(): Promise<string> {
  return readFile(new URL('executor.sh', import.meta.url), 'utf8');
}

export interface ExecutorRun {
  readonly call: ExecutorCall;
  /** The executor's file on the host; without it, the script itself goes ahead of `input`. */
  readonly file?: string;
  /** What the executor reads from standard input. */
  readonly input: string;
  readonly onProgress: (line: string) => void;
}

/** Runs the executor on the host and returns what it reported. Throws `PhaseFailed` with its reason. */
export async function runExecutor(session: SshSession, run: ExecutorRun): Promise<ExecutorResult> {
  const script = run.file === undefined ? await readExecutor() : '';
  const program = run.file === undefined ? receiverWords(script) : ['sh', run.file];
  try {
    const { stdout } = await session.run([...program, ...run.call.words], {
      input: script + run.input,
      timeout: run.call.timeout,
      onProgress: run.onProgress,
    });
    return parseResult(stdout);
  } catch (error) {
    if (!(error instanceof CommandFailed) || error.exitCode === undefined) throw error;
    const reason = lastLines(error.stderr, 1).replace(/^error: /, '');
    throw new PhaseFailed(run.call.words[0] ?? 'executor', reason || error.message, {
      cause: error,
    });
  }
}

/** Reads the executor's key=value lines. */
export function parseResult(stdout: string): ExecutorResult {
  const result = new Map<string, string[]>();
  for (const line of stdout.split('\n')) {
    const at = line.indexOf('=');
    if (at < 0) continue;
    const key = line.slice(0, at);
    result.set(key, [...(result.get(key) ?? []), line.slice(at + 1)]);
  }
  return result;
}
