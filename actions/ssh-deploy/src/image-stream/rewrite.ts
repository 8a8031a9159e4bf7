import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Pack, pack } from 'tar-stream';

export interface ArchiveChanges {
  /** Files that are not copied. */
  readonly leftOut: ReadonlySet<string>;
  /** Files with another content. */
  readonly replaced: ReadonlyMap<string, Buffer>;
}

/** This machine's own archive could not be read to its end. */
export class UnreadableArchive extends Error {
  override readonly name = 'UnreadableArchive';
}

/**
 * Streams a tar file with changes, holding no more than a chunk of it in memory. The stream ends with
 * `UnreadableArchive` where the file cannot be read.
 */
export function rewriteArchive(file: string, changes: ArchiveChanges): Readable {
  const packing = pack();
  copy(file, changes, packing).catch((cause: Error) => {
    packing.destroy(new UnreadableArchive(`${file}: ${cause.message}`, { cause }));
  });
  return Readable.from(packing, { objectMode: false });
}

async function copy(file: string, changes: ArchiveChanges, packing: Pack): Promise<void> {
  const { leftOut, replaced } = changes;
  const unpacking = extract();
  const reading = pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), unpacking);
  // Awaited below; a file that cannot be read makes the loop throw first.
  reading.catch(() => undefined);
  for await (const entry of unpacking) {
    const { header } = entry;
    const content = replaced.get(header.name);
    if (content !== undefined) {
      packing.entry({ ...header, size: content.length }, content);
      entry.resume();
    } else if (leftOut.has(header.name)) {
      entry.resume();
    } else {
      await pipeline(entry, packing.entry(header));
    }
  }
  await reading;
  packing.finalize();
}
