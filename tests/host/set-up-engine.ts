import { ensureBaseImages } from '../../scripts/local/base-images.ts';
import { ensureEngine } from '../../scripts/local/engine.ts';
import project from '../../workflows/settings.ts';
import { whyNoDocker } from '../end-to-end/docker.ts';

/** Starts the engine and makes its images once, before test files that run beside each other would all do so. */
export async function setup(): Promise<void> {
  if ((await whyNoDocker()) === undefined) await ensureBaseImages(await ensureEngine(), project);
}
