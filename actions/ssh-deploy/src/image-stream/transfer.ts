import type { SshSession } from '../../../shared/src/ssh/session.ts';
import type { ImageArchive } from './archive.ts';
import { askForImages } from './host-images.ts';
import { knownFiles } from './known-files.ts';
import { loadOnHost } from './load.ts';
import type { LocalImage } from './local-images.ts';
import { type NamedArchive, nameImages } from './names.ts';
import { rewriteArchive } from './rewrite.ts';
import { refusal, transferFailed } from './transfer-failure.ts';

export interface Transfer {
  readonly session: SshSession;
  /** All of `images`, as this machine's engine saved them. */
  readonly archive: ImageArchive;
  readonly images: readonly LocalImage[];
  readonly onProgress: (line: string) => void;
}

export interface Sent {
  /** Over the connection, compressed. */
  readonly bytesSent: number;
  readonly layersSent: number;
  readonly layersLeftOut: number;
}

/** Sends images without the layers that the host has, given by their chain ids; with all where it cannot do with that. */
export async function transferImages(
  transfer: Transfer,
  known: ReadonlySet<string>,
): Promise<Sent> {
  const { archive, images, session, onProgress } = transfer;
  const named = nameImages(archive, images);
  // Only now is it known what an engine with another image store than this machine's calls them.
  if ((await wrongOnHost(session, images, named)) === undefined) {
    onProgress('Images: all are on the host.');
    return { bytesSent: 0, layersSent: 0, layersLeftOut: 0 };
  }
  const files = new Set(archive.images.flatMap(({ layers }) => layers.map(({ file }) => file)));
  let bytesSent = 0;
  const attempt = async (without: ReadonlySet<string>): Promise<Sent> => {
    const layersSent = files.size - without.size;
    onProgress(`Images: sending ${layersSent} layers; the host has ${without.size} more of them.`);
    // The third table of contents, which nothing reads where there is a manifest.json, has the old names.
    const leftOut = new Set([...without, 'repositories']);
    const changed = rewriteArchive(archive.file, { replaced: named.replaced, leftOut });
    await loadOnHost(session, changed, (count) => {
      bytesSent += count;
    });
    const wrong = await wrongOnHost(session, images, named);
    if (wrong !== undefined) throw transferFailed(wrong);
    return { bytesSent, layersSent, layersLeftOut: without.size };
  };
  const leftOut = knownFiles(archive, known);
  try {
    return await attempt(leftOut);
  } catch (error) {
    const reason = leftOut.size === 0 ? undefined : refusal(error);
    if (reason === undefined) throw error;
    onProgress(`Images: the host did not take them that way (${reason}). Sending every layer.`);
    return await attempt(new Set());
  }
}

/** The first image whose name stands for something else on the host, or for nothing. */
async function wrongOnHost(
  session: SshSession,
  images: readonly LocalImage[],
  { ids }: NamedArchive,
): Promise<string | undefined> {
  const present = (await askForImages(session, [...ids.keys()])).ids;
  for (const { service, id, hostReference } of images) {
    const found = present.get(hostReference);
    if (found !== undefined && ids.get(hostReference)?.has(found)) continue;
    return `the image of ${service} must be ${id} on the host and is ${found ?? 'not there'}`;
  }
  return undefined;
}
