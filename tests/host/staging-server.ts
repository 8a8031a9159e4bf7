import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { localImage } from '../../scripts/local/base-images/local-images.ts';
import { docker, type Engine } from '../../scripts/local/machine/engine.ts';
import { succeeds } from '../../scripts/terminal/process.ts';
import { generateKey } from '../process/sshd.ts';
import { freePorts, newName } from './containers.ts';
import { publicImages } from './public-images.ts';
import type { Registry } from './registry.ts';

const files = fileURLToPath(new URL('server', import.meta.url));

/** Where releases lie on every staging server of the tests. */
export const baseDirectory = '/srv/staging';

/** Where the application listens on it. */
export const applicationPort = 8081;

/** The user that deploys. */
export const deployUser = 'deploy';

/** How SSH reaches a staging server. */
export interface SshAccess {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly privateKey: string;
  /** The same key, as a file. */
  readonly identityFile: string;
  readonly knownHosts: string;
  readonly knownHostsFile: string;
}

/** A staging server in a container: its own sshd, Docker engine, disk, network and boot. */
export interface StagingServer extends AsyncDisposable {
  readonly container: string;
  readonly ssh: SshAccess;
  /** Where the application is reached from here. */
  readonly url: string;
  /** Runs a shell command on it, not over SSH: works when the network is cut. Returns standard output. */
  onHost(command: string, options?: OnHostOptions): Promise<string>;
  /** Ends all that runs on it at once, as a power cut would, and boots it again. */
  reboot(): Promise<void>;
  /** Ends its Docker engine with SIGKILL; another one starts after a second, as systemd would do. */
  killEngine(): Promise<void>;
  /** Returns when sshd and the engine answer. */
  ready(): Promise<void>;
  /** Takes the last free byte of its disk (option `diskMib`). */
  fillDisk(): Promise<void>;
  freeDisk(): Promise<void>;
  /** Drops every packet of SSH, in both directions; the application is reached as before. */
  cutNetwork(): Promise<void>;
  mendNetwork(): Promise<void>;
  /** Ends the processes that serve open SSH connections with SIGKILL. */
  killSshSessions(): Promise<void>;
}

export interface OnHostOptions {
  readonly user?: string;
  readonly input?: string;
  /** Milliseconds; two minutes where it is not given. */
  readonly timeout?: number;
}

export interface ServerOptions {
  readonly engine: Engine;
  readonly registry: Registry;
  /** Public images that it has from the beginning. */
  readonly images: readonly string[];
  /** Gives the engine and /srv a small disk of their own. */
  readonly diskMib?: number;
  /** The text of its .env.staging. */
  readonly environment: string;
  /** Lets the user of this server in, with the same key. */
  readonly sameUserAs?: StagingServer;
}

