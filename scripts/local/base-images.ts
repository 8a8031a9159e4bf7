import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Project } from '../../src/project/project.ts';
import { attempt, run, succeeds } from '../process.ts';
import { cached } from './cache.ts';
import { debianArchive, ensureCommands } from './debian-packages.ts';
import { docker, type Engine } from './engine.ts';
import { step, warn } from './progress.ts';

const source = fileURLToPath(new URL('images', import.meta.url));
const fingerprintLabel = 'staging-pipeline.stand-in';
const debian = 'debian:bookworm-slim';

/** The images that only the local run needs, by the target of images/Dockerfile they are built from. */
export const localImages = {
  runner: 'staging-pipeline.local/runner',
  'staging-host': 'staging-pipeline.local/staging-host',
  registry: 'staging-pipeline.local/registry',
} as const;

/** Public images the stack runs and the Dockerfiles build upon, read from where they are named. */
export async function publicImages({
  root,
  services,
  images,
}: Project): Promise<{ services: string[]; bases: string[] }> {
  const run = Object.values(services).flatMap(({ build, image }) =>
    build === undefined && image !== undefined ? [image] : [],
  );
  const bases: string[] = [];
  for (const { dockerfile } of Object.values(images)) {
    const text = await readFile(join(root, dockerfile), 'utf8');
    for (const [, image] of text.matchAll(/^ARG \w+_IMAGE=(\S+)$/gm)) if (image) bases.push(image);
  }
  return { services: [...new Set(run)], bases: [...new Set(bases)] };
}

/**
 * Makes every image available in the engine: pulled where a registry answers, otherwise built from
 * Debian packages under the same name. Returns the names that cannot be had here.
 */
export async function ensureBaseImages(
  engine: Engine,
  project: Project,
): Promise<readonly string[]> {
  const wanted = await publicImages(project);
  const available = new BaseImages(engine, await fingerprint());
  const unavailable: string[] = [];
  for (const image of new Set([debian, ...wanted.bases, ...wanted.services]))
    if (!(await available.ensure(image))) unavailable.push(image);
  for (const [target, image] of Object.entries(localImages))
    await available.ensureLocal(target, image);
  return unavailable;
}

class BaseImages {
  #registryAnswers: boolean | undefined;
  readonly #engine: Engine;
  readonly #fingerprint: string;

  constructor(engine: Engine, fingerprint: string) {
    this.#engine = engine;
    this.#fingerprint = fingerprint;
  }

