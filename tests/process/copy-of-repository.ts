import { existsSync } from 'node:fs';
import { cp, mkdtempDisposable, realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { run } from '../../scripts/terminal/process.ts';

/** A copy of this repository's files, as git knows them, to change. */
export async function copyOfRepository() {
  const folder = await mkdtempDisposable(join(await realpath(tmpdir()), 'pipeline-'));
  const listed = await run('git', [
    ...['-C', packageRoot, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
  ]);
  for (const path of listed.split('\0').filter(Boolean)) {
    // Git also lists files that are removed.
    if (!existsSync(join(packageRoot, path))) continue;
    await cp(join(packageRoot, path), join(folder.path, path));
  }
  await symlink(join(packageRoot, 'node_modules'), join(folder.path, 'node_modules'));
  await run('git', ['init', '--quiet', folder.path]);
  return folder;
}
