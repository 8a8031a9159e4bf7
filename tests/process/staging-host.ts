import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSshd, type TestSshd } from './sshd.ts';

/** A host that is reached over a real sshd, with a stand-in for Docker. */
export interface StagingHost extends AsyncDisposable {
  /** The inputs that connect to it. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly baseDirectory: string;
  readonly sshd: TestSshd;
  /** Sets an answer of the stand-in for Docker. */
  answer(name: string, text: string): Promise<void>;
  /** The calls of Docker since the start, one a line. */
  calls(): Promise<string>;
  /** Reads a file below the base directory, or '' where there is none. */
  read(path: string): Promise<string>;
  /** Reads what the stand-in for Docker kept. */
  kept(name: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
}

/** Starts a host that answers like Docker 26 with Compose 2.26, and has a complete .env.staging. */
export async function startStagingHost(): Promise<StagingHost> {
  const directory = await mkdtemp(join(tmpdir(), 'host-'));
  const standIn = join(directory, 'stand-in');
  const baseDirectory = join(directory, 'base');
  await mkdir(join(directory, 'bin'));
  await mkdir(standIn);
  await mkdir(join(baseDirectory, 'shared'), { recursive: true });
  const docker = join(directory, 'bin', 'docker');
  await copyFile(new URL('docker-stand-in.sh', import.meta.url), docker);
  await chmod(docker, 0o755);
  const sshd = await startSshd({
    PATH: `${join(directory, 'bin')}:/usr/local/bin:/usr/bin:/bin`,
    STAND_IN: standIn,
  });
  const answer = (name: string, text: string) => writeFile(join(standIn, name), text);
  await answer('engine-version', '26.1.5\n');
  await answer('compose-version', '2.26.1-4\n');
  await answer('compose-refused-for', 'no release');
  await answer('up-fails-for', 'no release');
  await answer('present', '');
  await answer('calls', '');
  const write = (path: string, text: string) => writeFile(join(baseDirectory, path), text);
  await write('shared/.env.staging', '# CHANGE_ME has been changed.\nSECRET_KEY=abc\n');
  const readIfThere = async (path: string) => (existsSync(path) ? readFile(path, 'utf8') : '');
  const { port, user, privateKey, knownHosts } = sshd;
  return {
    baseDirectory,
    sshd,
    inputs: {
      host: '127.0.0.1',
      port: String(port),
      user,
      'private-key': privateKey,
      'known-hosts': knownHosts,
      'base-directory': baseDirectory,
    },
    answer,
    write,
    calls: () => readIfThere(join(standIn, 'calls')),
    kept: (name) => readIfThere(join(standIn, name)),
    read: (path) => readIfThere(join(baseDirectory, path)),
    [Symbol.asyncDispose]: async () => {
      await sshd[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
