import { buildContexts } from '../../scripts/local/base-images/build-contexts.ts';
import { ensureImages, ensureLocalImages } from '../../scripts/local/base-images/ensure-images.ts';
import type { Engine } from '../../scripts/local/machine/engine.ts';

/** The public images of the stacks that the tests run. */
const images = ['python:3.11-slim', 'nginx:alpine', 'redis:7-alpine', 'postgres:15-alpine'];

/** The public images of the tests, under the names that the engine here has for them. */
export interface PublicImages {
  /** The name here of an image. */
  here(image: string): string;
  /** What a build needs, so that its Dockerfile may ask for the public names. */
  readonly buildFlags: readonly string[];
}

let made: Promise<PublicImages> | undefined;

/** Makes the images available that the tests on a host need, and those of the local run: once in a process. */
export async function publicImages(engine: Engine): Promise<PublicImages> {
  made ??= makeAvailable(engine);
  return await made;
}

async function makeAvailable(engine: Engine): Promise<PublicImages> {
  const place = 'tests/host/public-images.ts';
  await ensureLocalImages(engine);
  const { names } = await ensureImages(
    engine,
    images.map((image) => ({ image, place, use: 'job', optional: false })),
  );
  return {
    here(image) {
      const name = names.get(image);
      if (name === undefined) throw new Error(`${place} does not have ${image}`);
      return name;
    },
    buildFlags: buildContexts(names).flatMap((context) => ['--build-context', context]),
  };
}