  async ensure(image: string): Promise<boolean> {
    const found = await this.#find(image);
    if (found === '' || found === this.#fingerprint) return true;
    return await step(`Base image ${image}`, async ({ note }) => {
      if (found === undefined && (await this.#pull(image))) note('pulled');
      else if (image === debian) {
        await this.#debootstrap();
        note('made with debootstrap');
      } else {
        const target = image.replace(/^.*\//, '').replace(/:.*$/, '');
        if (!(await hasTarget(target))) {
          note('not available');
          warn(`${image} is not in Debian and no image registry answers: going on without it`);
          return false;
        }
        await this.#build(target, image);
        note('built from Debian packages');
      }
      return true;
    });
  }

  async ensureLocal(target: string, image: string): Promise<void> {
    if ((await this.#find(image)) === this.#fingerprint) return;
    await step(`Image ${image}`, async () => await this.#build(target, image));
  }

  /** The stand-in fingerprint of an image, '' for a real one, undefined where there is none. */
  async #find(image: string): Promise<string | undefined> {
    const format = `{{index .Config.Labels "${fingerprintLabel}"}}`;
    return await attempt('docker', ['image', 'inspect', '--format', format, image], {
      env: this.#engine.env,
    });
  }

  async #pull(image: string): Promise<boolean> {
    if (this.#registryAnswers === false) return false;
    const pulled = await succeeds('docker', ['pull', '--quiet', image], {
      env: this.#engine.env,
      timeout: this.#registryAnswers ? 600_000 : 120_000,
    });
    this.#registryAnswers ??= pulled;
    return pulled;
  }

  async #debootstrap(): Promise<void> {
    await ensureCommands({ debootstrap: 'debootstrap', tar: 'tar' });
    const { uri } = await debianArchive();
    const folder = cached('debian-root');
    await rm(folder, { recursive: true, force: true });
    const args = ['--variant=minbase', '--include=ca-certificates', 'bookworm', folder, uri];
    await run('debootstrap', args);
    const skip = ['var/cache/apt/archives/*.deb', 'var/lib/apt/lists/*', 'usr/share/doc/*'];
    const archive = cached('debian-root.tar');
    const excludes = [...skip, 'usr/share/man/*', 'usr/share/locale/*', 'dev/*'];
    await run('tar', [
      ...excludes.map((each) => `--exclude=./${each}`),
      '-C',
      folder,
      '-cf',
      archive,
      '.',
    ]);
    await docker(this.#engine, ['import', archive, debian]);
    await rm(folder, { recursive: true });
    await rm(archive);
  }

  async #build(target: string, image: string): Promise<void> {
    const contexts = {
      ca: await certificates(),
      node20: await nodePackages('20'),
      node24: await nodePackages('24'),
    };
    const args = Object.entries(contexts).flatMap(([name, path]) => [
      '--build-context',
      `${name}=${path}`,
    ]);
    const label = `${fingerprintLabel}=${this.#fingerprint}`;
    await docker(
      this.#engine,
      [
        'buildx',
        'build',
        '--load',
        '--target',
        target,
        '--tag',
        image,
        '--label',
        label,
        ...args,
        source,
      ],
      { timeout: 900_000 },
    );
  }
}

async function hasTarget(target: string): Promise<boolean> {
  return (await readFile(join(source, 'Dockerfile'), 'utf8')).includes(` AS ${target}\n`);
}

/** Changes when a stand-in's recipe changes, so that images of an older recipe are built again. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await readdir(source, { recursive: true, withFileTypes: true })).sort(
    (a, b) => join(a.parentPath, a.name).localeCompare(join(b.parentPath, b.name)),
  ))
    if (file.isFile())
      hash.update(file.name).update(await readFile(join(file.parentPath, file.name)));
  return hash.digest('hex').slice(0, 16);
}

/** A folder with the certificates this machine trusts. */
async function certificates(): Promise<string> {
  const folder = cached('certificates');
  const bundle = process.env.SSL_CERT_FILE ?? '/etc/ssl/certs/ca-certificates.crt';
  await mkdir(folder, { recursive: true });
  await run('cp', ['--update', bundle, join(folder, 'ca-certificates.crt')]);
  return folder;
}

/** A node_modules folder with the Node.js runtime of a major version, and npm. */
async function nodePackages(major: string): Promise<string> {
  const folder = cached(`node-${major}`);
  if (!existsSync(folder)) {
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    const flags = ['--prefix', partial, '--no-audit', '--no-fund'];
    await run('npm', ['install', ...flags, `node@${major}`, 'npm@10']);
    await rename(partial, folder);
  }
  return join(folder, 'node_modules');
}

/** Removes the stand-ins and what the local runs built from an engine; pulled images stay. */
export async function removeImages(engine: Engine, repositories: readonly string[]): Promise<void> {
  const sources = repositories.map(
    (name) => `org.opencontainers.image.source=https://github.com/${name}`,
  );
  const found: string[] = [];
  for (const label of [fingerprintLabel, ...sources])
    found.push(await docker(engine, ['images', '--quiet', '--filter', `label=${label}`]));
  const ids = new Set(found.flatMap((lines) => lines.split('\n').filter(Boolean)));
  if (ids.size > 0) await docker(engine, ['rmi', '--force', ...ids]);
}
