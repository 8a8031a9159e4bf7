import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DefinitionError } from '../typed/definition-error.ts';

/** The top folder of the Git repository that a file or folder lies in. Throws `DefinitionError` where it lies in none. */
export function repositoryOf(path: string): string {
  for (let folder = path; ; folder = dirname(folder)) {
    // In a worktree it is a file.
    if (existsSync(join(folder, '.git'))) return folder;
    if (folder === dirname(folder))
      throw new DefinitionError(`${path} is in no Git repository: git init, or clone it`);
  }
}
