import { ensureEngine } from '../../scripts/local/machine/engine.ts';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { publicImages } from './public-images.ts';

/** Starts the engine and makes its images once, before test files that run beside each other would all do so. */
export async function setup(): Promise<void> {
  if ((await whyNoDocker()) === undefined) await publicImages(await ensureEngine());
}
