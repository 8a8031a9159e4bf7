import { writeFile } from 'node:fs/promises';

/** Where the stand-in of docker/build-push-action finds the list below, in a job's container. */
export const buildContextsInJob = '/opt/stand-ins/build-contexts';

/**
 * Writes a line for each image that has a stand-in: what `docker buildx build --build-context` takes, so that a
 * Dockerfile that asks for the public image gets it.
 */
export async function writeBuildContexts(
  file: string,
  names: ReadonlyMap<string, string>,
): Promise<void> {
  await writeFile(
    file,
    buildContexts(names)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/** The values of `--build-context` that put stand-ins in the place of public images. */
export function buildContexts(names: ReadonlyMap<string, string>): string[] {
  return [...names]
    .filter(([image, name]) => image !== name)
    .map(([image, name]) => `${image}=docker-image://${name}`);
}
