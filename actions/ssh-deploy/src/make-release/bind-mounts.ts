import { posix } from 'node:path';
import { type Document, isMap, isScalar, isSeq, type Node } from 'yaml';
import { InvalidInput } from '../../../shared/src/errors.ts';

/** A relative path of the workspace that a service mounts. */
export interface BindMount {
  readonly service: string;
  /** As the Compose file spells it, relative to its own folder, such as `./infra/nginx`. */
  readonly spelt: string;
  /** Relative to the workspace, without `./`. */
  readonly path: string;
}

type Services = Readonly<Record<string, { readonly volumes?: readonly unknown[] | null } | null>>;

/**
 * The relative paths that the services of a Compose file mount, which lies in `folder` of the workspace. Throws
 * `InvalidInput` that names the service where one leads out of the workspace.
 */
export function bindMountsOf(services: Services, folder: string): BindMount[] {
  return Object.entries(services).flatMap(([service, definition]) =>
    (definition?.volumes ?? []).flatMap((volume) => {
      const spelt = relativeSource(volume);
      return spelt === undefined ? [] : [{ service, spelt, path: inside(service, folder, spelt) }];
    }),
  );
}

/** Puts other sources in the place of the relative paths that a service mounts. */
export function replaceSources(
  document: Document,
  service: string,
  volumes: readonly unknown[],
  sourceOf: (spelt: string) => string,
): void {
  const place = ['services', service, 'volumes'];
  const node = document.getIn(place, true);
  if (isSeq(node) && node.items.every(isOwn)) {
    for (const item of node.items) replaceIn(item as Node, sourceOf);
  } else {
    // They come from another place of the file, which other services may share.
    document.setIn(place, document.createNode(volumes.map((each) => replaced(each, sourceOf))));
  }
}

/** The relative path that an entry of `volumes` mounts, if it does: other entries are volumes or absolute paths. */
function relativeSource(volume: unknown): string | undefined {
  if (typeof volume === 'string') {
    const source = volume.split(':')[0] ?? '';
    return /^\.{1,2}(?:\/|$)/.test(source) ? source : undefined;
  }
  const { type, source } = (volume ?? {}) as { type?: unknown; source?: unknown };
  if (type !== 'bind' || typeof source !== 'string') return undefined;
  return /^[/~$]/.test(source) ? undefined : source;
}

function inside(service: string, folder: string, spelt: string): string {
  const path = posix.join(folder, spelt).replace(/\/$/, '');
  if (
    /^(?!-)[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/.test(path) &&
    !/(?:^|\/)\.{1,2}(?:\/|$)/.test(path)
  ) {
    return path;
  }
  throw new InvalidInput(
    `service ${service} mounts ${JSON.stringify(spelt)}: only paths inside the workspace, of letters, digits and . _ - ` +
      'can be brought to the host; mount an absolute path for what the host has already',
  );
}

const isOwn = (item: unknown) => isScalar(item) || isMap(item);

function replaceIn(item: Node, sourceOf: (spelt: string) => string): void {
  if (isScalar(item)) item.value = replaced(item.value, sourceOf);
  if (!isMap(item)) return;
  const spelt = relativeSource(item.toJSON());
  if (spelt !== undefined) item.set('source', sourceOf(spelt));
}

function replaced(volume: unknown, sourceOf: (spelt: string) => string): unknown {
  const spelt = relativeSource(volume);
  if (spelt === undefined) return volume;
  if (typeof volume === 'string') return sourceOf(spelt) + volume.slice(spelt.length);
  return { ...(volume as object), source: sourceOf(spelt) };
}
