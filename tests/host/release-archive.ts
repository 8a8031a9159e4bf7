import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { parseDocument } from 'yaml';
import { undecidedOrigin } from '../../actions/ssh-deploy/src/make-release/render-compose.ts';
import type { ApplicationImages } from './application.ts';
import { baseDirectory } from './staging-server.ts';

/** A release, as the executor takes it in. */
export interface Release {
  readonly id: string;
  readonly commit: string;
  readonly images: ApplicationImages;
  /** A gzipped tar of the release's directory. */
  readonly archive: Buffer;
}

export interface ReleaseOptions {
  readonly workspace: string;
  readonly images: ApplicationImages;
  /** Environment variables that .env.staging has to set. */
  readonly variables?: readonly string[];
}

let made = 0;

/** Makes a release of a workspace, each with another id and commit. */
export async function makeRelease({
  workspace,
  images,
  variables = [],
}: ReleaseOptions): Promise<Release> {
  made += 1;
  const commit = createHash('sha1').update(`${process.pid} ${made} ${Date.now()}`).digest('hex');
  // Ids sort by time; several are made in one second.
  const time = new Date(Date.now() + made * 1000).toISOString().replace(/[-:]|\.\d+/g, '');
  const id = `${time}-${commit.slice(0, 7)}`;
  const directory = await mkdtemp(join(tmpdir(), 'release-'));
  try {
    await cp(workspace, directory, { recursive: true });
    const manifest = { id, commit, images: { api: images.api, frontend: images.frontend } };
    await writeFile(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const composeFile = join(directory, 'docker-compose.staging.yml');
    const compose = await readFile(composeFile, 'utf8');
    const conf = releaseConf(images, variables);
    await writeFile(join(directory, 'release.conf'), conf);
    await writeFile(composeFile, rendered(compose, id, images));
    const { stdout } = await execa('tar', ['-C', directory, '-czf', '-', '.'], {
      encoding: 'buffer',
    });
    return { id, commit, images, archive: Buffer.from(stdout) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function releaseConf(images: ApplicationImages, variables: readonly string[]): string {
  const lines = {
    project: 'azals-staging',
    'compose-file': 'docker-compose.staging.yml',
    'application-services': 'api frontend',
    'optional-services': '',
    images: `api=${images.api} frontend=${images.frontend}`,
    proxy: 'nginx',
    'proxy-path': 'infra/nginx',
    mounts: '',
    variables: variables.join(' '),
    memory: '',
    ports: '8081',
  };
  return `${Object.entries(lines)
    .map(([key, value]) => `${key}=${value}`)
    .join('\n')}\n`;
}

function rendered(text: string, id: string, images: ApplicationImages): string {
  const document = parseDocument(text);
  for (const service of ['api', 'frontend'] as const) {
    document.setIn(['services', service, 'image'], images[service]);
    document.deleteIn(['services', service, 'build']);
    document.setIn(['services', service, 'labels'], {
      'staging-pipeline.release': undecidedOrigin(service, id),
    });
  }
  const proxy = `${baseDirectory}/mounts/proxy/infra/nginx`;
  document.setIn(['services', 'nginx', 'volumes'], [`${proxy}:/etc/nginx/staging:ro`]);
  return document.toString({ lineWidth: 0 });
}
