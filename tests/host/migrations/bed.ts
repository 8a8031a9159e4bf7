import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { packScript, receiverWords } from '../../../actions/shared/src/executor/call.ts';
import { readExecutor } from '../../../actions/shared/src/executor.ts';
import { docker, type Engine, ensureEngine } from '../../../scripts/local/machine/engine.ts';
import { type ActionRun, type BundledActions, bundleActions } from '../../process/run-action.ts';
import { startSshd, type TestSshd } from '../../process/sshd.ts';
import { publicImages } from '../public-images.ts';
import { apiImage, buildApiImage, writeApplication } from './application.ts';
import { composeFile, newProjectName, removeLeftovers, removeProject } from './compose-project.ts';
import { Database } from './database.ts';
import type { Revision } from './revisions.ts';

/** With every character that a shell, a URL, Compose or Python might take for something else. */
export const password = 'p@ss "w$o`r\\d%2F:/?#&=é';

/** What a process of the executor does: the work, or look after it. */
type ExecutorProcess = 'work' | 'supervise';

/** What an answer of the executor has. */
export interface Answer {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A staging host that is this machine, reached over a real sshd: the real executor, Compose, PostgreSQL 15, and the API's
 * own image with other migrations.
 */
export class MigrationBed implements AsyncDisposable {
  readonly baseDirectory: string;
  readonly database: Database;
  readonly engine: Engine;
  readonly project: string;
  /** What a release says that .env.staging has to set. */
  neededVariables: readonly string[] = [];
  /** What a release asks of the values there. */
  environmentRules: readonly string[] = [];
  readonly #directory: string;
  readonly #sshd: TestSshd;
  readonly #actions: BundledActions;
  #made = 0;

  constructor(made: {
    readonly engine: Engine;
    readonly directory: string;
    readonly project: string;
    readonly sshd: TestSshd;
    readonly actions: BundledActions;
  }) {
    this.engine = made.engine;
    this.project = made.project;
    this.#directory = made.directory;
    this.#sshd = made.sshd;
    this.#actions = made.actions;
    this.baseDirectory = join(made.directory, 'base');
    this.database = new Database(
      (words, options) => docker(made.engine, words, options),
      made.project,
    );
  }

