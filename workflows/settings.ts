/**
 * The one place for what differs between projects: branch, images, secrets, variables, gates and smoke
 * checks. Service images and ports are read from the compose file, where they are defined.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { environment, repository } from './typed/index.ts';

/** A push to this branch deploys. */
export const branch = 'develop';

/** The compose file of the stack, relative to the repository's top. */
export const composeFile = 'docker-compose.staging.yml';

/** The images the pipeline builds, by the compose service that runs them. */
export const images = {
  api: { context: 'api', dockerfile: 'api/Dockerfile' },
  frontend: { context: 'frontend', dockerfile: 'frontend/Dockerfile' },
} as const;

/** The tag that follows the digests which passed the scan. */
export const imageTag = 'staging';

/** What the repository itself has to set: every job can read it. */
export const repositorySettings = repository({
  variables: {
    REGISTRY: 'Host name of the image registry, for instance `ghcr.io`',
    IMAGE_REPOSITORY: 'Path of the images in the registry, in lower case: `owner/repository`',
  },
});

/** The GitHub environment of the staging server: only the jobs that name it can read what it sets. */
export const staging = environment('staging', {
  variables: {
    STAGING_URL: 'Address people open, for instance `https://staging.example.com`',
    STAGING_HOST: 'Host name or address of the staging server, for SSH',
    STAGING_SSH_PORT: 'Port of its SSH server',
    STAGING_SSH_USER: 'User the deployment signs in as',
    STAGING_JUMP_HOST: 'A host to go through to the server: `[user@]host[:port]`',
    STAGING_KNOWN_HOSTS: 'The server’s host keys, one line each, as `ssh-keyscan` prints them',
    STAGING_OPTIONAL_SERVICES: 'Monitoring services to run as well: `prometheus grafana`',
    SLACK_CHANNEL: 'Where the bot posts: `#staging-alerts`, or the channel’s id',
    SLACK_MENTION:
      'Whom to call when staging turns red, a line each: `here`, a user group’s id, `LOGIN=SLACK_USER_ID`',
    SLACK_API_URL: 'Slack’s API, where it is not `https://slack.com/api/`',
  },
  optional: ['STAGING_JUMP_HOST', 'STAGING_OPTIONAL_SERVICES', 'SLACK_MENTION', 'SLACK_API_URL'],
  secrets: {
    STAGING_SSH_KEY: 'Private key of the deployment user, without a passphrase',
    SLACK_BOT_TOKEN: 'Token of the Slack app’s bot, `xoxb-…`, with the scope `chat:write`',
  },
});

/** What makes the image scan fail the run. */
export const trivy = {
  scanners: ['vuln', 'secret', 'misconfig'],
  severity: ['CRITICAL', 'HIGH'],
  ignoreUnfixed: true,
} as const;

/** What the smoke test asks of the deployed staging; `{commit}` is the commit that was deployed. */
export const smokeChecks = [
  {
    name: 'API runs this commit and is healthy',
    path: '/api/health',
    status: 200,
    json: { '/commit': '{commit}', '/status': 'healthy' },
  },
  {
    name: 'Database, Redis and schema are ready',
    path: '/api/health/ready',
    status: 200,
    json: { '/status': 'ready' },
  },
  {
    name: 'Frontend runs this commit',
    path: '/version.json',
    status: 200,
    json: { '/commit': '{commit}' },
  },
  { name: 'Application is served', path: '/', status: 200, contains: '<div id="root">' },
  { name: 'Deep link is served', path: '/clients', status: 200, contains: '<div id="root">' },
  { name: 'API documentation', path: '/docs', status: 200, contains: 'swagger-ui' },
  {
    name: 'Protected route wants a token',
    path: '/api/v1/customers',
    status: 401,
    headers: { 'X-Tenant-ID': 'tenant-test' },
  },
  { name: 'Unknown API route', path: '/api/v1/no-such-route', status: 404 },
  { name: 'Metrics are not public', path: '/api/metrics', status: 404 },
] as const;

interface ComposeService {
  readonly image: string;
  readonly build?: unknown;
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
}

const compose: { services: Record<string, ComposeService> } = parse(
  readFileSync(fileURLToPath(new URL(`../${composeFile}`, import.meta.url)), 'utf8'),
);

/** The services of the stack as the compose file defines them. */
export const services: Readonly<Record<string, ComposeService>> = compose.services;

/** The image of a service; an unknown service is an error that names it. */
export function serviceImage(name: string): string {
  const service = services[name];
  if (!service) throw new Error(`${composeFile} has no service "${name}"`);
  return service.image;
}
