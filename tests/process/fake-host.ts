import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSshd, type TestSshd } from './sshd.ts';

/** What the fake executor does when it is asked for a verb. */
export interface Answer {
  /** Its results, as key=value lines. */
  readonly out?: string;
  readonly err?: string;
  readonly exit?: number;
}

/** A host that is reached over a real sshd, where a stand-in for the executor is told what to do. */
export interface FakeHost extends AsyncDisposable {
  /** The inputs that connect to it. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly baseDirectory: string;
  readonly sshd: TestSshd;
  answer(verb: string, answer: Answer): Promise<void>;
  /** Cuts the connection of the next call of a verb: before the host has taken it on, or while it works. */
  cut(verb: string, when: 'before' | 'during'): Promise<void>;
  /** Lets the work of a verb wait until `letGo`. */
  hold(verb: string): Promise<void>;
  letGo(verb: string): Promise<void>;
  /** The calls of the executor since the start: verb and options. */
  calls(): Promise<readonly string[]>;
  /** Whether an operation has ended. */
  hasEnded(): Promise<boolean>;
  /** What the executor read after its script. */
  payload(verb: string): Promise<Buffer>;
}

/** The text of the stand-in. */
export function fakeExecutor(): Promise<string> {
  return readFile(new URL('fake-executor.sh', import.meta.url), 'utf8');
}

/**
 * Starts a host where every verb succeeds and reports nothing. `like` is another host of the same deploy: its key
 * gets in here too, and the base directory has the same name.
 */
export async function startFakeHost(like?: FakeHost): Promise<FakeHost> {
  const directory = await mkdtemp(join(tmpdir(), 'host-'));
  const baseDirectory = like?.baseDirectory ?? join(directory, 'base');
  const file = (name: string) => join(directory, 'fake', name);
  await mkdir(join(directory, 'fake'));
  const sshd = await startSshd(
    { FAKE_HOST: directory },
    like === undefined ? {} : { privateKey: like.sshd.privateKey },
  );
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
    async answer(verb, { out = '', err = '', exit = 0 }) {
      await writeFile(file(`${verb}.out`), out);
      await writeFile(file(`${verb}.err`), err);
      await writeFile(file(`${verb}.exit`), `${exit}\n`);
    },
    cut: (verb, when) => writeFile(file(`${verb}.cut`), when),
    hold: (verb) => writeFile(file(`${verb}.hold`), ''),
    letGo: (verb) => rm(file(`${verb}.hold`)),
    calls: async () =>
      existsSync(file('calls')) ? (await readFile(file('calls'), 'utf8')).trim().split('\n') : [],
    hasEnded: async () => {
      const operations = join(directory, 'operations');
      const ids = existsSync(operations) ? await readdir(operations) : [];
      return ids.some((id) => existsSync(join(operations, id, 'exit')));
    },
    payload: (verb) => readFile(file(`${verb}.payload`)),
    [Symbol.asyncDispose]: async () => {
      await sshd[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
