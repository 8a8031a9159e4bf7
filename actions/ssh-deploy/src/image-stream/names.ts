import { z } from 'zod';
import { type ImageArchive, parseDocument } from './archive.ts';
import { sha256 } from './chains.ts';
import { describedImages, indexDocument } from './index-document.ts';
import type { LocalImage } from './local-images.ts';

const manifest = z.array(z.looseObject({ Config: z.string() }));

/** An archive whose images have their names on the host, as the files to change in it. */
export interface NamedArchive {
  readonly replaced: ReadonlyMap<string, Buffer>;
  /** By name, the ids that an engine may give the image: of its configuration or, with containerd, its manifest. */
  readonly ids: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Names images inside the archive, in both tables of contents that engines read, so that an image and its name appear
 * on the host at once: an image without a name is what `docker image prune` looks for.
 */
export function nameImages(archive: ImageArchive, images: readonly LocalImage[]): NamedArchive {
  const described = describedImages(archive);
  const ids = new Map<string, Set<string>>();
  // Each engine has its own idea of an id: this machine's may be one and the host's another.
  const named = images.map(({ id, hostReference }) => {
    const all = new Set([id]);
    for (const { descriptor, configurations } of described) {
      if (descriptor.digest !== id && !configurations.has(id)) continue;
      for (const each of [descriptor.digest, ...configurations]) all.add(each);
    }
    ids.set(hostReference, all);
    return [hostReference, all] as const;
  });
  const namesOf = (id: string) => [
    ...new Set(named.filter(([, all]) => all.has(id)).map(([name]) => name)),
  ];
  const items = manifest.parse(parseDocument(archive.documents, 'manifest.json')).map((item) => ({
    ...item,
    RepoTags: namesOf(sha256(archive.documents.get(item.Config) ?? '')),
  }));
  const replaced = new Map([['manifest.json', toBuffer(items)]]);
  if (described.length > 0) {
    const entries = described.flatMap(({ descriptor }) =>
      namesOf(descriptor.digest).map((name) => [name, descriptor] as const),
    );
    replaced.set('index.json', toBuffer(indexDocument(archive, entries)));
  }
  return { replaced, ids };
}

function toBuffer(document: unknown): Buffer {
  return Buffer.from(JSON.stringify(document));
}
