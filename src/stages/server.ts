import { github } from '../typed/contexts.ts';
import type { Registry, StagingEnvironment } from './settings.ts';

/** Where the staging server is and where on it releases lie. */
export interface Server {
  readonly environment: StagingEnvironment;
  readonly baseDirectory: string;
}

/** How every action that goes to the staging server finds and trusts it. */
export function connectionTo({ environment: { vars, secrets }, baseDirectory }: Server) {
  return {
    host: vars.STAGING_HOST,
    port: vars.STAGING_SSH_PORT,
    user: vars.STAGING_SSH_USER,
    'private-key': secrets.STAGING_SSH_KEY,
    'known-hosts': vars.STAGING_KNOWN_HOSTS,
    'jump-host': vars.STAGING_JUMP_HOST,
    'base-directory': baseDirectory,
  } as const;
}

/** What the staging server pulls the images with. */
export function registryCredentials({ vars }: Registry) {
  return {
    registry: vars.REGISTRY,
    'registry-username': github.actor,
    'registry-password': github.token,
  } as const;
}
