import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSession, type SshSession } from '../../actions/shared/src/ssh/session.ts';
import { localImage } from '../../scripts/local/base-images/local-images.ts';
import { docker, type Engine } from '../../scripts/local/machine/engine.ts';
import { attempt } from '../../scripts/terminal/process.ts';
import { generateKey } from '../process/sshd.ts';

/** A container with an sshd and a Docker engine of its own: images have to be sent to it for real. */
export interface ImageHost extends AsyncDisposable {
  /** Opens an SSH connection to it; to be disposed of before the host. */
  connect(): Promise<SshSession>;
  /** Runs a shell command on it, not over SSH, and returns its standard output. */
  onHost(command: string): Promise<string>;
}

/** Starts a host whose engine has this configuration (daemon.json). */
export async function startImageHost(engine: Engine, configuration = {}): Promise<ImageHost> {
  const directory = await mkdtemp(join(tmpdir(), 'image-host-'));
  const key = await generateKey(join(directory, 'key'));
  await mkdir(join(directory, 'authorized-keys'));
  await writeFile(join(directory, 'authorized-keys', 'deploy'), `${key.publicKey}\n`);
  await mkdir(join(directory, 'docker'));
  await writeFile(join(directory, 'docker', 'daemon.json'), JSON.stringify(configuration));
  const container = `stream-host-${randomBytes(4).toString('hex')}`;
  await docker(engine, [
    ...['create', '--name', container, '--privileged', '--publish', '127.0.0.1::22'],
    // It has no registry to pull from, which is the point.
    ...['--env', 'REGISTRY_PORT=5000', '--env', 'REGISTRY_MIRROR=http://127.0.0.1:1'],
    ...['--env', 'BASE_DIRECTORY=/srv/staging'],
    localImage('staging-host'),
  ]);
  const onHost = (command: string) => docker(engine, ['exec', container, 'sh', '-c', command]);
  const remove = async () => {
    await docker(engine, ['rm', '--force', '--volumes', container]);
    await rm(directory, { recursive: true, force: true });
  };
  try {
    for (const folder of ['authorized-keys', 'docker']) {
      const target = folder === 'docker' ? '/etc' : '/etc/ssh';
      await docker(engine, ['cp', join(directory, folder), `${container}:${target}`]);
    }
    await docker(engine, ['start', container]);
    await untilReady(engine, container);
    const address = await docker(engine, ['port', container, '22']);
    const port = Number(/:(\d+)$/m.exec(address)?.[1]);
    const hostKey = await onHost('cat /etc/ssh/host-keys/ed25519.pub');
    const connection = {
      host: '127.0.0.1',
      port,
      user: 'deploy',
      privateKey: await readFile(join(directory, 'key'), 'utf8'),
      knownHosts: `[127.0.0.1]:${port} ${hostKey.split(' ').slice(0, 2).join(' ')}\n`,
    };
    return {
      connect: () => openSession(connection, { temporaryDirectory: directory }),
      onHost,
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function untilReady(engine: Engine, container: string): Promise<void> {
  const ready = "docker version > /dev/null && bash -c 'true < /dev/tcp/127.0.0.1/22'";
  const deadline = Date.now() + 60_000;
  while (
    (await attempt('docker', ['exec', container, 'sh', '-c', ready], { env: engine.env })) ===
    undefined
  ) {
    if (Date.now() > deadline) throw new Error(`The host did not come up:\n${await logs()}`);
    await sleep(200);
  }
  async function logs(): Promise<string> {
    return await docker(engine, ['logs', '--tail', '20', container]);
  }
}
