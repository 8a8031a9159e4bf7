import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesOfCompose } from './compose-images.ts';
import { type DockerfileBuild, imagesOfDockerfile, linesThatCall } from './dockerfile-images.ts';
import { imagesOfWorkflow } from './workflow-images.ts';

/** An image that a run of the pipeline takes from outside, and where it is named. */
export interface WantedImage {
  readonly image: string;
  /** `api/Dockerfile:3` */
  readonly place: string;
  /** `stack`: the staging server pulls it, under this very name. */
  readonly use: 'build' | 'job' | 'stack';
  /** Whether the pipeline runs without it. */
  readonly optional: boolean;
}

/** A Dockerfile that the pipeline builds, relative to the repository's top. */
export interface BuiltDockerfile extends DockerfileBuild {
  readonly path: string;
}

/** Where a repository names the images it takes; paths are relative to its top. */
export interface ImageSources {
  readonly root: string;
  readonly dockerfiles: readonly BuiltDockerfile[];
  /** What the stack runs and nobody builds. */
  readonly services: readonly StackImage[];
  /** Compiled workflows. */
  readonly workflows: readonly string[];
}

/** A public image of the stack. */
export interface StackImage {
  readonly image: string;
  readonly place: string;
  readonly optional: boolean;
}

/** Every image that a repository's Dockerfiles, stack and compiled workflows take from outside. */
export async function wantedImages(sources: ImageSources): Promise<WantedImage[]> {
  const read = (path: string) => readFile(join(sources.root, path), 'utf8');
  const wanted: WantedImage[] = [];
  for (const { path, ...build } of sources.dockerfiles)
    for (const { image, line } of imagesOfDockerfile(await read(path), build))
      wanted.push({ image, place: `${path}:${line}`, use: 'build', optional: false });
  for (const path of sources.workflows)
    for (const { image, line } of imagesOfWorkflow(await read(path)))
      wanted.push({ image, place: `${path}:${line}`, use: 'job', optional: false });
  for (const service of sources.services) wanted.push({ ...service, use: 'stack' });
  return wanted;
}

/**
 * The public images of a Compose file's services but for those that the pipeline builds; those that belong to a profile
 * are optional.
 */
export async function stackImages(
  root: string,
  composeFile: string,
  built: readonly string[],
): Promise<StackImage[]> {
  const images = imagesOfCompose(await readFile(join(root, composeFile), 'utf8'));
  const others = images.filter(({ service }) => !built.includes(service));
  return others.map(({ image, line, optional }) => ({
    image,
    place: `${composeFile}:${line}`,
    optional,
  }));
}

/** Where Dockerfiles call `apk`, which an image that stands in for an Alpine one does not have. */
export async function callsOfApk(sources: ImageSources): Promise<string[]> {
  const places: string[] = [];
  for (const { path } of sources.dockerfiles) {
    const text = await readFile(join(sources.root, path), 'utf8');
    places.push(...linesThatCall(text, 'apk').map((line) => `${path}:${line}`));
  }
  return places;
}
