import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runLogged } from '../../../shared/src/command.ts';
import type { SshSession } from '../../../shared/src/ssh/session.ts';
import { type ImageArchive, readArchive } from './archive.ts';
import { askForImages } from './host-images.ts';
import { askForLayers, type HostLayers, knownChains } from './host-layers.ts';
import { findLocalImages, type LocalImage } from './local-images.ts';
import { type Sent, transferImages } from './transfer.ts';

export interface StreamOptions {
  /** Where the images are kept on their way; the runner's own temporary directory. */
  readonly temporaryDirectory: string;
  /** Is told in a line what is sent, and why more than expected. */
  readonly onProgress: (line: string) => void;
  /** The layers on the host; its engine is asked where this is not given. An empty answer: everything is sent. */
  readonly hostLayers?: HostLayers;
}

export interface StreamedImages extends Sent {
  /** By service, what the Compose file has to name, with `pull_policy: never`; only ever this very image. */
  readonly references: ReadonlyMap<string, string>;
}

/**
 * Brings images from this machine's engine to the host's over the connection, without a registry, and of their layers
 * only those that the host lacks. `images` has, by service, what this machine calls the image.
 *
 * Throws `InvalidInput` for an image that is not here, `CommandFailed` or `PhaseFailed` where the host does not take it.
 */
export async function streamImages(
  session: SshSession,
  images: ReadonlyMap<string, string>,
  options: StreamOptions,
): Promise<StreamedImages> {
  const { temporaryDirectory, onProgress, hostLayers = askForLayers(session) } = options;
  const local = await findLocalImages(images);
  const references = new Map(local.map((image) => [image.service, image.hostReference]));
  const host = await askForImages(session, [...references.values()]);
  const absent = local.filter((image) => host.ids.get(image.hostReference) !== image.id);
  if (absent.length === 0) {
    onProgress('Images: all are on the host.');
    return { references, bytesSent: 0, layersSent: 0, layersLeftOut: 0 };
  }
  const known = knownChains(host.reusesLayers ? await hostLayers() : []);
  const directory = await mkdtemp(join(temporaryDirectory, 'images-'));
  try {
    const archive = await saveImages(absent, join(directory, 'images.tar'), onProgress);
    const sent = await transferImages({ session, archive, images: absent, onProgress }, known);
    return { references, ...sent };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** All in one archive, so that what they share is in it once. */
async function saveImages(
  images: readonly LocalImage[],
  file: string,
  onLine: (line: string) => void,
): Promise<ImageArchive> {
  const ids = new Set(images.map((image) => image.id));
  const title = 'docker image save';
  await runLogged('docker', ['image', 'save', '--output', file, ...ids], { title, onLine });
  return await readArchive(file);
}
