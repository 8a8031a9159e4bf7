import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { packageRoot } from '../repository/repository.ts';
import { main } from '../terminal/main.ts';

const summary = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  // A file that fails before its first test counts as a failed suite only.
  numFailedTestSuites: z.number(),
});

/** Runs a command of this repository in the foreground; returns whether it succeeded. */
async function foreground(
  file: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  const options = { cwd: packageRoot, stdio: 'inherit', preferLocal: true } as const;
  const { failed } = await execa(file, args, {
    ...options,
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: 60_000,
  });
  return !failed;
}

await main(async (signal) => {
  const folder = await mkdtemp(join(tmpdir(), 'staging-pipeline-tests-'));
  const report = join(folder, 'report.json');
  try {
    const checked = await foreground('npm', ['run', '--silent', 'check'], signal);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const tested = await foreground(
      'vitest',
      ['run', '--project=!faults', '--project=!smoke-many', ...reporters, ...process.argv.slice(2)],
      signal,
    );
    const counts = summary.parse(JSON.parse(await readFile(report, 'utf8')));
    const failed = counts.numFailedTests || (tested ? 0 : counts.numFailedTestSuites || 1);
    const skipped = counts.numPendingTests > 0 ? `, ${counts.numPendingTests} skipped` : '';
    if (!checked) console.log('\n`npm run check` failed: see above.');
    console.log(
      `\n${counts.numPassedTests} passed, ${failed + (checked ? 0 : 1)} failed${skipped}`,
    );
    return checked && tested ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true });
  }
});
