import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runChecker } from '../../check/checker.ts';
import { ensureShellCheck } from '../../lint/shellcheck.ts';
import { packageRoot } from '../../repository/repository.ts';
import { run } from '../../terminal/process.ts';

const shebang = /^#!.*\b(?:sh|bash|dash)\b/;

/** Runs ShellCheck over every shell script that git knows or would add, whatever its name. */
export async function checkShellScripts({ note }: { note(text: string): void }): Promise<void> {
  await ensureShellCheck();
  const scripts = await shellScripts(packageRoot);
  await runChecker({
    command: 'shellcheck',
    args: ['--format=gcc', ...scripts],
    cwd: packageRoot,
    advice: 'https://www.shellcheck.net/wiki/ explains each code.',
  });
  note(`${scripts.length}`);
}

/** The shell scripts of a repository, told by their first line, relative to it. */
export async function shellScripts(repository: string): Promise<readonly string[]> {
  const listed = await run('git', [
    ...['-C', repository, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    ...['--deduplicate'],
  ]);
  const scripts: string[] = [];
  for (const path of listed.split('\0').filter(Boolean)) {
    const file = join(repository, path);
    // Git also lists files that are removed, and links to folders.
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    if (shebang.test(await firstLine(file))) scripts.push(path);
  }
  return scripts;
}

async function firstLine(path: string): Promise<string> {
  return (await readFile(path, 'latin1')).split('\n', 1)[0] ?? '';
}
