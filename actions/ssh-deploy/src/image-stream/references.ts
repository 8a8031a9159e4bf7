import { InvalidInput } from '../../../shared/src/errors.ts';

// A name under .local is no public registry's: whoever tries to pull it gets nothing of somebody else's.
const belongsTo = 'staging-pipeline.local';
const reference = /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,510}$/;

/** Checks what names a local image: Docker must not take it for an option, nor for two words. Throws `InvalidInput`. */
export function checkReference(service: string, name: string): void {
  if (reference.test(name)) return;
  throw new InvalidInput(
    `the image of service ${service} is ${JSON.stringify(name)}: it must be the name or id of an image on this ` +
      'machine, such as acme/api:dev, that begins with a letter or digit',
  );
}

/**
 * The name that an image gets on the host. It ends in the whole id: the same name is always the same image, and an
 * image with a name is none that `docker image prune` removes.
 */
export function hostReference(service: string, id: string): string {
  const name = service
    .toLowerCase()
    .match(/[a-z0-9]+/g)
    ?.join('-');
  if (name === undefined) {
    throw new InvalidInput(
      `the service ${JSON.stringify(service)} has no letter or digit to name an image after`,
    );
  }
  return `${belongsTo}/${name}:${id.replace(/^sha256:/, '')}`;
}
