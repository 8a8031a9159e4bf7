import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Scanned } from '../judge/judge.ts';
import { convert } from './convert.ts';

/** Writes what each image is made of as CycloneDX, from the report of its scan. */
export async function writeSboms(scanned: readonly Scanned[], directory: string): Promise<void> {
  const folder = join(resolve(directory), 'sbom');
  await mkdir(folder, { recursive: true });
  for (const { scan, reading } of scanned)
    if (scan.kind === 'image' && reading.problems.length === 0)
      await convert(
        join(resolve(directory), `${scan.name}.json`),
        'cyclonedx',
        join(folder, `${scan.name}.cdx.json`),
      );
}
