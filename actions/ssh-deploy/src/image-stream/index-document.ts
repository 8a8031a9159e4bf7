import { z } from 'zod';
import { type ImageArchive, parseDocument } from './archive.ts';
import { sha256 } from './chains.ts';

const descriptor = z.looseObject({
  digest: z.string(),
  annotations: z.record(z.string(), z.string()).optional(),
});
const index = z.looseObject({ manifests: z.array(descriptor) });
const manifestOrIndex = z.looseObject({
  mediaType: z.string().optional(),
  config: descriptor.optional(),
  manifests: z.array(descriptor).optional(),
});

export type Descriptor = z.infer<typeof descriptor>;

/** An image as containerd's image store knows it. */
export interface DescribedImage {
  readonly descriptor: Descriptor;
  /** The digests of its configurations, one for each platform. */
  readonly configurations: ReadonlySet<string>;
}

/**
 * The images that an archive's index.json describes, and those that it forgets: of several images without a name,
 * Docker lists only one there (moby, tarexport/save.go).
 */
export function describedImages(archive: ImageArchive): DescribedImage[] {
  const { documents, images } = archive;
  if (!documents.has('index.json')) return [];
  const listed = index.parse(parseDocument(documents, 'index.json')).manifests.map((each) => ({
    descriptor: each,
    configurations: new Set(configurationsOf(archive, each.digest, 0)),
  }));
  const forgotten = images
    .map(({ config }) => config)
    .filter((config) => !listed.some(({ configurations }) => configurations.has(config)))
    .flatMap((config) => {
      const found = manifestOf(archive, config);
      return found ? [{ descriptor: found, configurations: new Set([config]) }] : [];
    });
  return [...listed, ...forgotten];
}

/** An index.json that describes images under names. */
export function indexDocument(
  archive: ImageArchive,
  named: readonly (readonly [name: string, descriptor: Descriptor])[],
): unknown {
  const manifests = named.map(([name, { annotations, ...rest }]) => ({
    ...rest,
    annotations: {
      ...annotations,
      'io.containerd.image.name': name,
      'org.opencontainers.image.ref.name': name.slice(name.lastIndexOf(':') + 1),
    },
  }));
  return { ...index.parse(parseDocument(archive.documents, 'index.json')), manifests };
}

function configurationsOf(archive: ImageArchive, digest: string, depth: number): string[] {
  const path = `blobs/${digest.replace(':', '/')}`;
  // An index lists images, or other indexes of images; no tool nests them deeper.
  if (depth > 3 || !archive.documents.has(path)) return [];
  const { config, manifests = [] } = manifestOrIndex.parse(parseDocument(archive.documents, path));
  const below = manifests.flatMap((each) => configurationsOf(archive, each.digest, depth + 1));
  return config ? [config.digest, ...below] : below;
}

function manifestOf({ documents }: ImageArchive, config: string): Descriptor | undefined {
  for (const [path, content] of documents) {
    if (!path.startsWith('blobs/')) continue;
    const { data } = manifestOrIndex.safeParse(parseDocument(documents, path));
    if (data?.config?.digest !== config) continue;
    return { mediaType: data.mediaType, digest: sha256(content), size: content.length };
  }
  return undefined;
}
