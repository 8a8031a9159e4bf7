import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { runCommand, runLogged } from '../../../shared/src/command.ts';
import { CommandFailed, PhaseFailed } from '../../../shared/src/errors.ts';

/** What squawk has found, as it says it. */
export interface Complaint {
  readonly rule: string;
  readonly message: string;
  readonly help: string | undefined;
  /** First and last line of the statement's part, counted from 0. */
  readonly line: number;
  readonly endLine: number;
}

const reportSchema = z.array(
  z.object({
    rule_name: z.string(),
    message: z.string(),
    help: z.string().nullish(),
    line: z.number(),
    line_end: z.number().optional(),
  }),
);

/** What its opt-in rules find matters here too. */
const included = [
  'ban-drop-view',
  'ban-drop-schema',
  'ban-drop-sequence',
  'ban-drop-type',
  'ban-set-schema',
];

/** Lets squawk read SQL for a version of PostgreSQL (as `server_version_num`). Throws `PhaseFailed` where it cannot. */
export async function complaintsAbout(
  squawk: string,
  sql: string,
  options: { readonly serverVersion: number; readonly temporaryDirectory: string },
): Promise<Complaint[]> {
  const file = join(options.temporaryDirectory, `plan-${process.pid}.sql`);
  await writeFile(file, sql);
  try {
    const version = `${Math.floor(options.serverVersion / 10_000)}.0`;
    const words = ['--reporter', 'json', '--pg-version', version, '--assume-in-transaction'];
    const report = await reportOf(squawk, [...words, `--include=${included.join(',')}`, file]);
    return reportSchema.parse(JSON.parse(report || '[]')).map((found) => ({
      rule: found.rule_name,
      message: found.message,
      help: found.help ?? undefined,
      line: found.line,
      endLine: found.line_end ?? found.line,
    }));
  } finally {
    await rm(file, { force: true });
  }
}

/** squawk ends with 1 when it has found something. */
async function reportOf(squawk: string, words: readonly string[]): Promise<string> {
  try {
    return (await runCommand(squawk, words, { title: 'squawk', timeout: 60_000 })).stdout;
  } catch (error) {
    if (error instanceof CommandFailed && error.exitCode === 1 && error.stdout.trim() !== '')
      return error.stdout;
    throw error;
  }
}

/** Where squawk is: installed from its wheel, whose hash is pinned, unless it is there. Throws `PhaseFailed`. */
export async function ensureSquawk(
  toolDirectory: string,
  onProgress: (line: string) => void,
): Promise<string> {
  const requirements = fileURLToPath(new URL(besideBundle(), import.meta.url));
  const folder = join(toolDirectory, `squawk-${squawkVersion}`);
  const command = join(folder, 'bin', 'squawk');
  if (existsSync(command)) return command;
  const partial = `${folder}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  try {
    const words = [
      ...[
        '-m',
        'pip',
        'install',
        '--disable-pip-version-check',
        '--no-input',
        '--progress-bar=off',
      ],
      // Seconds that the index may say nothing, and how often it is asked again.
      ...['--timeout=20', '--retries=2', '--target', partial],
      ...['--no-deps', '--only-binary=:all:', '--require-hashes', '--requirement', requirements],
    ];
    await runLogged('python3', words, { title: 'installing squawk', onLine: onProgress });
    await copyFile(requirements, join(partial, 'requirements.txt'));
    await rename(partial, folder);
    return command;
  } catch (error) {
    if (existsSync(command)) return command;
    if (!(error instanceof CommandFailed)) throw error;
    throw new PhaseFailed(
      'lint',
      `squawk, which reads the SQL, cannot be installed: it needs python3 with pip and the package index. ` +
        `Set lint: off to do without.\n${error.message}`,
      { cause: error },
    );
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** The version that squawk.txt pins. */
export const squawkVersion = '2.70.0';

function besideBundle(): string {
  return existsSync(new URL('squawk.txt', import.meta.url)) ? 'squawk.txt' : '../squawk.txt';
}
