import { declaredSettings } from '../../src/typed/environment.ts';
import { UserError } from '../errors.ts';
import type { Instance } from './instance.ts';
import type { Secrets } from './secrets.ts';
import { deployUser } from './staging-host.ts';

/** What the values of settings come from. */
export interface LocalSettingsSource {
  readonly instance: Instance;
  readonly secrets: Secrets;
  readonly knownHosts: string;
  readonly optionalServices: readonly string[];
}

/** The variables and secrets of a run, as GitHub has them. */
export interface LocalSettings {
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Values for everything that the stages declare, and those that the settings give to what the project declares. Throws
 * `UserError` that names what has none.
 */
export function localSettings(source: LocalSettingsSource): LocalSettings {
  const { instance, secrets, knownHosts, optionalServices } = source;
  const { local } = instance.project;
  const settings = {
    secrets: {
      GITHUB_TOKEN: secrets.githubToken,
      STAGING_SSH_KEY: secrets.sshKey,
      SLACK_BOT_TOKEN: secrets.slackToken,
      ...secrets.passwords,
      ...local.secrets,
    },
    variables: {
      REGISTRY: `localhost:${instance.ports.registry}`,
      IMAGE_REPOSITORY: instance.repository.toLowerCase(),
      STAGING_URL: instance.stagingUrl,
      STAGING_HOST: '127.0.0.1',
      STAGING_SSH_PORT: String(instance.ports.ssh),
      STAGING_SSH_USER: deployUser,
      STAGING_KNOWN_HOSTS: knownHosts,
      STAGING_OPTIONAL_SERVICES: optionalServices.join(' '),
      SLACK_CHANNEL: '#staging-alerts',
      SLACK_API_URL: `http://localhost:${instance.ports.slack}/api/`,
      ...local.variables,
    },
  };
  demand(settings);
  return settings;
}

function demand({ variables, secrets }: LocalSettings): void {
  const missing = declaredSettings().flatMap(({ declared }) => [
    ...Object.keys(declared.variables)
      .filter((name) => !declared.optional.includes(name) && !(name in variables))
      .map((name) => `local.variables.${name}`),
    ...Object.keys(declared.secrets)
      .filter((name) => !(name in secrets))
      .map((name) => `local.secrets.${name}`),
  ]);
  if (missing.length > 0)
    throw new UserError(
      `The local run needs a value for each setting that the project declares. In settings.ts, defineProject({ local: … }), give: ${missing.join(', ')}`,
    );
}
