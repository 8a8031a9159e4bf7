import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What Dependabot calls managers of packages, and a file by which it knows a folder of one. */
const managers = {
  npm: ['package.json'],
  pip: ['requirements.txt', 'requirements.in', 'pyproject.toml', 'setup.py', 'Pipfile'],
  uv: ['uv.lock', 'pyproject.toml'],
  gomod: ['go.mod'],
  cargo: ['Cargo.toml'],
} as const;

/**
 * What Dependabot keeps up to date. Dockerfiles of the images, the Compose file and the actions of the workflows are always
 * among it.
 */
export interface Dependabot {
  readonly interval: 'daily' | 'weekly' | 'monthly';
  /** Days that a release has to be out before it is proposed; 7 where it is not given. */
  readonly cooldown?: number;
  /** Folders with packages, relative to the repository's top, by manager. */
  readonly packages?: { readonly [Manager in keyof typeof managers]?: readonly string[] };
}

/** What is wrong with it in a repository: folders that have no packages. */
export function dependabotFaults(root: string, dependabot: Dependabot | undefined): string[] {
  return Object.entries(dependabot?.packages ?? {}).flatMap(([manager, folders]) => {
    const files = managers[manager as keyof typeof managers];
    return folders
      .filter((folder) => !files.some((file) => existsSync(join(root, folder, file))))
      .map(
        (folder) =>
          `dependabot: ${folder} has none of ${files.join(', ')}, so ${manager} has no packages there`,
      );
  });
}
