import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { attempt, run } from '../../terminal/process.ts';
import { step } from '../../terminal/progress.ts';
import { cached } from '../machine/cache.ts';
import { docker, type Engine } from '../machine/engine.ts';
import { makeDebianRoot } from './debian-root.ts';
import { debianRootName, imageSource, standInLabel } from './local-images.ts';
import type { Recipe, Suite } from './recipes.ts';
import { Registries } from './registries.ts';

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

  /** Whether the engine has the real image, and not one that was built for the local run under its name. */
  async hasReal(image: string): Promise<boolean> {
    return (await this.#label(image)) === '';
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
      label: [`${standInLabel}=${recipe.target}`],
      'build-arg': pairs(recipe.args),
      'build-context': pairs(contexts),
    };
    const flags = Object.entries(options).flatMap(([option, values]) =>
      values.flatMap((value) => [`--${option}`, value]),
    );
    await docker(this.#engine, ['buildx', 'build', '--load', ...flags, imageSource], {
      timeout: 900_000,
    });
  }

  /** The name of the Debian image that a suite's stand-ins begin with: the real one, or one made here. */
  async #debian(suite: Suite): Promise<string> {
    const image = `debian:${suite}-slim`;
    const made = debianRootName(suite);
    if (await this.hasReal(image)) return image;
    if (await this.isThere(made)) return made;
    return await step(`Image ${image}`, async ({ note }) => {
      const { outcome } = await new Registries(this.#engine).pull(image);
      if (outcome === 'pulled') {
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
    const inspect = ['image', 'inspect', '--format', format, name];
    return await attempt('docker', inspect, { env: this.#engine.env });
  }
}

function pairs(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${value}`);
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
