import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../terminal/errors.ts';
import { attempt, type RunOptions, run, succeeds } from '../../terminal/process.ts';
import { step } from '../../terminal/progress.ts';
import { cached } from './cache.ts';
import {
  canInstallPackages,
  debianArchive,
  downloadPackages,
  ensureCommands,
  unpackPackages,
} from './debian-packages.ts';

/** The guide's minimum versions. */
export const minimum = { engine: 24, compose: [2, 20] } as const;

/** A Docker engine: the machine's own, or the private one below the cache. */
export interface Engine {
  readonly version: string;
  readonly private: boolean;
  /** What a process needs in its environment to reach it. */
  readonly env: Readonly<Record<string, string>>;
}

const root = cached('engine', 'root');
const socket = cached('engine', 'docker.sock');
const pidFile = cached('engine', 'dockerd.pid');
const logFile = cached('engine', 'dockerd.log');
const configuration = cached('engine', 'config');
// Docker from the next Debian release; its runtime from this one (the newer runc needs a newer libc).
const newer = ['docker.io', 'docker-cli', 'docker-compose', 'docker-buildx'];
const own = ['containerd', 'runc', 'tini'];

const privateEnvironment = {
  DOCKER_HOST: `unix://${socket}`,
  DOCKER_CONFIG: configuration,
  PATH: `${root}/usr/bin:${root}/usr/sbin:${process.env.PATH}:/usr/sbin:/sbin`,
};

/** The folder of Debian packages the private engine is made of. */
async function enginePackages(): Promise<string> {
  const folder = cached('packages', 'engine');
  const done = `${folder}/.complete`;
  if (existsSync(done)) return folder;
  await rm(folder, { recursive: true, force: true });
  const { suite } = await debianArchive();
  await downloadPackages('engine', [
    ...newer.map((name) => ({ name, suite: 'trixie' })),
    ...own.map((name) => ({ name, suite })),
  ]);
  await writeFile(done, '');
  return folder;
}

/** Finds the machine's Docker engine or sets up and starts a private one; the error names what to install. */
export async function ensureEngine(): Promise<Engine> {
  return await step('Docker engine', async ({ note }) => {
    const machine = await machineEngine();
    if (machine) {
      note(`${machine.version}, the machine's own`);
      return machine;
    }
    const running = await runningPrivateEngine();
    if (running) {
      note(`${running.version}, private, running`);
      return running;
    }
    if (!(await canInstallPackages()))
      throw new UserError(
        'No Docker engine answers, and without root and apt none can be set up. Install Docker Engine 24 or newer with the Compose (2.20 or newer) and buildx plugins, start it, and make sure `docker info` works for this user.',
      );
    await ensureCommands({ iptables: 'iptables' });
    if (!existsSync(root)) await unpackPackages(await enginePackages(), root);
    const started = await startPrivateEngine();
    note(`${started.version}, private, started`);
    return started;
  });
}

/** The private engine if it runs, e.g. to stop what it holds. */
export async function runningPrivateEngine(): Promise<Engine | undefined> {
  const version = await serverVersion(privateEnvironment);
  return version === undefined ? undefined : { version, private: true, env: privateEnvironment };
}

/** The machine's own engine if one answers; an error where it is older than the guide's minimum. */
export async function machineEngine(): Promise<Engine | undefined> {
  const version = await serverVersion({});
  if (version === undefined) return undefined;
  if (Number.parseInt(version, 10) < minimum.engine)
    throw new UserError(
      `The Docker engine of this machine is ${version}; ${minimum.engine}.0 or newer is needed.`,
    );
  const compose = await attempt('docker', ['compose', 'version', '--short']);
  const [major = 0, minor = 0] = (compose ?? '').replace(/^v/, '').split('.').map(Number);
  const [wantedMajor, wantedMinor] = minimum.compose;
  if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor))
    throw new UserError(
      `Docker Compose ${wantedMajor}.${wantedMinor} or newer is needed (found: ${compose ?? 'none'}). Install the docker-compose-plugin package.`,
    );
  if (!(await succeeds('docker', ['buildx', 'version'])))
    throw new UserError('Docker buildx is missing. Install the docker-buildx-plugin package.');
  return { version, private: false, env: {} };
}

/** The names of the containers that run in an engine. */
export async function runningContainers(engine: Engine): Promise<readonly string[]> {
  const names = await docker(engine, ['ps', '--format', '{{.Names}}']);
  return names.split('\n').filter(Boolean).sort();
}

/** Stops the private engine with SIGTERM and waits until it has gone; returns whether it ran. */
export async function stopPrivateEngine(): Promise<boolean> {
  const pid = existsSync(pidFile) ? Number(await readFile(pidFile, 'utf8')) : 0;
  const ran = await isPrivateEngine(pid);
  if (ran) process.kill(pid, 'SIGTERM');
  for (let waited = 0; await isPrivateEngine(pid); waited += 200) {
    if (waited > 30_000)
      throw new UserError(`The private Docker engine (process ${pid}) did not stop in 30 s.`);
    await sleep(200);
  }
  await unmountRemains();
  return ran;
}

/** Runs the docker command line against an engine. */
export async function docker(
  engine: Engine,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  return await run('docker', args, { ...options, env: { ...engine.env, ...options.env } });
}

/** The engine leaves the mount of its network namespace behind, which keeps its folder from being removed. */
async function unmountRemains(): Promise<void> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n');
  const points = mounts.map((line) => line.split(' ')[1] ?? '');
  for (const point of points.filter((each) => each.startsWith(cached('engine', 'run'))).reverse())
    await run('umount', [point]);
}

async function serverVersion(env: Record<string, string>): Promise<string | undefined> {
  const version = await attempt('docker', ['version', '--format', '{{.Server.Version}}'], {
    env,
    timeout: 10_000,
  });
  return version || undefined;
}

async function isPrivateEngine(pid: number): Promise<boolean> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).includes(pidFile);
  } catch {
    return false;
  }
}

async function startPrivateEngine(): Promise<Engine> {
  await mkdir(configuration, { recursive: true });
  const plugins = [`${root}/usr/libexec/docker/cli-plugins`];
  await writeFile(
    `${configuration}/config.json`,
    JSON.stringify({ cliPluginsExtraDirs: plugins }, null, 2),
  );
  const log = openSync(logFile, 'w');
  const options = {
    host: `unix://${socket}`,
    'data-root': cached('engine', 'data'),
    'exec-root': cached('engine', 'run'),
    pidfile: pidFile,
    'log-level': 'warn',
  };
  const dockerd = spawn(
    `${root}/usr/sbin/dockerd`,
    Object.entries(options).map(([key, value]) => `--${key}=${value}`),
    { detached: true, stdio: ['ignore', log, log], env: { ...process.env, ...privateEnvironment } },
  );
  dockerd.unref();
  for (let waited = 0; waited < 60_000 && dockerd.exitCode === null; waited += 200) {
    const engine = await runningPrivateEngine();
    if (engine) return engine;
    await sleep(200);
  }
  const tail = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-8).join('\n');
  throw new UserError(`The private Docker engine did not start. The end of ${logFile}:\n${tail}`);
}
