import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { InvalidInput } from '../../../shared/src/errors.ts';
import type { ImageSource, Images } from '../read/images.ts';
import { type BindMount, bindMountsOf, replaceSources } from './bind-mounts.ts';
import { type Mount, mountSource, proxySource } from './mounts.ts';

/** The label that tells which release a container of the application came with. */
export const releaseLabel = 'staging-pipeline.release';

/**
 * The label's value of a service as it is sent: the host puts the release in its place, this one or, where the service is
 * the same as before, the one that its container came with.
 */
export function undecidedOrigin(service: string, release: string): string {
  return `${service}@${release}`;
}

interface Service {
  readonly image?: string;
  readonly build?: unknown;
  readonly labels?: unknown;
  readonly volumes?: readonly unknown[];
  readonly ports?: readonly unknown[];
  readonly profiles?: readonly string[];
  readonly mem_limit?: unknown;
  readonly deploy?: { readonly resources?: { readonly limits?: { readonly memory?: unknown } } };
}

/** A Compose file that has been read, with anchors and merge keys filled in where it is looked at. */
export interface ComposeFile {
  readonly document: Document;
  readonly services: Readonly<Record<string, Service | null>>;
  /** The Compose project's name, which all releases share. */
  readonly project: string;
  readonly bindMounts: readonly BindMount[];
}

/** Reads a Compose file that lies in `folder` of the workspace. Throws `InvalidInput` where it cannot be deployed. */
export function readCompose(text: string, folder = '.'): ComposeFile {
  const document = parseDocument(text, { merge: true });
  const [error] = document.errors;
  if (error) throw new InvalidInput(`the compose file is not YAML: ${error.message}`);
  if (!isMap(document.get('services'))) throw new InvalidInput('the compose file has no services');
  const { services } = document.toJS() as Pick<ComposeFile, 'services'>;
  return {
    document,
    services,
    project: projectName(document),
    bindMounts: bindMountsOf(services, folder),
  };
}

export interface Rendering {
  readonly release: string;
  readonly images: Images;
  readonly imageSource: ImageSource;
  readonly optionalServices: readonly string[];
  /** The service that requests go through. */
  readonly proxy: string;
  readonly baseDirectory: string;
  /** What is mounted, by path; the proxy's path need not be there. */
  readonly mounts: ReadonlyMap<string, Mount>;
}

/**
 * The Compose file as the host gets it: services in `images` run that image and carry the release's label, nothing is
 * built there, mounts come from where the host keeps them, and comments stay. Throws `InvalidInput` where the file and
 * the inputs do not fit.
 */
export function renderCompose(file: ComposeFile, rendering: Rendering): string {
  const { document, services } = file;
  checkServices(file, rendering);
  for (const [name, service] of Object.entries(services)) {
    const image = rendering.images.get(name);
    if (image !== undefined) {
      document.setIn(['services', name, 'image'], image);
      // No registry has what came over the connection; what has its name there would be somebody else's.
      if (rendering.imageSource === 'runner') {
        document.setIn(['services', name, 'pull_policy'], 'never');
      }
      withoutBuild(document, name);
      addLabel(document, name, service?.labels, undecidedOrigin(name, rendering.release));
    } else if (service?.build !== undefined) {
      throw new InvalidInput(
        `service ${name} is built from source: name its image in the input images`,
      );
    }
    if (file.bindMounts.some(({ service }) => service === name)) {
      replaceSources(document, name, service?.volumes ?? [], (spelt) =>
        sourceOf(rendering, file.bindMounts, name, spelt),
      );
    }
  }
  return textOf(document);
}

/** The path that the proxy mounts. Throws `InvalidInput` unless there is exactly one. */
export function proxyPath({ services, bindMounts }: ComposeFile, proxy: string): string {
  if (!Object.hasOwn(services, proxy)) throw unknownService(proxy, services);
  const [mount, ...others] = bindMounts.filter(({ service }) => service === proxy);
  if (mount !== undefined && others.length === 0) return mount.path;
  const found =
    mount === undefined ? 'none' : [mount, ...others].map(({ spelt }) => spelt).join(', ');
  throw new InvalidInput(
    `service ${proxy} mounts these relative paths: ${found}. The proxy must mount exactly one, the directory with its ` +
      `configuration (such as ./infra/${proxy}): the host switches releases by writing a file there`,
  );
}

function checkServices({ services }: ComposeFile, { images, optionalServices }: Rendering): void {
  for (const name of [...images.keys(), ...optionalServices]) {
    if (!Object.hasOwn(services, name)) throw unknownService(name, services);
  }
}

function unknownService(name: string, services: ComposeFile['services']): InvalidInput {
  const known = Object.keys(services).join(', ');
  return new InvalidInput(`the compose file has no service ${name}; it has: ${known}`);
}

function withoutBuild(document: Document, service: string): void {
  document.deleteIn(['services', service, 'build']);
  const { services } = document.toJS() as ComposeFile;
  if (services[service]?.build === undefined) return;
  throw new InvalidInput(
    `service ${service} gets its build from an anchor of the compose file: write it at the service itself`,
  );
}

function addLabel(document: Document, service: string, labels: unknown, value: string): void {
  const place = ['services', service, 'labels'];
  const own = document.getIn(place, true);
  if (isMap(own)) document.setIn([...place, releaseLabel], value);
  else if (isSeq(own)) document.addIn(place, `${releaseLabel}=${value}`);
  else if (Array.isArray(labels)) {
    document.setIn(place, document.createNode([...labels, `${releaseLabel}=${value}`]));
  } else {
    document.setIn(place, document.createNode({ ...(labels ?? {}), [releaseLabel]: value }));
  }
}

function sourceOf(
  { baseDirectory, mounts, proxy }: Rendering,
  bindMounts: readonly BindMount[],
  service: string,
  spelt: string,
): string {
  const bound = bindMounts.find((each) => each.service === service && each.spelt === spelt);
  const path = bound?.path ?? spelt;
  if (service === proxy) return proxySource(baseDirectory, path);
  const mount = mounts.get(path);
  if (mount !== undefined) return mountSource(baseDirectory, mount);
  throw new InvalidInput(`service ${service} mounts ${spelt}, which is not among the input files`);
}

function textOf(document: Document): string {
  try {
    return document.toString({ lineWidth: 0 });
  } catch (error) {
    throw new InvalidInput(
      `an anchor inside volumes, labels or build of the compose file is used elsewhere too, which cannot be kept: ${String(error)}`,
      { cause: error },
    );
  }
}

function projectName(document: Document): string {
  const node = document.get('name', true);
  const name = isScalar(node) ? node.value : undefined;
  if (typeof name === 'string' && /^[a-z0-9][a-z0-9_-]*$/.test(name)) return name;
  throw new InvalidInput(
    `the compose file has the name ${JSON.stringify(name)}: releases lie in different directories, so it needs a fixed ` +
      'name at the top (small letters, digits, - and _)',
  );
}
