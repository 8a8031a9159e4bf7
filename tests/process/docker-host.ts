import {
  appendFile,
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSshd, type TestSshd } from './sshd.ts';

/** A container that the stand-in for docker knows. */
export interface FakeContainer {
  readonly id: string;
  readonly service: string;
  readonly number: number;
  readonly started?: string;
  readonly finished?: string;
}

/** A host that is reached over a real sshd and runs the real executor; only docker is a stand-in. */
export interface DockerHost extends AsyncDisposable {
  readonly sshd: TestSshd;
  readonly directory: string;
  readonly baseDirectory: string;
  readonly release: string;
  /** Makes a container known; one that is known already was started again. */
  container(container: FakeContainer): Promise<void>;
  /** Has the engine tell that a container was started. */
  started(container: FakeContainer): Promise<void>;
  /** Adds a line to a container's log. */
  log(id: string, line: string): Promise<void>;
  /** Ends those who follow the log of a container. */
  stopped(id: string): Promise<void>;
  /** Lets the engine go away. */
  engineStopped(): Promise<void>;
  /** The command lines that docker was given. */
  calls(): Promise<readonly string[]>;
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
}

const never = '0001-01-01T00:00:00Z';

/** Starts a host whose live release has the services api and db. */
export async function startDockerHost(): Promise<DockerHost> {
  const directory = await mkdtemp(join(tmpdir(), 'docker-host-'));
  const at = (path: string) => join(directory, path);
  const release = '20260101T000000Z-0a1b2c3';
  for (const folder of ['commands', 'containers', 'logs', `base/releases/${release}`])
    await mkdir(at(folder), { recursive: true });
  await copyFile(fileURLToPath(new URL('fake-docker.sh', import.meta.url)), at('commands/docker'));
  await chmod(at('commands/docker'), 0o755);
  await writeFile(at('events'), '');
  await writeFile(at('calls'), '');
  const inRelease = (path: string) => at(`base/releases/${release}/${path}`);
  await writeFile(inRelease('release.conf'), 'project=shop\napplication-services=api\nproxy=web\n');
  const services = ['api', 'db'].map((service) => `${service} 0a1b image ${release}\n`);
  await writeFile(inRelease('services'), services.join(''));
  await symlink(`releases/${release}`, at('base/current'));
  const sshd = await startSshd({
    PATH: `${at('commands')}${delimiter}${process.env.PATH}`,
    FAKE_DOCKER: directory,
  });
  const container: DockerHost['container'] = async (given) => {
    const { id, service, number, started = '2026-01-01T00:00:00Z', finished = never } = given;
    await writeFile(at(`logs/${id}`), '', { flag: 'a' });
    await writeFile(at(`containers/${id}`), `${service} ${number} ${started} ${finished}\n`);
  };
  return {
    ...{ sshd, directory, release, container },
    baseDirectory: at('base'),
    async started(given) {
      await container(given);
      await appendFile(at('events'), `${given.id} ${given.service}\n`);
    },
    log: (id, line) => appendFile(at(`logs/${id}`), `${line}\n`),
    stopped: (id) => writeFile(at(`logs/${id}.stopped`), ''),
    engineStopped: () => writeFile(at('engine-stopped'), ''),
    calls: async () => (await readFile(at('calls'), 'utf8')).split('\n'),
    write: (path, text) => writeFile(at(join('base', path)), text),
    read: (path) => readFile(at(join('base', path)), 'utf8'),
    [Symbol.asyncDispose]: async () => {
      await sshd[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
