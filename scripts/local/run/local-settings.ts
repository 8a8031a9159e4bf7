import type { Project } from '../../../src/project/project.ts';
import { declaredSettings } from '../../../src/typed/environment.ts';
import { UserError } from '../../terminal/errors.ts';
import type { Instance } from '../surroundings/instance.ts';
import type { Secrets } from '../surroundings/secrets.ts';
import { deployUser } from '../surroundings/staging-host.ts';

/** What the values of settings come from. */
export interface LocalSettingsSource {
  readonly instance: Instance;
  readonly secrets: Secrets;
  readonly knownHosts: string;
  readonly optionalServices: readonly string[];
  /** Images of the stack that cannot be had here. */
  readonly images: { readonly unavailable: readonly string[] };
}

/** The variables and secrets of a run, as GitHub has them. */
export interface LocalSettings {
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

type ValueOf = (source: LocalSettingsSource) => string;

const ofStages = {
  secrets: {
    GITHUB_TOKEN: ({ secrets }) => secrets.githubToken,
    STAGING_SSH_KEY: ({ secrets }) => secrets.sshKey,
    SLACK_BOT_TOKEN: ({ secrets }) => secrets.slackToken,
  },
  variables: {
    REGISTRY: ({ instance }) => `localhost:${instance.ports.registry}`,
    IMAGE_REPOSITORY: ({ instance }) => instance.repository.toLowerCase(),
    SCAN_MAY_LACK: scanMayLack,
    STAGING_URL: ({ instance }) => instance.stagingUrl,
    STAGING_HOST: () => '127.0.0.1',
    STAGING_SSH_PORT: ({ instance }) => String(instance.ports.ssh),
    STAGING_SSH_USER: () => deployUser,
    STAGING_KNOWN_HOSTS: ({ knownHosts }) => knownHosts,
    STAGING_OPTIONAL_SERVICES: ({ optionalServices }) => optionalServices.join(' '),
    SLACK_CHANNEL: () => '#staging-alerts',
    SLACK_API_URL: ({ instance }) => `http://localhost:${instance.ports.slack}/api/`,
  },
} satisfies Record<string, Readonly<Record<string, ValueOf>>>;

/** Where no registry answers, there is no database of known vulnerabilities, and not each image that may be left out. */
function scanMayLack({ instance, images }: LocalSettingsSource): string {
  const { services } = instance.project;
  const names = Object.entries(services)
    .filter(([, { image }]) => image !== undefined && images.unavailable.includes(image))
    .map(([name]) => name);
  return ['database', ...names].join(' ');
}

/** Values for everything that the stages declare, and those that the settings give to what the project declares. */
export function localSettings(source: LocalSettingsSource): LocalSettings {
  const { local } = source.instance.project;
  const values = (of: Readonly<Record<string, ValueOf>>) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, value(source)]));
  return demandSizes({
    secrets: { ...values(ofStages.secrets), ...source.secrets.passwords, ...local.secrets },
    variables: { ...values(ofStages.variables), ...local.variables },
  });
}

// https://docs.github.com/actions/reference/workflows-and-actions/variables and .../security/secrets
const mostBytes = 48 * 1024;
const mostBytesOfVariables = 256 * 1024;

/** Gives the settings back. Throws `UserError` where they are larger than what GitHub keeps. */
export function demandSizes(settings: LocalSettings): LocalSettings {
  for (const [kind, values] of Object.entries(settings))
    for (const [name, value] of Object.entries(values as LocalSettings['secrets']))
      if (Buffer.byteLength(value) > mostBytes)
        throw new UserError(
          `The ${kind.slice(0, -1)} ${name} has ${Buffer.byteLength(value)} bytes, and GitHub takes ${mostBytes} at most.`,
        );
  const all = Object.values(settings.variables).reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    0,
  );
  if (all > mostBytesOfVariables)
    throw new UserError(
      `All variables have ${all} bytes together, and GitHub hands a run ${mostBytesOfVariables} at most.`,
    );
  return settings;
}

/** Throws `UserError` that names each declared setting that has no value in the local run. */
export function demandLocalValues({ local }: Project): void {
  const lacks = (kind: 'variables' | 'secrets', name: string) =>
    !(name in ofStages[kind]) && !(name in (local[kind] ?? {}));
  const missing = declaredSettings().flatMap(({ declared }) => [
    ...Object.keys(declared.variables)
      .filter((name) => !declared.optional.includes(name) && lacks('variables', name))
      .map((name) => `local.variables.${name}`),
    ...Object.keys(declared.secrets)
      .filter((name) => !declared.optional.includes(name))
      .filter((name) => lacks('secrets', name) && !local.passwords?.includes(name))
      .map((name) => `local.secrets.${name}`),
  ]);
  if (missing.length > 0)
    throw new UserError(
      `The local run needs a value for each setting that the project declares. In settings.ts, defineProject({ local: … }), give: ${missing.join(', ')}`,
    );
}
