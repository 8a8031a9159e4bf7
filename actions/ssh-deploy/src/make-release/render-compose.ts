import { isDeepStrictEqual } from 'node:util';
import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type YAMLMap } from 'yaml';
import { InvalidInput } from '../../../shared/src/errors.ts';
import type { ImageSource, Images } from '../read/images.ts';
import { fileSections, relativeFile, relativeSource } from './bind-mounts.ts';
import { type ComposeFile, type Service, unknownService } from './compose-file.ts';
import { type Mount, mountSource, proxySource } from './mounts.ts';
import { entriesOf, flowText, resolved } from './shared-nodes.ts';
import { obstacleOf } from './side-by-side.ts';
import { keyOf, SourceEdits, scalarText } from './source-edits.ts';

/** The label that tells which release a container of the application came with. */
export const releaseLabel = 'staging-pipeline.release';

/**
 * The label's value of a service as it is sent: the host puts the release in its place, this one or, where the service is
 * the same as before, the one that its container came with.
 */
export function undecidedOrigin(service: string, release: string): string {
  return `${service}@${release}`;
}

export interface Rendering {
  readonly release: string;
  readonly images: Images;
  readonly imageSource: ImageSource;
  readonly optionalServices: readonly string[];
  /** The service that requests go through. */
  readonly proxy: string;
  readonly baseDirectory: string;
  /** What containers read, by path; the proxy's path need not be there. */
  readonly mounts: ReadonlyMap<string, Mount>;
}

/**
 * The Compose file as the host gets it: services in `images` run that image and carry the release's label, nothing is
 * built there, and files come from where the host keeps them. All the rest stays byte for byte. Throws `InvalidInput`
 * where the file and the inputs do not fit.
 */
export function renderCompose(file: ComposeFile, rendering: Rendering): string {
  checkServices(file, rendering);
  const edits = new SourceEdits(file.text);
  for (const { key, value } of (file.document.get('services') as YAMLMap).items) {
    const name = String(isScalar(key) ? key.value : key);
    editService({ file, rendering, edits, name, node: value as Node | null });
  }
  editFiles(file, rendering, edits);
  const text = edits.toString();
  checkResult(file, rendering, text);
  return text;
}

interface Edit {
  readonly file: ComposeFile;
  readonly rendering: Rendering;
  readonly edits: SourceEdits;
  readonly name: string;
  readonly node: Node | null;
}

function checkServices({ services }: ComposeFile, rendering: Rendering): void {
  const { images, optionalServices } = rendering;
  for (const name of [...images.keys(), ...optionalServices]) {
    if (!Object.hasOwn(services, name)) throw unknownService(name, services);
  }
  for (const name of images.keys()) {
    const obstacle = obstacleOf(services[name] ?? {});
    if (obstacle === undefined) continue;
    throw new InvalidInput(
      `service ${name} has ${obstacle}. Its old and its new container run side by side while a release goes live`,
    );
  }
  for (const [name, service] of Object.entries(services)) {
    if (service?.build === undefined || images.has(name)) continue;
    throw new InvalidInput(
      `service ${name} is built from source: name its image in the input images`,
    );
  }
}

function editService(about: Edit): void {
  const { file, rendering, edits, name, node } = about;
  const map = isMap(node) ? node : undefined;
  const effective = resolved(node, file);
  const entries = isMap(effective) ? entriesOf(effective, file) : new Map<string, unknown>();
  const own = (key: string) => map?.items.find((pair) => keyOf(pair) === key)?.value as Node | null;
  const added: Record<string, string> = {};
  const set = (key: string, text: string) => {
    const value = own(key);
    if (value) edits.replace(value, text);
    else added[key] = text;
  };
  const image = rendering.images.get(name);
  if (image !== undefined) {
    set('image', scalarText(image));
    // No registry has what came over the connection; what has its name there would be somebody else's.
    if (rendering.imageSource === 'runner') set('pull_policy', 'never');
    const value = undecidedOrigin(name, rendering.release);
    const labels = own('labels');
    if (isMap(labels)) edits.put(labels, { [releaseLabel]: value }, releaseLabel);
    else if (isSeq(labels)) edits.add(labels, `${releaseLabel}=${value}`);
    else set('labels', labelled(entries.get('labels'), value, file));
  }
  if (file.bindMounts.some(({ service }) => service === name)) {
    const volumes = own('volumes');
    if (isSeq(volumes)) for (const item of volumes.items) editVolume(item as Node, about);
    else
      set(
        'volumes',
        flowText(entries.get('volumes'), file, (each) => movedText(each, about)),
      );
  }
  if (map) edits.put(map, added, image === undefined ? undefined : 'build');
  else if (node && Object.keys(added).length > 0) {
    const pairs = Object.entries(added).map(([key, text]) => `${scalarText(key)}: ${text}`);
    const merged = isAlias(node) ? [`<<: *${node.source}`] : [];
    edits.replace(node, `{ ${[...merged, ...pairs].join(', ')} }`);
  }
}

function editVolume(item: Node, about: Edit): void {
  const { file, edits } = about;
  const source = isMap(item) ? item.get('source', true) : undefined;
  const moved = hostSource(resolved(item, file)?.toJS(file.document), about);
  if (moved === undefined) return;
  if (source) edits.replace(source as Node, scalarText(moved.source));
  else edits.replace(item, movedText(resolved(item, file) ?? item, about) ?? '');
}