  /** Stages a release whose image has these migrations; returns its id. */
  async stage(revisions: readonly Revision[], files: Readonly<Record<string, string>> = {}) {
    this.#made += 1;
    const application = join(this.#directory, `application-${this.#made}`);
    await writeApplication(application, revisions, files);
    const time = new Date(Date.now() + this.#made * 1000).toISOString();
    const commit = randomBytes(20).toString('hex');
    const release = `${time.replaceAll(/[-:]|\.\d+/g, '')}-${commit.slice(0, 7)}`;
    const archive = await this.#archive(release, commit, application);
    const answer = await this.executor(
      'stage',
      { release, 'disk-margin': '1', 'confirm-timeout': '600' },
      Buffer.concat([Buffer.from('0\n'), archive]),
    );
    if (answer.exitCode !== 0) throw new Error(answer.stderr);
    return release;
  }

  async #archive(release: string, commit: string, application: string): Promise<Buffer> {
    const folder = await mkdtemp(join(this.#directory, 'release-'));
    const write = (name: string, text: string) => writeFile(join(folder, name), text);
    await write('manifest.json', `${JSON.stringify({ id: release, commit }, null, 2)}\n`);
    await write(
      'release.conf',
      `project=${this.project}\ncompose-file=docker-compose.staging.yml\napplication-services=api\noptional-services=\nimages=api=${apiImage}\nproxy=nginx\nproxy-path=\nhost-access=api=${application}\nmounts=\nvariables=${this.neededVariables.join(' ')}\nmemory=\nports=\n`,
    );
    if (this.environmentRules.length > 0)
      await write('environment-rules', `${this.environmentRules.join('\n')}\n`);
    const { here } = await publicImages(this.engine);
    const postgres = here('postgres:15-alpine');
    await write(
      'docker-compose.staging.yml',
      composeFile({ project: this.project, release, application, postgres }),
    );
    const { stdout } = await execa('tar', ['-C', folder, '-czf', '-', '.'], { encoding: 'buffer' });
    return Buffer.from(stdout);
  }

  /** Runs the action as a job of this staging host does. */
  async migrate(release: string, inputs: Readonly<Record<string, string>> = {}) {
    return await this.startMigrating(release, inputs).ended;
  }

  startMigrating(release: string, inputs: Readonly<Record<string, string>> = {}) {
    const { port, user, privateKey, knownHosts } = this.#sshd;
    return this.#actions.start(
      'run-migrations',
      {
        host: '127.0.0.1',
        port: String(port),
        user,
        'private-key': privateKey,
        'known-hosts': knownHosts,
        'base-directory': this.baseDirectory,
        'disk-margin': '1',
        lint: 'off',
        release,
        ...inputs,
      },
      this.#surroundings(),
    );
  }

  /** Runs the action where the database is reached directly. */
  async migrateDirectly(inputs: Readonly<Record<string, string>>): Promise<ActionRun> {
    return await this.startMigratingDirectly(inputs).ended;
  }

  startMigratingDirectly(inputs: Readonly<Record<string, string>>) {
    return this.#actions.start(
      'run-migrations',
      { transport: 'direct', lint: 'off', 'disk-margin': '1', ...inputs },
      this.#surroundings(),
    );
  }

  #surroundings() {
    return { RUNNER_TOOL_CACHE: join(this.#directory, 'tools') };
  }

  /** Runs a command of the executor on this machine, as a login on the host would. */
  async executor(
    verb: string,
    options: Readonly<Record<string, string>> = {},
    payload: Uint8Array = Buffer.alloc(0),
  ): Promise<Answer> {
    const script = packScript(await readExecutor());
    const all = {
      base: this.baseDirectory,
      operation: randomBytes(8).toString('hex'),
      owner: 'example/shop#7',
      ...options,
    };
    const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
    const [command = '', ...rest] = [
      ...receiverWords(script, this.baseDirectory, { sent: true }),
      verb,
      ...words,
    ];
    const { exitCode, stdout, stderr } = await execa(command, rest, {
      env: { ...this.engine.env },
      input: Buffer.concat([script.packed, payload]),
      reject: false,
      timeout: 120_000,
    });
    return { exitCode, stdout, stderr };
  }

  /** Ends the executor's processes on this machine that do this for the bed. One may have ended by itself meanwhile. */
  async kill(kind: ExecutorProcess): Promise<void> {
    await execa('pkill', ['-KILL', '-f', this.#executor(kind)], { reject: false });
  }

  async #works(kind: ExecutorProcess): Promise<boolean> {
    const { exitCode } = await execa('pgrep', ['-f', this.#executor(kind)], { reject: false });
    return exitCode === 0;
  }

  /** A pattern of their command lines. */
  #executor(kind: ExecutorProcess): string {
    return `${this.baseDirectory}/state/operations/[0-9a-f]+/executor.sh ${kind} `;
  }

  /** Puts a command before the host's own of that name; returns what takes it away again. */
  async standIn(command: string, script: string): Promise<() => Promise<void>> {
    const file = join(this.#directory, 'bin', command);
    await writeFile(file, script, { mode: 0o755 });
    return async () => await rm(file);
  }

  async read(path: string): Promise<string> {
    return await readFile(join(this.baseDirectory, path), 'utf8');
  }

  /** Changes the text of a file below the base directory. */
  async write(path: string, change: (text: string) => string): Promise<void> {
    await writeFile(join(this.baseDirectory, path), change(await this.read(path)));
  }

  /** What came of the operations on the host, whoever asked for them. */
  async outcomes(): Promise<string> {
    const ids = await readdir(join(this.baseDirectory, 'state/operations'));
    const results = ids.map((id) => this.read(`state/operations/${id}/out`).catch(() => ''));
    return (await Promise.all(results)).join('');
  }

  /** The permissions of a file. */
  async modeOf(path: string): Promise<number> {
    return (await stat(join(this.baseDirectory, path))).mode & 0o777;
  }

  /** What the last operation has done, step by step. */
  async journal(): Promise<string[]> {
    const lines = (await this.read('state/journal.jsonl')).trim().split('\n');
    const entries = lines.map(
      (line) => JSON.parse(line) as { operation: string; step: string; event: string },
    );
    const last = entries.at(-1)?.operation;
    return entries
      .filter(({ operation, event }) => operation === last && event !== 'intent')
      .map(({ step, event }) => `${step} ${event}`);
  }

  /** Has the database running, and empty. */
  async start(): Promise<void> {
    if ((await this.database.container()) === '') {
      const run = await this.migrate(await this.stage([]));
      if (run.exitCode !== 0) throw new Error(run.log);
    }
    await this.database.empty();
  }

  /** Makes a release the live one, as far as the executor's records go; '' for none. */
  async makeLive(release: string): Promise<void> {
    await this.executor('abort');
    await rm(join(this.baseDirectory, 'current'), { force: true });
    if (release !== '') {
      await symlink(`releases/${release}`, join(this.baseDirectory, 'current'));
    }
  }

  /** Starts the application of a release; returns its container. */
  async startApplication(release: string): Promise<string> {
    await this.#compose(release, 'up', '--detach', '--no-deps', 'api');
    return await this.#compose(release, 'ps', '--quiet', 'api');
  }

  /** The short id of the container in which commands run that somebody gives to the application. */
  async containerOfCommands(release: string): Promise<string> {
    return await this.#compose(release, 'exec', '--no-TTY', 'api', 'hostname');
  }

  /** Runs plain Alembic in a container of a release. */
  async runAlembic(release: string, ...words: readonly string[]): Promise<void> {
    const run = ['run', '--rm', '--no-TTY', '--no-deps', '--entrypoint', 'alembic', 'api'];
    await this.#compose(release, ...run, ...words);
  }

  async #compose(release: string, ...words: readonly string[]): Promise<string> {
    const folder = join(this.baseDirectory, 'releases', release);
    const file = join(folder, 'docker-compose.staging.yml');
    const options = ['--project-directory', folder, '--file', file];
    return await docker(this.engine, ['compose', ...options, ...words]);
  }

  /** Whether a container that runs has been stopped since it was made. */
  async restartsOf(container: string): Promise<string> {
    const format = '{{.State.Running}} {{.Created}} {{.State.StartedAt}} {{.State.FinishedAt}}';
    const found = await docker(this.engine, ['inspect', '--format', format, container]);
    const [running, , started = '', finished = ''] = found.split(' ');
    if (running !== 'true') return 'stopped';
    return started > finished && !finished.startsWith('0001') ? 'started again' : 'never stopped';
  }

  /** Puts a small disk in the place of a folder below the base directory. */
  async smallDisk(path: string, size: string) {
    const folder = join(this.baseDirectory, path);
    const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
    const [command = '', ...words] = [...asRoot, 'mount', '-t', 'tmpfs', '-o'];
    await execa(command, [...words, `size=${size},mode=1777`, 'tmpfs', folder]);
    return {
      files: async () => await readdir(folder),
      [Symbol.asyncDispose]: async () => {
        const [unmount = '', ...rest] = [...asRoot, 'umount', '--lazy', folder];
        await execa(unmount, rest);
      },
    };
  }

  /** Another session reads a table, and does not end its transaction. */
  holdTable(table: string, seconds: number) {
    const statement = `BEGIN; SELECT count(*) FROM ${table}; SELECT pg_sleep(${seconds});`;
    const holding = this.database
      .ask(`SET application_name = 'busy-report'; ${statement}`)
      .catch(() => undefined);
    return {
      end: async () => {
        await this.database.ask(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'busy-report'",
        );
        await holding;
      },
    };
  }

  /** Waits until nothing works on the host. */
  async idle(): Promise<void> {
    for (let waited = 0; waited < 60_000; waited += 200) {
      if (!(await this.#works('work')) && !(await this.#works('supervise'))) return;
      await sleep(200);
    }
    throw new Error('the host still works after a minute');
  }

  /** A copy of the application with these migrations, for who reaches the database directly. */
  async application(revisions: readonly Revision[]): Promise<string> {
    this.#made += 1;
    const folder = join(this.#directory, `application-${this.#made}`);
    await writeApplication(folder, revisions);
    return folder;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sshd[Symbol.asyncDispose]();
    await this.#actions[Symbol.asyncDispose]();
    await removeProject(this.engine, this.project);
    // A guard that is at its end may still write there.
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Starts a bed; the database starts with the first release that is migrated. */
export async function startBed(): Promise<MigrationBed> {
  const engine = await ensureEngine();
  await removeLeftovers(engine);
  await buildApiImage(engine);
  const directory = await mkdtemp(join(tmpdir(), 'mig-'));
  await mkdir(join(directory, 'base/shared'), { recursive: true });
  const url = `postgresql+psycopg://azals:${encodeURIComponent(password)}@postgres:5432/azals`;
  await writeFile(
    join(directory, 'base/shared/.env.staging'),
    `POSTGRES_USER='azals'\nPOSTGRES_PASSWORD='${password}'\nPOSTGRES_DB='azals'\nDATABASE_URL='${url}'\n`,
    { mode: 0o600 },
  );
  const { PATH = '' } = { ...process.env, ...engine.env };
  await mkdir(join(directory, 'bin'));
  const sshd = await startSshd({ ...engine.env, PATH: `${join(directory, 'bin')}:${PATH}` });
  const actions = await bundleActions('run-migrations');
  const project = newProjectName();
  return new MigrationBed({ engine, directory, project, sshd, actions });
}
