import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cached } from '../machine/cache.ts';
import type { Engine } from '../machine/engine.ts';

const file = () => cached('pulled-images.json');

/** The images that were not in the machine's engine before the local run pulled them. */
export async function pulledImages(): Promise<readonly string[]> {
  return existsSync(file()) ? JSON.parse(await readFile(file(), 'utf8')) : [];
}

/** Remembers, before the pull, that an image is there because of the local run. The private engine holds no others. */
export async function rememberPulled(engine: Engine, image: string): Promise<void> {
  if (!engine.private) await write([...new Set([...(await pulledImages()), image])]);
}

/** Takes back what was remembered: the image did not come. */
export async function forgetPulled(image: string): Promise<void> {
  const known = await pulledImages();
  if (known.includes(image)) await write(known.filter((each) => each !== image));
}

async function write(images: readonly string[]): Promise<void> {
  await mkdir(dirname(file()), { recursive: true });
  await writeFile(file(), JSON.stringify(images, null, 2));
}
