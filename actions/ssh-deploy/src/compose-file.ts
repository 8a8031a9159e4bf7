import { type Document, isMap, parseDocument } from 'yaml';
import { InvalidInput } from '../../shared/src/errors.ts';
import type { Images } from './images.ts';

export interface RenderedCompose {
  readonly text: string;
  /** The Compose project's name, which all releases share. */
  readonly project: string;
}

/**
 * The Compose file as the host gets it: services in `images` run their digest, nothing is built there, and comments
 * stay. Throws `InvalidInput` where the file and the inputs do not fit.
 */
export function renderCompose(
  text: string,
  images: Images,
  optionalServices: readonly string[],
): RenderedCompose {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw new InvalidInput(`the compose file is not YAML: ${error.message}`);
  const services = serviceNames(document);
  for (const name of [...images.keys(), ...optionalServices]) {
    if (!services.includes(name)) {
      throw new InvalidInput(
        `the compose file has no service ${name}; it has: ${services.join(', ')}`,
      );
    }
  }
  for (const service of services) {
    const image = images.get(service);
    if (image !== undefined) {
      document.setIn(['services', service, 'image'], image);
      document.deleteIn(['services', service, 'build']);
    } else if (document.hasIn(['services', service, 'build'])) {
      throw new InvalidInput(
        `service ${service} is built from source: name its image in the input images`,
      );
    }
  }
  return { text: document.toString({ lineWidth: 0 }), project: projectName(document) };
}

function serviceNames(document: Document): string[] {
  const services = document.get('services');
  if (!isMap(services)) throw new InvalidInput('the compose file has no services');
  return services.items.map((item) => String(item.key));
}

function projectName(document: Document): string {
  const name = document.get('name');
  if (typeof name === 'string' && /^[a-z0-9][a-z0-9_-]*$/.test(name)) return name;
  throw new InvalidInput(
    `the compose file has the name ${JSON.stringify(name)}: releases lie in different directories, so it needs a fixed ` +
      'name at the top (small letters, digits, - and _)',
  );
}
