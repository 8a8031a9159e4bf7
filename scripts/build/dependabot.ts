import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Repository } from '../repository/repository.ts';
import { UserError } from '../terminal/errors.ts';

const path = '.github/dependabot.yml';
const notice =
  '# Written by `staging-pipeline build`, from dependabot in its settings: do not change it here.\n';

/**
 * The file that says what Dependabot keeps up to date, where the settings have it. Throws `UserError` for one that somebody
 * wrote by hand.
 */
export async function dependabotOf(repository: Repository): Promise<ReadonlyMap<string, Buffer>> {
  const { root, project } = repository;
  if (project.dependabot === undefined) return new Map();
  if (existsSync(join(root, path)) && !(await isOurs(root)))
    throw new UserError(
      `${path} was written by hand: take what it says into dependabot of the settings, and remove it.`,
    );
  return new Map([[path, Buffer.from(`${notice}${stringify(documentOf(repository))}`)]]);
}

/** The file of an earlier build, which the settings may not want any more. */
export async function dependabotEarlier(root: string): Promise<readonly string[]> {
  return existsSync(join(root, path)) && (await isOurs(root)) ? [path] : [];
}

async function isOurs(root: string): Promise<boolean> {
  return (await readFile(join(root, path), 'utf8')).startsWith(notice);
}

/** https://docs.github.com/code-security/dependabot/working-with-dependabot/dependabot-options-reference */
function documentOf({ project }: Repository): object {
  const { dependabot, images, composeFile } = project;
  const { interval = 'weekly', cooldown = 7, packages = {} } = dependabot ?? {};
  const folders: Readonly<Record<string, readonly string[]>> = {
    'github-actions': ['.'],
    docker: Object.values(images).map(({ dockerfile }) => dirname(dockerfile)),
    'docker-compose': [dirname(composeFile)],
    ...packages,
  };
  return {
    version: 2,
    updates: Object.entries(folders).map(([ecosystem, among]) => ({
      'package-ecosystem': ecosystem,
      directories: [...new Set(among.map(fromTop))],
      schedule: { interval },
      // A release that somebody has taken over is known as such after some days.
      cooldown: { 'default-days': cooldown },
      // One pull request a kind: each has to pass the whole pipeline.
      groups: { [ecosystem]: { patterns: ['*'] } },
    })),
  };
}

function fromTop(folder: string): string {
  return folder === '.' ? '/' : `/${folder}`;
}
