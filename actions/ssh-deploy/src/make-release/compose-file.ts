import { type Document, isMap, isScalar, parseDocument } from 'yaml';
import { InvalidInput } from '../../../shared/src/errors.ts';
import { type BindMount, bindMountsOf, type Mounting } from './bind-mounts.ts';
import type { ReadingFiles } from './environment-files.ts';
import type { Source } from './shared-nodes.ts';
import type { SideBySide } from './side-by-side.ts';

export interface Service extends SideBySide, ReadingFiles {
  readonly image?: string;
  readonly build?: unknown;
  readonly extends?: unknown;
  readonly labels?: unknown;
  readonly volumes?: readonly unknown[];
  readonly ports?: readonly unknown[];
  readonly profiles?: readonly string[];
  readonly mem_limit?: unknown;
  readonly deploy?: {
    readonly replicas?: unknown;
    readonly resources?: { readonly limits?: { readonly memory?: unknown } };
  };
}

/** A Compose file that has been read, with anchors and merge keys filled in where it is looked at. */
export interface ComposeFile extends Source {
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
  const data = document.toJS() as Mounting & Pick<ComposeFile, 'services'>;
  checkOneFile(document, data.services);
  return {
    document,
    text,
    services: data.services,
    project: projectName(document),
    bindMounts: bindMountsOf(data, folder),
  };
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

export function unknownService(name: string, services: ComposeFile['services']): InvalidInput {
  const known = Object.keys(services).join(', ');
  return new InvalidInput(`the compose file has no service ${name}; it has: ${known}`);
}

/** Paths in other files would be those of one release's folder: another definition in each, of files that go with it. */
function checkOneFile(document: Document, services: ComposeFile['services']): void {
  if (document.has('include')) {
    throw new InvalidInput(
      'the compose file has "include": what is deployed has to stand in one file, so put it there',
    );
  }
  for (const [name, service] of Object.entries(services)) {
    const from = (service?.extends as { readonly file?: unknown } | undefined)?.file;
    if (from === undefined) continue;
    throw new InvalidInput(
      `service ${name} has extends.file: ${String(from)}: what is deployed has to stand in one file, so put the service there, ` +
        'or what several share under an anchor',
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
