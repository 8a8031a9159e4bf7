import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import { tarEntries } from './tar-entries.ts';

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
  copy(file, changes, packing).catch((error: Error) => packing.destroy(error));
  return Readable.from(chunksOf(packing, file), { objectMode: false });
}

async function* chunksOf(packing: Pack, file: string): AsyncGenerator<unknown> {
  try {
    yield* packing;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnreadableArchive(`${file}: ${reason}`, { cause });
  }
}

async function copy(file: string, changes: ArchiveChanges, packing: Pack): Promise<void> {
  const { leftOut, replaced } = changes;
  for await (const entry of tarEntries(createReadStream(file, { highWaterMark: 1 << 20 }))) {
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
  packing.finalize();
}
