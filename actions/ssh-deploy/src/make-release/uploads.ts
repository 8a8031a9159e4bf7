import { lstat, readdir, readlink, realpath } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { InvalidInput } from '../../../shared/src/errors.ts';

/** What is brought to the host, relative to the workspace. */
export interface Uploads {
  /** Files and folders that go along. */
  readonly files: readonly string[];
  /** `files=PATH` here lets the link at that path lead anywhere. */
  readonly hostAccess: readonly string[];
  /** Of those, what containers mount: a link there leads nowhere outside of its mount. */
  readonly mounted: readonly string[];
  /** The folder that the proxy mounts. */
  readonly proxyPath: string;
}

/** Names at the top of the proxy's folder that are the host's own. "routes" may be there, for a start by hand. */
const namesOfHost = [
  ...['by-service', 'by-container-1', 'by-container-2', '.by-container.new', 'routes.new'],
  '.staging-pipeline.new',
];

/**
 * Throws `InvalidInput` that names the path where something could not be on the host as it is in the workspace: a link
 * that leads out of what is brought or mounted, a socket or pipe, a name with control characters or of the host's own.
 */
export async function checkUploads(workspace: string, uploads: Uploads): Promise<void> {
  for (const root of uploads.files) await checkBelow(workspace, root.replace(/\/$/, ''), uploads);
  for (const name of namesOfHost) {
    const path = `${uploads.proxyPath}/${name}`;
    if ((await lstat(join(workspace, path)).catch(() => undefined)) === undefined) continue;
    throw new InvalidInput(`${path} has a name that the host needs for itself: rename it`);
  }
}

async function checkBelow(workspace: string, path: string, uploads: Uploads): Promise<void> {
  const status = await lstat(join(workspace, path));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x1f\x7f]/.test(path)) {
    throw new InvalidInput(`${JSON.stringify(path)} has control characters in its name: rename it`);
  }
  if (status.isDirectory()) {
    for (const name of await readdir(join(workspace, path))) {
      await checkBelow(workspace, `${path}/${name}`, uploads);
    }
  } else if (status.isSymbolicLink()) {
    await checkLink(workspace, path, uploads);
  } else if (!status.isFile()) {
    throw new InvalidInput(`${path} is neither a file, a folder nor a link: it cannot be brought`);
  }
}

async function checkLink(workspace: string, link: string, uploads: Uploads): Promise<void> {
  if (uploads.hostAccess.includes(`files=${link}`)) return;
  const target = await readlink(join(workspace, link));
  const roots = uploads.mounted.filter((path) => isBelow(link, path));
  const allowed = roots.length > 0 ? roots : uploads.files;
  const led = posix.join(dirname(link), target);
  const real = await realpath(join(workspace, link)).catch(() => undefined);
  const isInside = async (root: string) =>
    isBelow(led, root) &&
    real !== undefined &&
    isBelow(real, await realpath(join(workspace, root)));
  const inside = await Promise.all(allowed.map(isInside));
  // Of several mounts, each has to have it.
  const kept = roots.length > 0 ? inside.every(Boolean) : inside.some(Boolean);
  if (kept && !posix.isAbsolute(target)) return;
  throw new InvalidInput(
    `${link} is a link to ${JSON.stringify(target)}, which does not come along ` +
      `(only what is in ${allowed.join(', ')} does): put the file itself there, or, where a path of the host is meant, ` +
      `files=${link} in a line of the input host-access`,
  );
}

function isBelow(path: string, root: string): boolean {
  const folder = root.replace(/\/$/, '');
  return path === folder || path.startsWith(`${folder}/`);
}
