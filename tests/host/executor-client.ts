import { randomBytes } from 'node:crypto';
import { execa } from 'execa';
import { packScript, receiverWords } from '../../actions/shared/src/executor/call.ts';
import { readExecutor } from '../../actions/shared/src/executor.ts';
import { remoteCommandLine } from '../../actions/shared/src/ssh/remote-command.ts';
import type { Release } from './release-archive.ts';
import { baseDirectory, type StagingServer } from './staging-server.ts';

/** What one command of the executor gave back over SSH. */
export interface Answer {
  readonly exitCode: number | undefined;
  readonly stderr: string;
  readonly stdout: string;
  /** The values of a key, in order. */
  all(key: string): string[];
  /** The first value of a key, '' where there is none. */
  value(key: string): string;
}

/** A command under way: one SSH connection, whose client a test may end. */
export interface RunningCommand {
  readonly operation: string;
  readonly done: Promise<Answer>;
  kill(signal: NodeJS.Signals): void;
}

export type Options = Readonly<Record<string, string | number>>;

/**
 * Speaks to the executor over SSH as the action does, one connection a command. Unlike the action it can stop
 * anywhere, and does nothing by itself.
 */
export class ExecutorClient {
  readonly #server: StagingServer;
  readonly #owner: string;

  constructor(server: StagingServer, owner = 'example/shop#7') {
    this.#server = server;
    this.#owner = owner;
  }

  /** Starts a command. */
  async start(
    verb: string,
    options: Options = {},
    payload: Uint8Array = Buffer.alloc(0),
  ): Promise<RunningCommand> {
    const script = packScript(await readExecutor());
    const operation = randomBytes(8).toString('hex');
    const all: Options = {
      base: baseDirectory,
      operation,
      owner: this.#owner,
      actor: 'camille',
      'run-url': 'https://github.com/example/shop/actions/runs/7',
      ...quick,
      ...options,
    };
    const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const line = remoteCommandLine([
      ...receiverWords(script, baseDirectory, { sent: true }),
      verb,
      ...words,
    ]);
    const ssh = execa('ssh', [...sshArguments(this.#server), line], {
      input: Buffer.concat([script.packed, payload]),
      reject: false,
      timeout: 300_000,
    });
    return { operation, kill: (signal) => ssh.kill(signal), done: ssh.then(answer) };
  }

  /** Runs a command and returns what it gave back, whether it succeeded or not. */
  async call(verb: string, options: Options = {}): Promise<Answer> {
    return await (await this.start(verb, options)).done;
  }

  /** Starts to stage a release; `credentials` is the text of a Docker config.json. */
  async startStage(
    release: Release,
    options: Options = {},
    credentials = '',
  ): Promise<RunningCommand> {
    const head = `${Buffer.byteLength(credentials)}\n${credentials}`;
    const payload = Buffer.concat([Buffer.from(head), release.archive]);
    return await this.start('stage', { release: release.id, ...options }, payload);
  }

  async stage(release: Release, options: Options = {}, credentials = ''): Promise<Answer> {
    return await (await this.startStage(release, options, credentials)).done;
  }

  /** Stages, does what comes before the release, releases and confirms; throws with the log of what failed. */
  async deploy(
    release: Release,
    options: Options = {},
    beforeRelease: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    succeeded(await this.stage(release, options));
    await beforeRelease();
    succeeded(await this.call('release', { release: release.id, ...options }));
    succeeded(await this.call('confirm', { release: release.id, ...options }));
  }
}

/** Tests wait for nothing longer than they have to. */
const quick = {
  'lock-timeout': 120,
  'health-timeout': 60,
  'healthy-checks': 3,
  'drain-timeout': 10,
  'confirm-timeout': 600,
  'disk-margin': 64,
} as const;

/** Throws with the log of a command that has failed; returns its answer otherwise. */
export function succeeded(given: Answer): Answer {
  if (given.exitCode !== 0) throw new Error(`exit code ${given.exitCode}:\n${given.stderr}`);
  return given;
}

interface Ended {
  // Undefined where ssh itself was ended by a signal.
  readonly exitCode?: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

function answer({ exitCode, stdout, stderr }: Ended): Answer {
  const lines = stdout.split('\n');
  const all = (key: string) =>
    lines.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1));
  return {
    exitCode,
    stdout,
    stderr,
    all,
    value: (key) => all(key)[0] ?? '',
  };
}

function sshArguments({ ssh }: StagingServer): string[] {
  const options = {
    BatchMode: 'yes',
    IdentitiesOnly: 'yes',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: ssh.knownHostsFile,
    GlobalKnownHostsFile: '/dev/null',
    LogLevel: 'ERROR',
    ConnectTimeout: '10',
    ServerAliveInterval: '2',
    ServerAliveCountMax: '3',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const target = `${ssh.user}@${ssh.host}`;
  return ['-F', '/dev/null', '-i', ssh.identityFile, '-p', String(ssh.port), ...flags, target];
}
