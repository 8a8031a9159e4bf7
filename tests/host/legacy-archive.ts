import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import type { ImageArchive } from '../../actions/ssh-deploy/src/image-stream/archive.ts';
import { tarEntries } from '../../actions/ssh-deploy/src/image-stream/tar-entries.ts';

/**
 * Writes an archive as `docker save` did before Docker 25: a folder for each layer of each image, with the content as
 * layer.tar or, from the second image on, a link to the first one's, and the configurations beside them.
 */
export async function toLegacyLayout(archive: ImageArchive, file: string): Promise<void> {
  const contents = await filesOf(archive.file);
  const written = new Map<string, string>();
  const packing = pack();
  const writing = pipeline(packing, createWriteStream(file));
  const manifest = archive.images.map(({ config, layers }, image) => {
    const configuration = `${config.slice('sha256:'.length)}.json`;
    packing.entry(
      { name: configuration },
      contents.get(configurationPath(config)) ?? Buffer.alloc(0),
    );
    const paths = layers.map((layer, index) => {
      const folder = createHash('sha256').update(`${image} ${layer.chain} ${index}`).digest('hex');
      const first = written.get(layer.file);
      packing.entry({ name: `${folder}/`, type: 'directory' });
      packing.entry({ name: `${folder}/VERSION` }, '1.0');
      packing.entry({ name: `${folder}/json` }, JSON.stringify({ id: folder }));
      const name = `${folder}/layer.tar`;
      if (first === undefined) packing.entry({ name }, contents.get(layer.file) ?? Buffer.alloc(0));
      else packing.entry({ name, type: 'symlink', linkname: `../${first}` });
      written.set(layer.file, first ?? name);
      return name;
    });
    return { Config: configuration, RepoTags: [`old-name:${image}`], Layers: paths };
  });
  packing.entry({ name: 'manifest.json' }, JSON.stringify(manifest));
  packing.entry({ name: 'repositories' }, '{}');
  packing.finalize();
  await writing;
}

function configurationPath(config: string): string {
  return `blobs/${config.replace(':', '/')}`;
}

async function filesOf(file: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for await (const entry of tarEntries(createReadStream(file)))
    files.set(entry.header.name, await buffer(entry));
  return files;
}
