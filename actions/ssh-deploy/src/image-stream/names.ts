import { z } from 'zod';
import { type ImageArchive, parseDocument } from './archive.ts';
import { sha256 } from './chains.ts';

const manifest = z.array(z.looseObject({ Config: z.string() }));
const descriptor = z.looseObject({
  digest: z.string(),
  annotations: z.record(z.string(), z.string()).optional(),
});
const index = z.looseObject({ manifests: z.array(descriptor) });
const node = z.looseObject({
  config: descriptor.optional(),
  manifests: z.array(descriptor).optional(),
});

/** The names that the images of an archive are to get, by their ids on this machine. */
export type NamesById = ReadonlyMap<string, readonly string[]>;

/** The images of an archive under new names, as the files to change in it. */
export interface NamedArchive {
  readonly replaced: ReadonlyMap<string, Buffer>;
  /** The ids that an engine may give the image of a name: of its configuration or, with containerd, its manifest. */
  readonly ids: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Names images inside the archive, in both tables of contents that engines read, so that an image and its name
 * appear on the host at once: an image without a name is what `docker image prune` looks for.
 */
export function nameImages(archive: ImageArchive, names: NamesById): NamedArchive {
  const { documents } = archive;
  const ids = new Map<string, Set<string>>();
  const descriptors = documents.has('index.json')
    ? index.parse(parseDocument(documents, 'index.json'))
    : undefined;
  const identities = new Map<string, Set<string>>();
  for (const { digest } of descriptors?.manifests ?? []) {
    const all = configurationsOf(archive, digest, 0).add(digest);
    for (const id of all) identities.set(id, all.union(identities.get(id) ?? new Set()));
  }
  const namesOf = (digest: string) => {
    const all = identities.get(digest) ?? new Set([digest]);
    const given = [...all].flatMap((id) => names.get(id) ?? []);
    for (const name of given) ids.set(name, all.union(ids.get(name) ?? new Set()));
    return given;
  };
  const items = manifest.parse(parseDocument(documents, 'manifest.json')).map((item) => {
    const config = sha256(documents.get(item.Config) ?? '');
    return { ...item, RepoTags: namesOf(config) };
  });
  const replaced = new Map([['manifest.json', toBuffer(items)]]);
  if (descriptors) {
    const named = descriptors.manifests.flatMap((each) =>
      namesOf(each.digest).map((name) => annotated(each, name)),
    );
    replaced.set('index.json', toBuffer({ ...descriptors, manifests: named }));
  }
  return { replaced, ids };
}

/** The configurations of the image, or of an index's images, that the blob `digest` describes. */
function configurationsOf(archive: ImageArchive, digest: string, depth: number): Set<string> {
  const path = `blobs/${digest.replace(':', '/')}`;
  if (depth > 3 || !archive.documents.has(path)) return new Set();
  const { config, manifests } = node.parse(parseDocument(archive.documents, path));
  const below = (manifests ?? []).flatMap((each) => [
    ...configurationsOf(archive, each.digest, depth + 1),
  ]);
  return new Set(config ? [config.digest, ...below] : below);
}

function annotated(each: z.infer<typeof descriptor>, name: string) {
  const annotations = {
    ...each.annotations,
    'io.containerd.image.name': name,
    'org.opencontainers.image.ref.name': name.slice(name.lastIndexOf(':') + 1),
  };
  return { ...each, annotations };
}

function toBuffer(document: unknown): Buffer {
  return Buffer.from(JSON.stringify(document));
}
