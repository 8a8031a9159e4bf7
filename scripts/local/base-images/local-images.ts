import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Recipe } from './recipes.ts';

/** The Dockerfile of everything that is built for the local run, and its files. */
export const imageSource: string = fileURLToPath(new URL('../images', import.meta.url));

/** The registry part of every image that only this machine has: no public name is taken in an engine that others use. */
const localRegistry = 'staging-pipeline.local';

/** The label of everything that is built for the local run. */
export const standInLabel = 'staging-pipeline.stand-in';

/** The images that only the local run needs; each is a target of the Dockerfile. */
export type LocalImage = 'runner' | 'staging-host' | 'registry';

/** How an image of the local run is built. */
export function localRecipe(image: LocalImage): Recipe {
  return { target: image, suite: 'bookworm', args: {}, holds: image };
}

/** The name of an image of the local run. */
export function localImage(image: LocalImage): string {
  return `${localRegistry}/${image}:${fingerprint(localRecipe(image))}`;
}

/** The name under which what a recipe makes stands in for a public image. */
export function standInName(image: string, recipe: Recipe): string {
  const [path = '', tag = 'latest'] = image.replace(/@.*$/, '').split(/:(?=[^/]*$)/);
  const short = path.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
  return `${localRegistry}/${short}:${tag}-${fingerprint(recipe)}`;
}

/** The name of the Debian system that is made here where no registry gives one. */
export function debianRootName(suite: string): string {
  return `${localRegistry}/debian-root:${suite}`;
}

/**
 * Differs where a recipe differs, so that two versions of the pipeline find each their own images in one engine, and what
 * an older one made is not used.
 */
function fingerprint({ target, suite, args, node = '' }: Recipe): string {
  const hash = createHash('sha256').update(JSON.stringify([target, suite, args, node]));
  const files = readdirSync(imageSource, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  for (const file of files) hash.update(relative(imageSource, file)).update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
