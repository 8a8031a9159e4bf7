import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { docker, type Engine } from '../../scripts/local/machine/engine.ts';
import { packageRoot } from '../../scripts/repository/repository.ts';
import { publicImages } from './public-images.ts';
import type { Registry } from './registry.ts';

const source = fileURLToPath(new URL('application', import.meta.url));

/** The application, and what it runs with. */
export interface Stack {
  /** What its images are built upon. */
  readonly base: string;
  /** The images that a server needs, besides the application's own. */
  readonly images: readonly string[];
  /** Changes the files of its workspace. */
  readonly change: ChangeFile;
  /** What its .env.staging has to hold. */
  readonly environment: string;
}

/** Without a database: starts in a moment. */
export const plainStack: Stack = {
  base: 'python:3.11-slim',
  images: ['nginx:alpine', 'redis:7-alpine', 'python:3.11-slim'],
  change: (_, text) => text,
  environment: 'ENVIRONMENT=staging\nSECRET_KEY=abc\nSTRIPE_SECRET_KEY=sk_test_abc\n',
};

/**
 * How an image behaves: `dies-after-N` ends itself N seconds after its start, `dies-when-asked` half a second after it was
 * asked for anything but its health.
 */
export type Behaviour =
  | 'good'
  | 'never-healthy'
  | 'half-fails'
  | 'dies-when-asked'
  | `dies-after-${number}`;

/** The images of one version of the application, as lines of the input `images`. */
export interface ApplicationImages {
  readonly version: string;
  readonly api: string;
  readonly frontend: string;
}

export interface Version {
  readonly version: string;
  /** Of the API; the frontend is always good. */
  readonly behaviour?: Behaviour;
}

/** Builds a version of the application and pushes it; returns its images by digest. */
export async function buildApplication(
  engine: Engine,
  registry: Registry,
  { version, behaviour = 'good' }: Version,
  base: string = plainStack.base,
): Promise<ApplicationImages> {
  const { buildFlags } = await publicImages(engine);
  const build = async (service: 'api' | 'frontend') => {
    const name = `${registry.address}/azals/${service}:${version}`;
    const settings = {
      BASE: base,
      SERVICE: service,
      VERSION: version,
      BEHAVIOUR: service === 'api' ? behaviour : 'good',
    };
    const args = Object.entries(settings).flatMap(([key, value]) => [
      '--build-arg',
      `${key}=${value}`,
    ]);
    const options = ['--quiet', '--load', '--tag', name, ...args, ...buildFlags];
    await docker(engine, ['buildx', 'build', ...options, source]);
    await docker(engine, ['push', '--quiet', name]);
    const digests = await docker(engine, [
      ...['image', 'inspect', '--format', '{{join .RepoDigests "\\n"}}', name],
    ]);
    await docker(engine, ['rmi', '--force', name]);
    const digest = digests.split('\n').find((each) => each.startsWith(`${registry.address}/`));
    if (digest === undefined) throw new Error(`The registry gave ${name} no digest`);
    return digest;
  };
  return { version, api: await build('api'), frontend: await build('frontend') };
}

/** What a test changes in the files of the application. */
export type ChangeFile = (path: string, text: string) => string;

/** Sets keys of a service of the compose file. */
export function withService(name: string, keys: Readonly<Record<string, unknown>>): ChangeFile {
  return (path, text) => {
    if (path !== composeFile) return text;
    const document = parseDocument(text);
    for (const [key, value] of Object.entries(keys)) document.setIn(['services', name, key], value);
    return document.toString({ lineWidth: 0 });
  };
}

const composeFile = 'docker-compose.staging.yml';

/**
 * Writes the application's workspace into `directory`: its compose file, this repository's nginx, and what is `added`, by
 * path.
 */
export async function writeWorkspace(
  directory: string,
  change: ChangeFile = plainStack.change,
  added: Readonly<Record<string, string>> = {},
): Promise<void> {
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), change(path, text));
  };
  for (const [path, text] of Object.entries(added)) await write(path, text);
  await write(composeFile, await readFile(join(source, composeFile), 'utf8'));
  const nginx = await readFile(join(packageRoot, 'infra/nginx/nginx.conf'), 'utf8');
  await write('infra/nginx/nginx.conf', withoutRateLimit(nginx));
  for (const service of ['api', 'frontend'])
    await write(`infra/nginx/routes/${service}/.gitkeep`, '# Keeps the folder.\n');
}

/** The load of the tests comes from one address, and is more than staging allows one client. */
function withoutRateLimit(text: string): string {
  const limit = /^ *limit_req zone=.*\n/m;
  if (!limit.test(text)) throw new Error('infra/nginx/nginx.conf has no limit_req to take out');
  return text.replace(limit, '');
}
