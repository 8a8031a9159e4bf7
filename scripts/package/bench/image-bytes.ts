import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGzip, gzipSync } from 'node:zlib';
import type { SshSession } from '../../../actions/shared/src/ssh/session.ts';
import { streamImages } from '../../../actions/ssh-deploy/src/image-stream/stream-images.ts';
import { docker, type Engine } from '../../local/machine/engine.ts';

/** How an image went to a host. */
export interface ImageBytes {
  readonly change: 'all new' | 'one layer changed' | 'nothing changed' | 'only the name is gone';
  /** Over the connection. */
  readonly bytesSent: number;
  /** Of the layers that are new, by themselves: less cannot be sent. */
  readonly compressedBytes: number;
  readonly layersSent: number;
  readonly layersLeftOut: number;
  readonly seconds: number;
}

export interface ImageBytesOptions {
  /** The runner's engine. */
  readonly engine: Engine;
  /** A connection to a host that does not have `base`, for the first figure to be what it says. */
  readonly session: SshSession;
  readonly temporaryDirectory: string;
  /** An image of the runner's engine. */
  readonly base: string;
  /** The size of the layer with the application. */
  readonly applicationBytes: number;
}

/** Measures what goes to the host for an application on a base image; leaves no image of its own behind. */
export async function measureImageBytes(options: ImageBytesOptions): Promise<ImageBytes[]> {
  const { engine, session, temporaryDirectory, base, applicationBytes } = options;
  const directory = await mkdtemp(join(temporaryDirectory, 'image-bytes-'));
  const images: string[] = [];
  const references = new Set<string>();
  const build = async () => {
    // Half of it compresses to nothing, as code and its dependencies about do.
    const half = Math.ceil(applicationBytes / 2);
    const application = Buffer.concat([randomBytes(half), Buffer.alloc(half)]);
    await writeFile(join(directory, 'application'), application);
    await writeFile(join(directory, 'Dockerfile'), `FROM ${base}\nCOPY application /application\n`);
    const image = `image-bytes:${randomBytes(6).toString('hex')}`;
    await docker(engine, ['build', '--quiet', '--tag', image, directory]);
    images.push(image);
    return { image, compressedBytes: gzipSync(application).length };
  };
  const measure = async (
    change: ImageBytes['change'],
    { image, compressedBytes }: { image: string; compressedBytes: number },
  ): Promise<ImageBytes> => {
    const started = performance.now();
    const sent = await streamImages(session, new Map([['image-bytes', image]]), {
      temporaryDirectory: directory,
      onProgress: () => {},
    });
    const seconds = (performance.now() - started) / 1000;
    for (const reference of sent.references.values()) references.add(reference);
    const { bytesSent, layersSent, layersLeftOut } = sent;
    return { change, bytesSent, compressedBytes, layersSent, layersLeftOut, seconds };
  };
  try {
    const first = await build();
    const second = await build();
    const baseBytes = await compressedBaseBytes(options, directory);
    const rows = [
      await measure('all new', {
        ...first,
        compressedBytes: first.compressedBytes + baseBytes,
      }),
      await measure('one layer changed', second),
      await measure('nothing changed', { ...second, compressedBytes: 0 }),
    ];
    const [name = ''] = [...references].slice(-1);
    await session.run(['docker', 'tag', name, 'image-bytes:kept']);
    await session.run(['docker', 'image', 'rm', name]);
    references.add('image-bytes:kept');
    rows.push(await measure('only the name is gone', { ...second, compressedBytes: 0 }));
    return rows;
  } finally {
    if (references.size > 0) await session.run(['docker', 'image', 'rm', '--force', ...references]);
    if (images.length > 0) await docker(engine, ['image', 'rm', '--force', ...images]);
    await rm(directory, { recursive: true, force: true });
  }
}

async function compressedBaseBytes(
  { engine, base }: ImageBytesOptions,
  directory: string,
): Promise<number> {
  const file = join(directory, 'base.tar');
  await docker(engine, ['image', 'save', '--output', file, base]);
  let bytes = 0;
  for await (const chunk of createReadStream(file).pipe(createGzip())) bytes += chunk.length;
  await rm(file);
  return bytes;
}
