import { ExecaError } from 'execa';
import { lightFetch } from '../../../actions/shared/src/http/fetch.ts';
import { docker, type Engine } from '../machine/engine.ts';
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
    // Docker itself asks a registry of this machine without TLS.
    const scheme = /^(?:localhost|127\.)/.test(host) ? 'http' : 'https';
    const signal = AbortSignal.timeout(3_000);
    const answers = await lightFetch(`${scheme}://${host}/v2/`, { signal }).then(
      // Read to its end, so that the connection keeps nobody waiting.
      async (answer) => {
        await answer.text().catch(() => '');
        return true;
      },
      () => false,
    );
    this.#answers.set(registry, answers);
    return answers;
  }

  /** Pulls an image. A registry that answers and does not give it is told from one that does not answer. */
  async pull(image: string): Promise<Pull> {
    const registry = registryOf(image);
    if (this.#answers.get(registry) === false) return { outcome: 'no answer' };
    const timeout = this.#answers.get(registry) ? 600_000 : 120_000;
    await rememberPulled(this.#engine, image);
    try {
      await docker(this.#engine, ['pull', '--quiet', image], { timeout });
      this.#answers.set(registry, true);
      return { outcome: 'pulled' };
    } catch (error) {
      if (!(error instanceof ExecaError)) throw error;
      await forgetPulled(image);
      if (!(await this.answer(image))) return { outcome: 'no answer' };
      const said = String(error.stderr).trim().split('\n').at(-1) || error.shortMessage;
      return { outcome: 'refused', why: `${registry} does not give it: ${said}` };
    }
  }
}

/** How a pull ended. */
export type Pull =
  | { readonly outcome: 'pulled' | 'no answer' }
  | { readonly outcome: 'refused'; readonly why: string };

function registryOf(image: string): string {
  return parseImage(image)?.registry ?? 'docker.io';
}
