import { performance } from 'node:perf_hooks';
import { execa } from 'execa';

/** A program to measure. */
export interface Program {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Throws where the program did not do what it is measured for. */
  readonly check: (log: string) => void;
}

/** Milliseconds that each program takes as a process, by round: one after the other, so that all see the same machine. */
export async function measureTimes(
  programs: readonly Program[],
  rounds: number,
  signal: AbortSignal,
): Promise<number[][]> {
  // The first run reads files that the others find in memory.
  for (const program of programs) await runProgram(program, signal);
  const times: number[][] = programs.map(() => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, program] of programs.entries()) {
      const began = performance.now();
      await runProgram(program, signal);
      times[index]?.push(performance.now() - began);
    }
  return times;
}

// Not resourceUsage().maxRSS: Linux begins that with the size of the process which started this one.
const probe = `data:text/javascript,${encodeURIComponent(
  "import { readFileSync } from 'node:fs'; process.on('exit', () => process.stderr.write('\\npeak=' + /^VmHWM:\\s+(\\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))[1] + '\\n'));",
)}`;

/** The most memory that a program holds, in MiB; measured apart, since asking takes time. */
export async function measureMemory(program: Program, signal: AbortSignal): Promise<number> {
  const args = ['--import', probe, ...program.args];
  const log = await runProgram({ ...program, args }, signal);
  const peak = /^peak=(?<kibibytes>\d+)$/m.exec(log)?.groups?.kibibytes;
  if (peak === undefined) throw new Error(`no peak of memory in the output:\n${log}`);
  return Number(peak) / 1024;
}

async function runProgram({ args, env, check }: Program, signal: AbortSignal): Promise<string> {
  const { all } = await execa(process.execPath, args, {
    env,
    extendEnv: false,
    all: true,
    timeout: 60_000,
    cancelSignal: signal,
  });
  check(all);
  return all;
}
