import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { knownActions } from '../../src/typed/catalog.ts';

/** The arguments that make act use this folder's stand-ins for the pinned third-party actions. */
export function thirdPartyArguments(): string[] {
  return [...knownActions()].flatMap(([name, { uses, version }]) => {
    const folder = fileURLToPath(new URL(`third-party/${name}`, import.meta.url));
    return version && existsSync(folder) ? ['--local-repository', `${uses}=${folder}`] : [];
  });
}