/** The text of an entry of `volumes` whose files come from where the host keeps them; nothing for another node. */
function movedText(node: Node, about: Edit): string | undefined {
  const { file } = about;
  if (!isScalar(node) && !isMap(node)) return undefined;
  const volume: unknown = node.toJS(file.document);
  const moved = hostSource(volume, about);
  if (moved === undefined) return undefined;
  if (typeof volume === 'string')
    return scalarText(moved.source + volume.slice(moved.spelt.length));
  const source = isMap(node) && resolved(entriesOf(node, file).get('source'), file);
  return flowText(node, file, (each) => (each === source ? scalarText(moved.source) : undefined));
}

/** Labels that come from elsewhere, with the release's. */
function labelled(labels: unknown, value: string, file: ComposeFile): string {
  const shared = resolved(labels, file);
  if (isSeq(shared)) {
    const items = shared.items.map((item) => flowText(item, file));
    return `[${[`${releaseLabel}=${value}`, ...items].join(', ')}]`;
  }
  const pairs = isMap(shared) ? [...entriesOf(shared, file)] : [];
  const texts = pairs.map(([key, each]) => `${scalarText(key)}: ${flowText(each, file)}`);
  return `{ ${[`${releaseLabel}: ${value}`, ...texts].join(', ')} }`;
}

/** Where the host keeps what an entry of `volumes` mounts; nothing for an entry that mounts no file of the workspace. */
function hostSource(
  volume: unknown,
  { file, rendering, name }: Pick<Edit, 'file' | 'rendering' | 'name'>,
): { readonly spelt: string; readonly source: string } | undefined {
  const spelt = relativeSource(volume);
  return spelt === undefined
    ? undefined
    : { spelt, source: sourceOf(file, rendering, { service: name, spelt }) };
}

/** Configs and secrets that are files come from where the host keeps them. */
function editFiles(file: ComposeFile, rendering: Rendering, edits: SourceEdits): void {
  for (const section of fileSections) {
    const entries = resolved(file.document.get(section, true), file);
    for (const { key, value } of isMap(entries) ? entries.items : []) {
      const entry = resolved(value, file);
      const node = isMap(entry) ? entriesOf(entry, file).get('file') : undefined;
      const spelt = relativeFile(resolved(node, file)?.toJS(file.document));
      if (spelt === undefined) continue;
      const text = scalarText(sourceOf(file, rendering, { spelt }));
      if (!isMap(value) || !value.has('file')) {
        throw new InvalidInput(
          `${section}.${String(key)} gets its file from an anchor of the compose file: write it there itself`,
        );
      }
      edits.replace(node as Node, text);
    }
  }
}

function sourceOf(
  { bindMounts }: ComposeFile,
  { baseDirectory, mounts, proxy }: Rendering,
  { service, spelt }: { readonly service?: string; readonly spelt: string },
): string {
  const bound = bindMounts.find((each) => each.service === service && each.spelt === spelt);
  if (bound === undefined) throw new TypeError(`a path that was not found before: ${spelt}`);
  if (service === proxy) return proxySource(baseDirectory, bound.path);
  const mount = mounts.get(bound.path);
  if (mount !== undefined) return mountSource(baseDirectory, mount);
  throw new InvalidInput(`${bound.what}, which is not among the input files`);
}

/**
 * What is put into one service must not reach another through an anchor, and must be all that changes. Throws
 * `InvalidInput` that names the service and the key.
 */
function checkResult(file: ComposeFile, rendering: Rendering, text: string): void {
  const document = parseDocument(text, { merge: true });
  const [error] = document.errors;
  if (error)
    throw new InvalidInput(
      `the compose file cannot be changed where it has to be: ${error.message}`,
    );
  const { services } = document.toJS() as Pick<ComposeFile, 'services'>;
  for (const [name, service] of Object.entries(file.services)) {
    if (rendering.images.has(name) && services[name]?.build !== undefined) {
      throw new InvalidInput(
        `service ${name} gets its build from an anchor of the compose file: write it at the service itself`,
      );
    }
    const expected = expectedOf(name, service ?? {}, { file, rendering });
    const found: Readonly<Record<string, unknown>> = { ...services[name] };
    const keys = new Set([...Object.keys(expected), ...Object.keys(found)]);
    const wrong = [...keys].find((key) => !isDeepStrictEqual(expected[key], found[key]));
    if (wrong === undefined) continue;
    throw new InvalidInput(
      `service ${name}: its ${wrong} would change with that of another service, since an anchor of the compose file is used ` +
        `for both: write ${wrong} at each of them`,
    );
  }
}

function expectedOf(
  name: string,
  service: Service,
  { file, rendering }: Pick<Edit, 'file' | 'rendering'>,
): Readonly<Record<string, unknown>> {
  const image = rendering.images.get(name);
  const { build, ...rest } = service;
  const volumes = service.volumes?.map((volume) => {
    const moved = hostSource(volume, { file, rendering, name });
    if (moved === undefined) return volume;
    return typeof volume === 'string'
      ? moved.source + volume.slice(moved.spelt.length)
      : { ...(volume as object), source: moved.source };
  });
  const value = undecidedOrigin(name, rendering.release);
  return {
    ...rest,
    ...(volumes && { volumes }),
    ...(image !== undefined && {
      image,
      ...(rendering.imageSource === 'runner' && { pull_policy: 'never' }),
      labels: Array.isArray(service.labels)
        ? [`${releaseLabel}=${value}`, ...service.labels]
        : { ...(service.labels ?? {}), [releaseLabel]: value },
    }),
  };
}
