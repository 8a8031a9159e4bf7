import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runLogged } from '../../../shared/src/command.ts';
import type { ReleaseFiles } from './prepare-release.ts';

export interface Packing {
  readonly release: ReleaseFiles;
  readonly workspace: string;
  /** Files and directories of the workspace that go along. */
  readonly files: readonly string[];
  readonly temporaryDirectory: string;
  /** Is given what tar says. */
  readonly onProgress: (line: string) => void;
}

/** The release directory as a gzipped tar. */
export async function packRelease(packing: Packing): Promise<Uint8Array> {
  const directory = await mkdtemp(join(packing.temporaryDirectory, 'release-'));
  const archive = join(directory, 'release.tar.gz');
  const { generated } = packing.release;
  try {
    for (const [name, text] of Object.entries(generated)) {
      await writeFile(join(directory, name), text);
    }
    const words = [
      '--create',
      '--gzip',
      // What is mounted is read by other users than the one who deploys, whatever the runner's umask was.
      '--mode=u+rw,go-w,a+rX',
      '--owner=0',
      '--group=0',
      '--numeric-owner',
      `--file=${archive}`,
      `--directory=${directory}`,
      ...Object.keys(generated),
      `--directory=${packing.workspace}`,
      ...packing.files,
    ];
    await runLogged('tar', words, { title: 'packing the release', onLine: packing.onProgress });
    return await readFile(archive);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
