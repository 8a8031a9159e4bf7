import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attempt, run } from '../../process.ts';
import { cached } from '../cache.ts';
import { docker, type Engine } from '../engine.ts';
import { step } from '../progress.ts';
import { makeDebianRoot } from './debian-root.ts';
import { standInLabel, standInName } from './local-images.ts';
import type { Recipe, Suite } from './recipes.ts';
import { Registries } from './registries.ts';

const source = fileURLToPath(new URL('../images', import.meta.url));

/** The stand-ins in an engine: images built from packages, under names that no registry has. */
export class StandIns {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Whether the engine has an image of this name. */
  async isThere(name: string): Promise<boolean> {
    return (await this.#label(name)) !== undefined;
  }

  /** Whether the engine has a stand-in that was built by this very recipe. */
  async isCurrent(name: string, recipe: Recipe): Promise<boolean> {
    return (await this.#label(name)) === (await fingerprint(recipe));
  }

  /** Builds a stand-in. */
  async build(name: string, recipe: Recipe): Promise<void> {
    const contexts: Record<string, string> = {
      'debian-base': `docker-image://${await this.#debian(recipe.suite)}`,
      ca: await certificates(),
      node20: await nodePackages('20'),
      node24: await nodePackages('24'),
      ...(recipe.node === undefined ? {} : { 'node-runtime': await nodePackages(recipe.node) }),
    };
    const options = {
      target: [recipe.target],
      tag: [name],
      label: [`${standInLabel}=${await fingerprint(recipe)}`],
      'build-arg': pairs(recipe.args),
      'build-context': pairs(contexts),
    };
    const flags = Object.entries(options).flatMap(([option, values]) =>
      values.flatMap((value) => [`--${option}`, value]),
    );
    await docker(this.#engine, ['buildx', 'build', '--load', ...flags, source], {
      timeout: 900_000,
    });
  }

  /** The name of the Debian image that a suite's stand-ins begin with: the real one, or one made here. */
  async #debian(suite: Suite): Promise<string> {
    const image = `debian:${suite}-slim`;
    const made = standInName(`debian-root:${suite}`);
    if (await this.isThere(image)) return image;
    if (await this.isThere(made)) return made;
    return await step(`Image ${image}`, async ({ note }) => {
      if (await new Registries(this.#engine).pull(image)) {
        note('pulled');
        return image;
      }
      await makeDebianRoot(this.#engine, suite, made);
      note('made with debootstrap');
      return made;
    });
  }

  /** The label of an image, '' where it has none, undefined where there is no image. */
  async #label(name: string): Promise<string | undefined> {
    const format = `{{index .Config.Labels "${standInLabel}"}}`;
    return await attempt('docker', ['image', 'inspect', '--format', format, name], {
      env: this.#engine.env,
    });
  }
}

function pairs(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${value}`);
}

/** Changes when a recipe changes, so that what an older one made is built again. */
async function fingerprint({ target, suite, args, node }: Recipe): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify([target, suite, args, node ?? '']));
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

/** A node_modules folder with a version of Node.js and what its public image has beside it. */
async function nodePackages(version: string): Promise<string> {
  const folder = cached('node', version);
  if (!existsSync(folder)) {
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    const flags = ['--prefix', partial, '--no-audit', '--no-fund'];
    const npm = Number.parseInt(version, 10) < 24 ? 'npm@10' : 'npm@11';
    await run('npm', ['install', ...flags, `node@${version}`, npm, 'corepack', 'yarn@1']);
    await rename(partial, folder);
  }
  return join(folder, 'node_modules');
}