/** Starts a staging server with an empty base directory and an .env.staging. */
export async function startServer(options: ServerOptions): Promise<StagingServer> {
  const { engine, registry, diskMib } = options;
  const directory = await mkdtemp(join(tmpdir(), 'server-'));
  const container = newName('server');
  const [sshPort = 0, httpPort = 0] = await freePorts(2);
  const access = await makeKeys(directory, sshPort, options.sameUserAs);
  await docker(engine, [
    ...['create', '--name', container, '--privileged', '--hostname', 'staging'],
    ...['--network', registry.network, '--volume', '/disk', '--volume', '/srv'],
    ...[
      '--publish',
      `127.0.0.1:${sshPort}:22`,
      '--publish',
      `127.0.0.1:${httpPort}:${applicationPort}`,
    ],
    ...['--env', `REGISTRY_PORT=${registry.port}`, '--env', 'REGISTRY_MIRROR=http://registry:5000'],
    ...['--env', `BASE_DIRECTORY=${baseDirectory}`],
    ...(diskMib === undefined ? [] : ['--env', `DISK_MIB=${diskMib}`]),
    ...['--entrypoint', 'tini', localImage('staging-host'), '-g', '--', 'sh', '/host-test/init'],
  ]);
  const server = new Server(options, { container, directory, access, httpPort });
  try {
    await server.install();
    await docker(engine, ['start', container]);
    await server.ready();
    await server.load(options.images);
    await server.prepare(options.environment);
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return server;
}

async function makeKeys(
  directory: string,
  port: number,
  sameUserAs: StagingServer | undefined,
): Promise<SshAccess> {
  const host = await generateKey(join(directory, 'ed25519'));
  const identityFile = join(directory, 'user');
  if (sameUserAs === undefined) await generateKey(identityFile);
  else
    for (const suffix of ['', '.pub'])
      await copyFile(`${sameUserAs.ssh.identityFile}${suffix}`, identityFile + suffix);
  const knownHosts = `[127.0.0.1]:${port} ${host.publicKey}\n`;
  const knownHostsFile = join(directory, 'known_hosts');
  await writeFile(knownHostsFile, knownHosts);
  return {
    host: '127.0.0.1',
    port,
    user: deployUser,
    privateKey: await readFile(identityFile, 'utf8'),
    identityFile,
    knownHosts,
    knownHostsFile,
  };
}

class Server implements StagingServer {
  readonly container: string;
  readonly ssh: SshAccess;
  readonly url: string;
  readonly #engine: Engine;
  readonly #directory: string;

  constructor(options: ServerOptions, made: Made) {
    this.#engine = options.engine;
    this.#directory = made.directory;
    this.container = made.container;
    this.ssh = made.access;
    this.url = `http://127.0.0.1:${made.httpPort}`;
  }

  async install(): Promise<void> {
    const root = join(this.#directory, 'root');
    const place = async (source: string, path: string, mode = 0o755) => {
      await mkdir(join(root, dirname(path)), { recursive: true });
      await copyFile(source, join(root, path));
      await chmod(join(root, path), mode);
    };
    await place(join(files, 'init.sh'), 'host-test/init');
    await place(join(files, 'dockerd.sh'), 'usr/local/sbin/dockerd');
    await place(join(files, 'sync.sh'), 'usr/local/bin/sync');
    await place(join(files, 'sampler.pl'), 'host-test/sampler');
    await place(join(this.#directory, 'ed25519'), 'etc/ssh/host-keys/ed25519', 0o600);
    await place(join(this.#directory, 'ed25519.pub'), 'etc/ssh/host-keys/ed25519.pub', 0o644);
    await place(join(this.#directory, 'user.pub'), 'etc/ssh/authorized-keys/deploy', 0o644);
    // Another version of Compose than the machine's, as servers have.
    const compose = process.env.STAGING_COMPOSE;
    if (compose) await place(compose, 'usr/local/lib/docker/cli-plugins/docker-compose');
    const archive = join(this.#directory, 'root.tar');
    await execa('tar', ['--owner=0', '--group=0', '-C', root, '-cf', archive, '.']);
    const copy = ['cp', '-', `${this.container}:/`];
    await execa('docker', copy, { env: this.#engine.env, inputFile: archive });
  }

  async load(images: readonly string[]): Promise<void> {
    const archive = join(this.#directory, 'images.tar');
    const { here } = await publicImages(this.#engine);
    await docker(this.#engine, ['save', '--output', archive, ...images.map(here)]);
    const load = ['exec', '-i', this.container, 'docker', 'load', '--quiet'];
    await execa('docker', load, { env: this.#engine.env, inputFile: archive });
    await rm(archive);
    // This engine is the test's own: what stands in for an image has its name here.
    const renamed = images.filter((image) => here(image) !== image);
    for (const image of renamed)
      await this.onHost(`docker tag ${here(image)} ${image} && docker rmi ${here(image)}`);
  }

  async prepare(environment: string): Promise<void> {
    await this.onHost('chmod 777 /host-test');
    await this.onHost(
      `umask 077; cd ${baseDirectory}; mkdir -p shared; cat > shared/.env.staging`,
      { user: deployUser, input: environment },
    );
  }

  async onHost(
    command: string,
    { user = 'root', input, timeout = 120_000 }: OnHostOptions = {},
  ): Promise<string> {
    const interactive = input === undefined ? [] : ['-i'];
    return await docker(
      this.#engine,
      ['exec', ...interactive, '--user', user, this.container, 'sh', '-c', command],
      { ...(input === undefined ? {} : { input }), timeout },
    );
  }

  async ready(): Promise<void> {
    const check = "docker version && bash -c 'true < /dev/tcp/127.0.0.1/22'";
    const deadline = Date.now() + 90_000;
    while (!(await this.#succeeds(check))) {
      if (Date.now() > deadline)
        throw new Error(`The staging server does not start: docker logs ${this.container}`);
      await sleep(500);
    }
  }

  async #succeeds(command: string): Promise<boolean> {
    return await succeeds('docker', ['exec', this.container, 'sh', '-c', command], {
      env: this.#engine.env,
      timeout: 20_000,
    });
  }

  async reboot(): Promise<void> {
    // What is paused cannot be killed from out here; a machine that goes down asks nobody.
    await this.onHost(
      'docker ps --quiet --filter status=paused | xargs --no-run-if-empty docker unpause >/dev/null || :',
    );
    await docker(this.#engine, ['kill', '--signal', 'KILL', this.container]);
    await docker(this.#engine, ['wait', this.container]);
    await docker(this.#engine, ['start', this.container]);
    await this.ready();
  }

  async killEngine(): Promise<void> {
    // The words of the process itself: the loop that starts it again has them too.
    await this.onHost('kill -9 $(pidof dockerd)');
  }

  async fillDisk(): Promise<void> {
    const free = '"$(df --output=avail -B1 /disk/mounted | tail -n 1)"';
    await this.onHost(
      // The large part at once, then what was left for the bookkeeping of that.
      `fallocate -l ${free} /disk/mounted/filler || :; dd if=/dev/zero of=/disk/mounted/filler2 bs=4k 2>/dev/null || :; test ${free} -lt 8192`,
    );
  }

  async freeDisk(): Promise<void> {
    await this.onHost('rm -f /disk/mounted/filler /disk/mounted/filler2');
  }

  async cutNetwork(): Promise<void> {
    await this.onHost(
      'iptables -I INPUT -p tcp --dport 22 -j DROP; iptables -I OUTPUT -p tcp --sport 22 -j DROP',
    );
  }

  async mendNetwork(): Promise<void> {
    await this.onHost(
      'iptables -D INPUT -p tcp --dport 22 -j DROP; iptables -D OUTPUT -p tcp --sport 22 -j DROP',
    );
  }

  async killSshSessions(): Promise<void> {
    // All processes of sshd but the one that listens, which is the oldest.
    await this.onHost('kill -9 $(pgrep -x sshd | grep -vx "$(pgrep -ox sshd)")');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await docker(this.#engine, ['rm', '--force', '--volumes', this.container]);
    await rm(this.#directory, { recursive: true, force: true });
  }
}

interface Made {
  readonly container: string;
  readonly directory: string;
  readonly access: SshAccess;
  readonly httpPort: number;
}
