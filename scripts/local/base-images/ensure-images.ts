import { UserError } from '../../terminal/errors.ts';
import { step, warn } from '../../terminal/progress.ts';
import type { Engine } from '../machine/engine.ts';
import { localImage, localRecipe, standInName } from './local-images.ts';
import { chooseRecipe, type Recipe } from './recipes.ts';
import { type Pull, Registries } from './registries.ts';
import { StandIns } from './stand-ins.ts';
import { callsOfApk, type ImageSources, type WantedImage, wantedImages } from './wanted-images.ts';

/** The images of a run, as this machine has them. */
export interface BaseImages {
  /** What the engine calls each image that is there: its own name where it is the real one, else its stand-in's. */
  readonly names: ReadonlyMap<string, string>;
  /** Those of them that the staging server pulls. */
  readonly stack: readonly string[];
  /** Images that cannot be had here, and that the pipeline runs without. */
  readonly unavailable: readonly string[];
}

/** Makes every image available that a repository takes from outside, and those of the local run. */
export async function ensureBaseImages(engine: Engine, sources: ImageSources): Promise<BaseImages> {
  const images = await ensureImages(engine, await wantedImages(sources));
  const alpine = [...images.names].filter(([image, name]) => image !== name && isAlpine(image));
  const calls = alpine.length > 0 ? await callsOfApk(sources) : [];
  if (calls.length > 0)
    warn(
      `${calls.join(', ')}: there is no apk in what stands in for ${alpine.map(([image]) => image).join(', ')} here, which is Debian. The build fails there where no image registry answers.`,
    );
  await ensureLocalImages(engine);
  return images;
}

/** Makes the images available that the local run has of its own: runner, registry, staging server. */
export async function ensureLocalImages(engine: Engine): Promise<void> {
  const standIns = new StandIns(engine);
  for (const image of ['runner', 'staging-host', 'registry'] as const) {
    const name = localImage(image);
    if (!(await standIns.isThere(name)))
      await step(`Image ${image}`, async () => await standIns.build(name, localRecipe(image)));
  }
}

/**
 * Makes images available in the engine: pulled where a registry answers, otherwise built from packages under a name of
 * its own. Throws a `UserError` that names all that cannot be had and where they are asked for, before anything is built.
 */
export async function ensureImages(
  engine: Engine,
  wanted: readonly WantedImage[],
): Promise<BaseImages> {
  const names = new Map<string, string>();
  const recipes = new Map<string, Recipe>();
  const missing = new Map<string, string>();
  const standIns = new StandIns(engine);
  const registries = new Registries(engine);
  const lookUps = [...new Set(wanted.map((each) => each.image))].map(async (image) => {
    const choice = chooseRecipe(image);
    const name = 'why' in choice ? undefined : standInName(image, choice);
    const standIn = name !== undefined && standIns.isThere(name);
    return { image, choice, real: await standIns.hasReal(image), standIn: await standIn };
  });
  for (const { image, choice, real, standIn } of await Promise.all(lookUps)) {
    const pull = real
      ? { outcome: 'pulled' as const }
      : await pullUnlessSilent(image, standIn, registries);
    if (pull.outcome === 'pulled') names.set(image, image);
    else if (pull.outcome === 'refused') missing.set(image, pull.why);
    else if ('why' in choice) missing.set(image, choice.why);
    else if (image.includes('@') && wanted.some((each) => isPulledByHost(each, image)))
      missing.set(image, 'the staging server pulls it by its digest, which nothing else has');
    else recipes.set(image, choice);
  }
  demandAll(wanted, missing);
  for (const [image, recipe] of recipes) {
    const name = standInName(image, recipe);
    if (!(await standIns.isThere(name))) await buildStandIn(standIns, image, recipe);
    names.set(image, name);
  }
  const stack = wanted.filter(({ use, image }) => use === 'stack' && names.has(image));
  return {
    names,
    stack: [...new Set(stack.map(({ image }) => image))],
    unavailable: [...missing.keys()],
  };
}

/** Pulls an image; where a stand-in is there already, only from a registry that answers at once. */
async function pullUnlessSilent(
  image: string,
  standIn: boolean,
  registries: Registries,
): Promise<Pull> {
  if (standIn && !(await registries.answer(image))) return { outcome: 'no answer' };
  return await registries.pull(image);
}

async function buildStandIn(standIns: StandIns, image: string, recipe: Recipe): Promise<void> {
  await step(`Image ${image}`, async ({ note }) => {
    await standIns.build(standInName(image, recipe), recipe);
    note(`${recipe.holds} stands in`);
  });
  if (recipe.remark !== undefined)
    warn(`${image} is not the real one, as no image registry answers: ${recipe.remark}`);
}

function demandAll(wanted: readonly WantedImage[], missing: ReadonlyMap<string, string>): void {
  const line = ([image, why]: readonly [string, string]) => {
    const places = wanted.filter((each) => each.image === image).map(({ place }) => place);
    return `  - ${image} (${[...new Set(places)].join(', ')}): ${why}`;
  };
  const needed = new Set(wanted.filter(({ optional }) => !optional).map(({ image }) => image));
  const lines = [...missing].filter(([image]) => needed.has(image)).map(line);
  if (lines.length > 0)
    throw new UserError(
      `These images can neither be pulled nor built from packages here:\n${lines.join('\n')}\nBring them into the engine (docker pull, docker load), or name a version that can be built.`,
    );
  for (const each of missing)
    warn(
      `Going on without an image that can neither be pulled nor built from packages:\n${line(each)}`,
    );
}

function isPulledByHost(each: WantedImage, image: string): boolean {
  return each.image === image && each.use === 'stack';
}

function isAlpine(image: string): boolean {
  return image.includes('alpine');
}
