import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker, type Engine } from '../../scripts/local/machine/engine.ts';

/** Images on the runner's engine, removed at the end of a block. */
export interface BuiltImages extends AsyncDisposable {
  /** Builds an image of files, each a layer, lowest first, and returns its name. */
  build(name: string, layers: readonly Uint8Array[]): Promise<string>;
  /** The engine's id of an image. */
  id(name: string): Promise<string>;
  /** The diff ids of its layers, lowest first. */
  layers(name: string): Promise<string[]>;
}

/** Content that does not compress, so that what is sent can be compared with it. */
export function incompressible(bytes: number): Uint8Array {
  return randomBytes(bytes);
}

/** Makes room for images of a test. */
export function builtImages(engine: Engine): BuiltImages {
  const repository = `stream-test-${randomBytes(4).toString('hex')}`;
  const names: string[] = [];
  return {
    build: async (name, layers) => {
      const context = await mkdtemp(join(tmpdir(), 'image-'));
      try {
        const lines: string[] = [];
        for (const content of layers) {
          // The same content makes the same layer wherever it is used: by its name and its time, too.
          const file = createHash('sha256').update(content).digest('hex');
          await writeFile(join(context, file), content);
          await utimes(join(context, file), 0, 0);
          lines.push(`COPY ${file} /`);
        }
        await writeFile(
          join(context, 'Dockerfile'),
          ['FROM scratch', ...lines, 'CMD ["/nothing"]'].join('\n'),
        );
        const image = `${repository}:${name}`;
        await docker(engine, ['build', '--quiet', '--tag', image, context]);
        names.push(image);
        return image;
      } finally {
        await rm(context, { recursive: true, force: true });
      }
    },
    id: async (name) =>
      (await docker(engine, ['image', 'inspect', '--format', '{{.Id}}', name])).trim(),
    layers: async (name) =>
      JSON.parse(
        await docker(engine, ['image', 'inspect', '--format', '{{json .RootFS.Layers}}', name]),
      ),
    [Symbol.asyncDispose]: async () => {
      if (names.length > 0) await docker(engine, ['image', 'rm', '--force', ...names]);
    },
  };
}
