import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from '../repository/repository.ts';

/**
 * Where GitHub looks for owners of code, the first that there is.
 * https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */
const places = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

const begin =
  '# What reaches the server of staging: written by `staging-pipeline build`, from codeOwners in its settings.';
const end = '# The end of what staging-pipeline wrote.';

/**
 * The file with the owners of what reaches the server, where the settings name some. Lines of others stay, before ours:
 * of several patterns the last one counts.
 */
export async function codeOwnersOf(repository: Repository): Promise<ReadonlyMap<string, Buffer>> {
  const { root, project } = repository;
  const path = places.find((each) => existsSync(join(root, each))) ?? '.github/CODEOWNERS';
  const present = await readFile(join(root, path), 'utf8').catch(() => '');
  const others = withoutOurs(present);
  if (project.codeOwners.length === 0)
    return others === present ? new Map() : new Map([[path, Buffer.from(others)]]);
  const owners = project.codeOwners.join(' ');
  const lines = [begin, ...patterns(repository, path).map((each) => `${each} ${owners}`), end];
  const before = others === '' ? '' : `${others.trimEnd()}\n\n`;
  return new Map([[path, Buffer.from(`${before}${lines.join('\n')}\n`)]]);
}

/** What decides what runs on the server: whoever can change it is root there. */
function patterns({ folder, project }: Repository, codeOwners: string): readonly string[] {
  const { actions, composeFile, environmentExample, files, images } = project;
  const paths = [
    '.github/workflows/',
    codeOwners,
    `${folder}/`,
    ...('folder' in actions ? [`${actions.folder}/`] : []),
    composeFile,
    environmentExample,
    ...files,
    ...Object.values(images).map(({ dockerfile }) => dockerfile),
  ];
  // A blank would end the pattern.
  return [...new Set(paths.map((path) => `/${path.replaceAll(' ', '\\ ')}`))];
}

function withoutOurs(text: string): string {
  const [first, last] = [text.indexOf(begin), text.indexOf(end)];
  if (first < 0 || last < first) return text;
  return `${text.slice(0, first).trimEnd()}\n${text.slice(last + end.length).trimStart()}`.trimStart();
}
