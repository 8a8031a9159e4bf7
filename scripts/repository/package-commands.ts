import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from './repository.ts';

/** The path of a command that the package depends on, as npm or pnpm has installed it. */
export function commandOf(name: string): string {
  for (let folder = packageRoot; ; folder = dirname(folder)) {
    const path = join(folder, 'node_modules/.bin', name);
    if (existsSync(path)) return path;
    if (folder === dirname(folder))
      throw new Error(`${name} is not installed beside ${packageRoot}: install the package anew`);
  }
}
