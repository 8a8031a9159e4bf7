import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { docker, type Engine } from '../../../scripts/local/machine/engine.ts';
import { packageRoot } from '../../../scripts/repository/repository.ts';
import { publicImages } from '../public-images.ts';
import { type Revision, revisionFile } from './revisions.ts';

const source = fileURLToPath(new URL('application', import.meta.url));

/** The API's own image: its Python, its Alembic, its way to the database. */
export const apiImage = 'azals-test/migrations-api';

/** Builds the API's image as this repository has it. */
export async function buildApiImage(engine: Engine): Promise<void> {
  const { buildFlags } = await publicImages(engine);
  const options = ['--quiet', '--load', '--tag', apiImage, ...buildFlags];
  await docker(engine, ['buildx', 'build', ...options, join(packageRoot, 'api')]);
}

/** Writes an application that consists of its migrations; `files` are added to it, by path. */
export async function writeApplication(
  folder: string,
  revisions: readonly Revision[],
  files: Readonly<Record<string, string>> = {},
): Promise<void> {
  await cp(source, folder, { recursive: true });
  await mkdir(join(folder, 'alembic/versions'));
  for (const revision of revisions) {
    await writeFile(join(folder, `alembic/versions/${revision.id}.py`), revisionFile(revision));
  }
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
}
