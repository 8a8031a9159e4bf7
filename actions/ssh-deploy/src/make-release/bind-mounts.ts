import { posix } from 'node:path';
import { InvalidInput } from '../../../shared/src/errors.ts';

/** A relative path of the workspace that containers read. */
export interface BindMount {
  /** The service that mounts it; none for the file of a config or secret. */
  readonly service?: string;
  /** For people: `service grafana mounts ./infra/grafana`. */
  readonly what: string;
  /** As the Compose file spells it, relative to its own folder, such as `./infra/nginx`. */
  readonly spelt: string;
  /** Relative to the workspace, without `./`. */
  readonly path: string;
}

/** What of a Compose file may name relative paths. */
export interface Mounting {
  readonly services: Readonly<
    Record<string, { readonly volumes?: readonly unknown[] | null } | null>
  >;
  readonly configs?: FileEntries | null;
  readonly secrets?: FileEntries | null;
}

type FileEntries = Readonly<Record<string, { readonly file?: unknown } | null>>;

/** The sections of a Compose file whose entries are files. */
export const fileSections = ['configs', 'secrets'] as const;

/**
 * The relative paths that a Compose file has containers read, which lies in `folder` of the workspace. Throws
 * `InvalidInput` that names who does where one leads out of the workspace.
 */
export function bindMountsOf(mounting: Mounting, folder: string): BindMount[] {
  const mounted = Object.entries(mounting.services).flatMap(([service, definition]) =>
    (definition?.volumes ?? []).flatMap((volume) => {
      const spelt = relativeSource(volume);
      if (spelt === undefined) return [];
      const who = `service ${service} mounts`;
      return [{ service, what: `${who} ${spelt}`, spelt, path: inside(who, folder, spelt) }];
    }),
  );
  const files = fileSections.flatMap((section) =>
    Object.entries(mounting[section] ?? {}).flatMap(([name, entry]) => {
      const spelt = relativeFile(entry?.file);
      if (spelt === undefined) return [];
      const who = `${section}.${name} is the file`;
      return [{ what: `${who} ${spelt}`, spelt, path: inside(who, folder, spelt) }];
    }),
  );
  return [...mounted, ...files];
}

/** The relative path that an entry of `volumes` mounts, if it does: other entries are volumes or absolute paths. */
export function relativeSource(volume: unknown): string | undefined {
  if (typeof volume === 'string') {
    const source = volume.split(':')[0] ?? '';
    return /^\.{1,2}(?:\/|$)/.test(source) ? source : undefined;
  }
  const { type, source } = (volume ?? {}) as { type?: unknown; source?: unknown };
  return type === 'bind' ? relativeFile(source) : undefined;
}

/** A path that is relative to the Compose file's folder. */
export function relativeFile(path: unknown): string | undefined {
  return typeof path === 'string' && path !== '' && !/^[/~$]/.test(path) ? path : undefined;
}

function inside(who: string, folder: string, spelt: string): string {
  const path = posix.join(folder, spelt).replace(/\/$/, '');
  if (
    /^(?!-)[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/.test(path) &&
    !/(?:^|\/)\.{1,2}(?:\/|$)/.test(path)
  ) {
    return path;
  }
  throw new InvalidInput(
    `${who} ${JSON.stringify(spelt)}: only paths inside the workspace, of letters, digits and . _ - can be brought to the host; name an absolute ` +
      'path for what the host has already',
  );
}
