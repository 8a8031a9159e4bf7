import { homedir } from 'node:os';
import { join } from 'node:path';

const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');

/** Everything the local run downloads or builds once, for all repositories. */
export const cacheDirectory: string = join(base, 'staging-pipeline');

/** A path inside the cache. */
export function cached(...parts: readonly string[]): string {
  return join(cacheDirectory, ...parts);
}
