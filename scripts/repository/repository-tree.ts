import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { RepositoryFiles } from '../../src/typed/repository-files.ts';
import { attempt } from '../terminal/process.ts';

/** The files below `root` that are committed, or about to be; `undefined` where that is no Git repository. */
export async function repositoryFiles(root: string): Promise<RepositoryFiles | undefined> {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const [listed, deleted = ''] = await Promise.all([
    attempt('git', ['-C', root, ...listing]),
    attempt('git', ['-C', root, 'ls-files', '-z', '--deleted']),
  ]);
  if (listed === undefined) return undefined;
  const gone = new Set(deleted.split('\0'));
  return filesOf(
    root,
    listed.split('\0').filter((path) => path !== '' && !gone.has(path)),
  );
}

function filesOf(root: string, paths: readonly string[]): RepositoryFiles {
  const known = new Set<string>(['', '.']);
  for (const path of paths)
    for (let at = path; at !== '.' && !known.has(at); at = posix.dirname(at)) known.add(at);
  return {
    paths,
    has: (path) => known.has(path.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '')),
    isIgnored: (path) => isIgnored(root, path),
    read: (path) => (known.has(path) ? readFileSync(join(root, path), 'utf8') : undefined),
  };
}

/** Asked only for what is missing, so that no build waits for it. */
function isIgnored(root: string, path: string): boolean {
  try {
    // A pattern for folders only counts for names that end so.
    const names = [path, `${path.replace(/\/$/, '')}/`];
    execFileSync('git', ['-C', root, 'check-ignore', '--no-index', ...names], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}
