import type { SshSession } from '../../../shared/src/ssh.ts';
import type { ImageArchive } from './archive.ts';
import { idsOnHost } from './host-images.ts';
import { knownFiles } from './known-files.ts';
import { loadOnHost } from './load.ts';
import type { LocalImage } from './local-images.ts';
import { nameImages } from './names.ts';
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
  const { archive, onProgress } = transfer;
  const leftOut = knownFiles(archive, known);
  const files = new Set(archive.images.flatMap(({ layers }) => layers.map(({ file }) => file)));
  let bytesSent = 0;
  const attempt = async (without: ReadonlySet<string>): Promise<Sent> => {
    const layersSent = files.size - without.size;
    onProgress(`Images: sending ${layersSent} layers, ${without.size} more are on the host.`);
    await send(transfer, without, (count) => {
      bytesSent += count;
    });
    return { bytesSent, layersSent, layersLeftOut: without.size };
  };
  try {
    return await attempt(leftOut);
  } catch (error) {
    const reason = leftOut.size === 0 ? undefined : refusal(error);
    if (reason === undefined) throw error;
    onProgress(`Images: the host did not take them that way (${reason}). Sending every layer.`);
    return await attempt(new Set());
  }
}

async function send(
  { session, archive, images }: Transfer,
  leftOut: ReadonlySet<string>,
  onBytes: (count: number) => void,
): Promise<void> {
  const names = Map.groupBy(images, (image) => image.id);
  const { replaced, ids } = nameImages(
    archive,
    new Map([...names].map(([id, named]) => [id, named.map((image) => image.hostReference)])),
  );
  // The third table of contents, which nothing reads where there is a manifest.json, has the old names.
  const changes = { replaced, leftOut: leftOut.union(new Set(['repositories'])) };
  await loadOnHost(session, rewriteArchive(archive.file, changes), onBytes);
  const present = await idsOnHost(session, [...ids.keys()]);
  for (const { service, id, hostReference } of images) {
    const found = present.get(hostReference);
    if (found !== undefined && ids.get(hostReference)?.has(found)) continue;
    throw transferFailed(
      `the image of ${service} should be ${id} on the host and is ${found ?? 'not there'}`,
    );
  }
}
