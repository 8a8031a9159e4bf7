import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { InvalidInput } from '../../../shared/src/errors.ts';

/** What of a service names files that Compose reads on the host, and gives to the container as text. */
export interface ReadingFiles {
  readonly env_file?: unknown;
  readonly label_file?: unknown;
}

/** What the files are looked for in. */
export interface Around {
  readonly workspace: string;
  /** Of the Compose file, in the workspace. */
  readonly folder: string;
  /** What is uploaded. */
  readonly files: readonly string[];
  readonly hostAccess: readonly string[];
}

/** The host's own, which a release gets there. */
const hostsOwn = '.env.staging';
const keys = ['env_file', 'label_file'] as const;

/**
 * Demands of `env_file` and `label_file` that they are read from the release. Compose says nothing of them once it has read
 * them, so the host cannot look for them as for what is mounted. Throws `InvalidInput` with the service and the key.
 */
export function checkEnvironmentFiles(
  services: Readonly<Record<string, ReadingFiles | null>>,
  around: Around,
): void {
  for (const [name, service] of Object.entries(services)) {
    for (const key of keys) {
      for (const path of pathsIn(service?.[key])) check({ name, key, path }, around);
    }
  }
}

interface Entry {
  readonly name: string;
  readonly key: (typeof keys)[number];
  readonly path: string;
}

function check({ name, key, path }: Entry, { workspace, folder, files, hostAccess }: Around): void {
  const what = `service ${name} has ${key}: ${path}`;
  if (path.includes('$')) {
    throw new InvalidInput(
      `${what}, and which file that is shows on the host only: write its path`,
    );
  }
  const place = posix.normalize(path);
  if (posix.isAbsolute(place) || place.startsWith('../')) {
    if (isGranted(hostAccess, name, place)) return;
    throw new InvalidInput(
      `${what}, a file of the host that its containers get to read: name one of the release, or, where it is meant, ` +
        `${name}=${place} in a line of the input host-access`,
    );
  }
  const local = posix.join(folder, place);
  const isBrought = files.some((file) => isBelow(local, file.replace(/\/$/, '')));
  if (place !== hostsOwn && !isBrought && existsSync(join(workspace, local))) {
    throw new InvalidInput(
      `${what}, which is not among the input files (${files.join(', ')}): add it there`,
    );
  }
}

/** Each of these keys takes a path or a list; an entry of it may be a map with other keys beside `path`. */
function pathsIn(value: unknown): string[] {
  return [value].flat().flatMap((entry) => {
    const path = typeof entry === 'object' && entry !== null ? pathOf(entry) : entry;
    return typeof path === 'string' ? [path] : [];
  });
}

const pathOf = (entry: { readonly path?: unknown }) => entry.path;

/** As the host does with paths that are mounted: what is granted is the path with all below it. */
function isGranted(hostAccess: readonly string[], service: string, path: string): boolean {
  return hostAccess.some((grant) => {
    const [who, granted] = grant.split(/=(.*)/s);
    return who === service && granted !== undefined && isBelow(path, granted);
  });
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root === '/' ? '/' : `${root}/`);
}
