import { createReadStream } from 'node:fs';
import { posix } from 'node:path';
import type { Header } from 'tar-stream';
import { z } from 'zod';
import { chainIds, sha256 } from './chains.ts';
import { tarEntries } from './tar-entries.ts';
import { transferFailed } from './transfer-failure.ts';

/** What `docker save` wrote, in the layout of Docker before 25 (ID/layer.tar) or since (blobs/sha256/…). */
export interface ImageArchive {
  readonly file: string;
  readonly images: readonly ArchivedImage[];
  /** The archive's small JSON files, by path. */
  readonly documents: ReadonlyMap<string, Buffer>;
}

export interface ArchivedImage {
  /** The digest of the image's configuration, its id in an engine without containerd's image store. */
  readonly config: string;
  /** Lowest first. */
  readonly layers: readonly ArchivedLayer[];
}

export interface ArchivedLayer {
  /** The file with the layer's content, links followed; images may share it. */
  readonly file: string;
  readonly chain: string;
}

const manifest = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()) }));
const configuration = z.object({ rootfs: z.object({ diff_ids: z.array(z.string()) }) });

// Configurations and manifests are far smaller; the text of a layer is not worth memory.
const largestDocument = 4_000_000;

/** Reads an archive's table of contents. Throws `PhaseFailed` where it is none of Docker's. */
export async function readArchive(file: string): Promise<ImageArchive> {
  const documents = new Map<string, Buffer>();
  const links = new Map<string, string>();
  for await (const entry of tarEntries(createReadStream(file))) {
    const { header } = entry;
    const target = linkTarget(header);
    if (target !== undefined) links.set(header.name, target);
    const content = header.size <= largestDocument ? await bytesOf(entry) : undefined;
    if (content && isJson(content)) documents.set(header.name, content);
    entry.resume();
  }
  const items = manifest.parse(parseDocument(documents, 'manifest.json'));
  const images = items.map(({ Config: path, Layers: layers }) => {
    const diffIds = configuration.parse(parseDocument(documents, path)).rootfs.diff_ids;
    if (diffIds.length !== layers.length) {
      throw notUnderstood(`${path} has ${diffIds.length} layers, manifest.json ${layers.length}`);
    }
    const chains = chainIds(diffIds);
    return {
      config: sha256(documents.get(path) ?? ''),
      layers: chains.map((chain, index) => ({ chain, file: follow(links, layers[index] ?? '') })),
    };
  });
  return { file, images, documents };
}

/** The parsed JSON file of an archive. Throws `PhaseFailed` where there is none. */
export function parseDocument(documents: ReadonlyMap<string, Buffer>, path: string): unknown {
  const content = documents.get(path);
  if (content === undefined) throw notUnderstood(`it has no ${path}`);
  return JSON.parse(content.toString('utf8'));
}

function isJson(content: Buffer): boolean {
  if (!/^[[{]/.test(content.toString('latin1', 0, 1))) return false;
  try {
    JSON.parse(content.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

function notUnderstood(reason: string): Error {
  return transferFailed(`docker save wrote an archive of a kind that is not known: ${reason}`);
}

async function bytesOf(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Docker before 25 writes a layer once and links to it from the images that share it. */
function linkTarget({ type, name, linkname }: Header): string | undefined {
  if (type === 'symlink') return posix.join(posix.dirname(name), linkname);
  return type === 'link' ? linkname : undefined;
}

function follow(links: ReadonlyMap<string, string>, path: string): string {
  let at = path;
  for (let hops = 0; hops < 10; hops += 1) at = links.get(at) ?? at;
  return at;
}
