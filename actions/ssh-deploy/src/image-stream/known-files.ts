import type { ImageArchive } from './archive.ts';

/**
 * The layer files that a host with the chains `known` does not need: only those of which it has every chain they
 * belong to, as an engine looks a layer up by its chain and opens the file where it finds none.
 */
export function knownFiles(archive: ImageArchive, known: ReadonlySet<string>): Set<string> {
  const layers = archive.images.flatMap((image) => image.layers);
  const needed = new Set(layers.filter(({ chain }) => !known.has(chain)).map(({ file }) => file));
  return new Set(layers.map(({ file }) => file).filter((file) => !needed.has(file)));
}
