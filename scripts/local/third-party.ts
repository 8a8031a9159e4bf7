import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { versions } from '../../workflows/third-party.ts';

/** The arguments that make act use this folder's stand-ins for the pinned third-party actions. */
export function thirdPartyArguments(): string[] {
  return [...versions.keys()].flatMap((uses) => {
    const [name = ''] = uses.split('@');
    const folder = fileURLToPath(new URL(`third-party/${name}`, import.meta.url));
    return existsSync(folder) ? ['--local-repository', `${uses}=${folder}`] : [];
  });
}
