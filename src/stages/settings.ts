import { environment, repository, type Settings } from '../typed/environment.ts';
import type { Expression } from '../typed/expression.ts';

const registryVariables = {
  REGISTRY: 'Host name of the image registry, for instance `ghcr.io`',
  IMAGE_REPOSITORY: 'Path of the images in the registry, in lower case: `owner/repository`',
  SCAN_MAY_LACK:
    'What the scan may go without, separated by blanks: `database` (of known vulnerabilities), or names of scans. It is told as not checked',
  CODE_SCANNING: '`true` where findings shall be shown in GitHub’s code scanning',
} as const;

const optionalOfRegistry = ['SCAN_MAY_LACK', 'CODE_SCANNING'] as const;

const serverVariables = {
  STAGING_URL: 'Address people open, for instance `https://staging.example.com`',
  STAGING_HOST: 'Host name or address of the staging server, for SSH',
  STAGING_SSH_PORT: 'Port of its SSH server',
  STAGING_SSH_USER: 'User the deployment signs in as',
  STAGING_JUMP_HOST: 'A host to go through to the server: `[user@]host[:port]`',
  STAGING_KNOWN_HOSTS: 'The server’s host keys, one line each, as `ssh-keyscan` prints them',
  STAGING_OPTIONAL_SERVICES:
    'Services of the Compose file with a profile that shall run too, such as `prometheus grafana`',
  SLACK_CHANNEL: 'Where the bot posts: `#staging-alerts`, or the channel’s id',
  SLACK_MENTION:
    'Whom to call when staging turns red, a line each: `here`, a user group’s id, `LOGIN=SLACK_USER_ID`',
  SLACK_API_URL: 'Slack’s API, where it is not `https://slack.com/api/`',
} as const;

const optional = [
  'STAGING_JUMP_HOST',
  'STAGING_OPTIONAL_SERVICES',
  'SLACK_MENTION',
  'SLACK_API_URL',
] as const;

const serverSecrets = {
  STAGING_SSH_KEY: 'Private key of the deployment user, without a passphrase',
  SLACK_BOT_TOKEN: 'Token of the Slack app’s bot, `xoxb-…`, with the scope `chat:write`',
} as const;

type Descriptions = Readonly<Record<string, string>>;

/** Settings of a project's own: names, with what each is for. */
interface Own<V extends Descriptions, S extends Descriptions> {
  readonly variables?: V;
  /** Those of them that may stay empty. */
  readonly optional?: readonly ((keyof V | keyof S) & string)[];
  readonly secrets?: S;
}

/** The variables that tell where images go: of the repository, since jobs outside the environment push them. */
export type Registry = Settings<'', typeof registryVariables, Record<never, string>>;

/** A secret, of the repository or of an environment. */
export type SecretValue = Expression<string, 'a secret' | `the environment ${string}`>;

/** The GitHub environment of the staging server. */
export type StagingEnvironment = Settings<string, typeof serverVariables, typeof serverSecrets>;

/** What the repository itself has to set, for every job: where images go, and what the project declares. */
export function repositorySettings<
  const V extends Descriptions = Record<never, string>,
  const S extends Descriptions = Record<never, string>,
>({ variables, optional: own, secrets }: Own<V, S> = {}) {
  return repository<typeof registryVariables & V, S>({
    variables: { ...registryVariables, ...variables } as typeof registryVariables & V,
    optional: [...optionalOfRegistry, ...(own ?? [])],
    ...(secrets && { secrets }),
  });
}

/**
 * The environment of the staging server: what reaches it and Slack, and what the project declares. Only the jobs that
 * name it can read what it sets.
 */
export function stagingEnvironment<
  const Name extends string,
  const V extends Descriptions = Record<never, string>,
  const S extends Descriptions = Record<never, string>,
>(name: Name, own: Own<V, S> = {}) {
  return environment(name, {
    variables: { ...serverVariables, ...own.variables } as typeof serverVariables & V,
    optional: [...optional, ...(own.optional ?? [])] as const,
    secrets: { ...serverSecrets, ...own.secrets } as typeof serverSecrets & S,
  });
}
