import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { docker } from '../../../local/machine/engine.ts';
import { labelled, type PeerImages } from './images.ts';
import { type CommandPlace, type Peer, type Place, runInside } from './peer.ts';

const port = 8084;

export interface KamalOptions {
  /** The program. */
  readonly program: string;
  /** An archive of `docker save` with the image of kamal-proxy that it wants: the server reaches no other registry. */
  readonly proxyImage: string;
  /** Seconds that an old container has to end; Kamal's own where it is not given. */
  readonly stopTimeout?: number;
}

/**
 * Kamal, with an application for each of the two images behind one kamal-proxy. It wants tags and a registry with a name
 * and a password, and takes a registry called localhost for one of its own.
 */
export async function openKamal(
  place: Place,
  { program, proxyImage, stopTimeout }: KamalOptions,
): Promise<Peer> {
  const { bed } = place;
  await docker(bed.engine, [
    'cp',
    proxyImage,
    `${bed.server.container}:/host-test/kamal-proxy.tar`,
  ]);
  await bed.server.onHost('docker load --quiet --input /host-test/kamal-proxy.tar');
  const registry = bed.registry.address.replace('localhost', '127.0.0.1');
  const { host, port: sshPort, user, identityFile } = bed.server.ssh;
  const configuration = (service: 'api' | 'frontend') => ({
    service: labelled(service),
    image: `bench/${service}`,
    servers: { web: { hosts: [host] } },
    ssh: { user, port: sshPort, keys: [identityFile], keys_only: true },
    registry: { server: registry, username: 'bench', password: ['KAMAL_REGISTRY_PASSWORD'] },
    builder: { arch: 'amd64' },
    proxy: {
      app_port: 80,
      ...(service === 'api' && { path_prefix: '/api', strip_path_prefix: false }),
      healthcheck: { path: '/health', interval: 1 },
    },
    ...(stopTimeout !== undefined && { stop_timeout: stopTimeout }),
  });
  const directories: Record<'api' | 'frontend', CommandPlace> = {
    api: { cwd: join(place.directory, 'kamal-api'), env: bed.engine.env },
    frontend: { cwd: join(place.directory, 'kamal-frontend'), env: bed.engine.env },
  };
  for (const service of ['api', 'frontend'] as const) {
    const { cwd = '' } = directories[service];
    await mkdir(join(cwd, 'config'), { recursive: true });
    await mkdir(join(cwd, '.kamal'), { recursive: true });
    await writeFile(join(cwd, 'config/deploy.yml'), stringify(configuration(service)));
    await writeFile(join(cwd, '.kamal/secrets'), 'KAMAL_REGISTRY_PASSWORD=bench\n');
  }
  const kamal = (
    service: 'api' | 'frontend',
    inside: readonly string[],
    words: readonly string[],
  ) => runInside(inside, [program, ...words], directories[service]);
  let isUp = false;
  const setUp = async ({ frontend, version }: PeerImages) => {
    const ports = ['--http-port', String(port), '--https-port', String(port + 1)];
    await kamal('frontend', [], ['proxy', 'boot_config', 'set', ...ports]);
    await kamal('frontend', [], ['server', 'bootstrap']);
    await tagFor(place, 'frontend', frontend, version);
    await kamal('frontend', [], ['deploy', '--skip-push', '--version', version]);
    isUp = true;
  };
  return {
    name: `kamal deploy${stopTimeout === undefined ? '' : `, stop_timeout ${stopTimeout}`}`,
    port,
    async deploy(images, inside) {
      if (!isUp) await setUp(images);
      await tagFor(place, 'api', images.api, images.version);
      await kamal('api', inside, ['deploy', '--skip-push', '--version', images.version]);
    },
    rollBack: ({ version }, inside) => kamal('api', inside, ['rollback', version]),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** The registry has the image by its digest: gives it a tag there, which is the version. */
async function tagFor(
  { bed }: Place,
  service: string,
  digest: string,
  version: string,
): Promise<void> {
  const tag = `${bed.registry.address}/bench/${service}:${version}`;
  await docker(bed.engine, ['buildx', 'imagetools', 'create', '--tag', tag, digest]);
}
