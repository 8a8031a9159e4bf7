import { rm } from 'node:fs/promises';
import { run } from '../../terminal/process.ts';
import { cached } from '../machine/cache.ts';
import { debianArchive, ensureCommands } from '../machine/debian-packages.ts';
import { docker, type Engine } from '../machine/engine.ts';
import { standInLabel } from './local-images.ts';
import type { Suite } from './recipes.ts';

const skipped = [
  'var/cache/apt/archives/*.deb',
  'var/lib/apt/lists/*',
  'usr/share/doc/*',
  'usr/share/man/*',
  'usr/share/locale/*',
  'dev/*',
];

/** Makes a small Debian system from the archive that this machine installs from, and an image of it. */
export async function makeDebianRoot(engine: Engine, suite: Suite, name: string): Promise<void> {
  await ensureCommands({ debootstrap: 'debootstrap', tar: 'tar' });
  const { uri } = await debianArchive();
  const folder = cached(`debian-root-${suite}`);
  const archive = `${folder}.tar`;
  await rm(folder, { recursive: true, force: true });
  await run('debootstrap', [
    ...['--variant=minbase', '--include=ca-certificates', suite, folder, uri],
  ]);
  const excludes = skipped.map((each) => `--exclude=./${each}`);
  await run('tar', [...excludes, '-C', folder, '-cf', archive, '.']);
  await docker(engine, ['import', '--change', `LABEL ${standInLabel}=${suite}`, archive, name]);
  await rm(folder, { recursive: true });
  await rm(archive);
}
