import { attempt } from '../../process.ts';
import type { Engine } from '../engine.ts';
import { parseImage } from './image-reference.ts';
import { forgetPulled, rememberPulled } from './pulled-images.ts';

/** Pulls images; what a registry that does not answer was asked once, it is not asked again. */
export class Registries {
  readonly #engine: Engine;
  readonly #answers = new Map<string, boolean>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Whether the registry of an image answers at all; a stand-in is replaced as soon as it does. */
  async answer(image: string): Promise<boolean> {
    const registry = registryOf(image);
    const known = this.#answers.get(registry);
    if (known !== undefined) return known;
    const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
    const signal = AbortSignal.timeout(3_000);
    const answers = await fetch(`https://${host}/v2/`, { signal }).then(
      () => true,
      () => false,
    );
    this.#answers.set(registry, answers);
    return answers;
  }

  /** Pulls an image where its registry answers; tells whether it did. */
  async pull(image: string): Promise<boolean> {
    const registry = registryOf(image);
    if (this.#answers.get(registry) === false) return false;
    await rememberPulled(this.#engine, image);
    const pulled = await attempt('docker', ['pull', '--quiet', image], {
      env: this.#engine.env,
      timeout: this.#answers.get(registry) ? 600_000 : 120_000,
    });
    if (pulled === undefined) await forgetPulled(image);
    if (!this.#answers.has(registry)) this.#answers.set(registry, pulled !== undefined);
    return pulled !== undefined;
  }
}

function registryOf(image: string): string {
  return parseImage(image)?.registry ?? 'docker.io';
}
