import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Header, pack } from 'tar-stream';
import { sha256 } from '../../src/image-stream/chains.ts';
import { tarEntries } from '../../src/image-stream/tar-entries.ts';

/** A file of an archive, or a link to one. */
export type Entry = readonly [name: string, content: unknown] | Partial<Header>;

/** An archive on disk, removed at the end of a block. */
export interface ArchiveOnDisk extends AsyncDisposable {
  readonly file: string;
}

/** Writes a tar file; content that is no text becomes JSON. */
export async function writeArchive(entries: readonly Entry[]): Promise<ArchiveOnDisk> {
  const directory = await mkdtemp(join(tmpdir(), 'archive-'));
  const file = join(directory, 'images.tar');
  const packing = pack();
  const writing = pipeline(packing, createWriteStream(file));
  for (const entry of entries) {
    if (!isFile(entry)) packing.entry({ name: '', ...entry });
    else packing.entry({ name: entry[0] }, asText(entry[1]));
  }
  packing.finalize();
  await writing;
  return { file, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

/** The files in a tar stream, in their order. */
export async function readTar(stream: Readable): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const entry of tarEntries(stream)) files.set(entry.header.name, await text(entry));
  return files;
}

/** A blob of an OCI layout, and the digest that it is stored under. */
export function blob(content: unknown) {
  const digest = sha256(asText(content));
  const path = `blobs/${digest.replace(':', '/')}`;
  return { digest, path, entry: [path, content] as const, size: asText(content).length };
}

/** The configuration of an image with these layers. */
export function configuration(layers: readonly string[], command: string) {
  const rootfs = { type: 'layers', diff_ids: layers.map(sha256) };
  return { os: 'linux', config: { Cmd: [command] }, rootfs };
}

function asText(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}

function isFile(entry: Entry): entry is readonly [string, unknown] {
  return Array.isArray(entry);
}
