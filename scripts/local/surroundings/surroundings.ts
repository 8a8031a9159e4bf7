import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../../repository/repository.ts';
import { step } from '../../terminal/progress.ts';
import type { BaseImages } from '../base-images/ensure-images.ts';
import { pathInMirror } from '../base-images/image-reference.ts';
import { localImage } from '../base-images/local-images.ts';
import { docker, type Engine } from '../machine/engine.ts';
import type { Instance } from './instance.ts';
import { pinHostKeys, prepareStagingHost } from './staging-host.ts';

const mirrorVolume = 'staging-pipeline-hub';
const composeFile = fileURLToPath(new URL('surroundings.yml', import.meta.url));

/** Starts the staging server, the registries and the stand-ins; returns the server's pinned host keys. */
export async function startSurroundings(
  instance: Instance,
  engine: Engine,
  images: BaseImages,
): Promise<string> {
  await step('Staging server, registry, Slack and GitHub stand-ins', async () => {
    await docker(engine, ['volume', 'create', mirrorVolume]);
    await compose(instance, engine, [
      'up',
      '--detach',
      '--wait',
      '--wait-timeout',
      '120',
      '--quiet-pull',
    ]);
  });
  const filled = step('Public images for the staging server to pull', async ({ note }) => {
    const pushed = await fillMirror(instance, engine, images);
    note(pushed === 0 ? 'cached' : `${pushed} pushed to the mirror`);
  });
  const prepared = pinHostKeys(instance, engine).then(async (knownHosts) => {
    await prepareStagingHost(instance);
    return knownHosts;
  });
  const [knownHosts] = await Promise.all([prepared, filled]);
  return knownHosts;
}

/** Removes everything an instance started, its volumes included. */
export async function removeSurroundings(instance: Instance, engine: Engine): Promise<void> {
  await compose(instance, engine, ['down', '--volumes', '--remove-orphans', '--timeout', '20']);
}

/** Removes the mirror of the public images, which the instances share, unless one still has it. */
export async function removeMirror(engine: Engine): Promise<void> {
  const users = await docker(engine, [
    'ps',
    '--all',
    '--quiet',
    '--filter',
    `volume=${mirrorVolume}`,
  ]);
  if (users !== '') return;
  await docker(engine, ['volume', 'rm', '--force', mirrorVolume]);
}

async function compose(
  instance: Instance,
  engine: Engine,
  args: readonly string[],
): Promise<string> {
  const { ports } = instance;
  const env = {
    STATE: instance.directory,
    ...packageMount(),
    STAGING_HOST_IMAGE: localImage('staging-host'),
    REGISTRY_IMAGE: localImage('registry'),
    RUNNER_IMAGE: localImage('runner'),
    BASE_DIRECTORY: instance.project.baseDirectory,
    STAGING_HTTP_PORT: String(instance.publicPort),
    ...Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [`${name.toUpperCase()}_PORT`, String(port)]),
    ),
  };
  return await docker(
    engine,
    ['compose', '--project-name', instance.name, '--file', composeFile, ...args],
    { env },
  );
}

/** Pushes images to the mirror under their public names; returns how many were new. */
async function fillMirror(instance: Instance, engine: Engine, images: BaseImages): Promise<number> {
  let pushed = 0;
  for (const image of images.stack) {
    const path = pathInMirror(image);
    const name = images.names.get(image) ?? image;
    // The staging server asks the mirror for what Docker Hub has, and others themselves for the rest.
    if (path === undefined) continue;
    const mirrored = `localhost:${instance.ports.hub}/${path}`;
    const id = await docker(engine, ['image', 'inspect', '--format', '{{.Id}}', name]);
    if (id === (await mirroredId(instance, path))) continue;
    await docker(engine, ['tag', name, mirrored]);
    await docker(engine, ['push', '--quiet', mirrored]);
    await docker(engine, ['rmi', mirrored]);
    pushed += 1;
  }
  return pushed;
}

/** The image id (the digest of its configuration) that the mirror holds, if any. */
async function mirroredId(instance: Instance, path: string): Promise<string | undefined> {
  const [name, tag] = path.split(':');
  const answer = await fetch(`http://localhost:${instance.ports.hub}/v2/${name}/manifests/${tag}`, {
    headers: { Accept: 'application/vnd.docker.distribution.manifest.v2+json' },
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) return undefined;
  const manifest = (await answer.json()) as { config?: { digest?: string } };
  return manifest.config?.digest;
}

/**
 * What the stand-ins' containers see of this machine: the package with what it depends on, which may lie beside it, and
 * where in there the stand-ins are.
 */
function packageMount(): { PACKAGE: string; STAND_INS: string; ENDING: string } {
  const [above = packageRoot] = packageRoot.split('/node_modules/');
  const folder = fileURLToPath(new URL('stand-ins', import.meta.url));
  return {
    PACKAGE: above,
    STAND_INS: `/package/${relative(above, folder)}`,
    ENDING: import.meta.url.endsWith('.ts') ? 'ts' : 'js',
  };
}
