import { parse } from 'yaml';
import { CommandFailed, InvalidInput, lastLines, PhaseFailed } from '../../shared/src/errors.ts';
import type { SshSession } from '../../shared/src/ssh.ts';
import { parseHistory, parseRevisions } from './alembic.ts';
import { composeWords, dependenciesOf, type ReleasePaths } from './compose.ts';
import type { SchemaState } from './plan.ts';

// One container answers all three questions: starting one costs more than Alembic does.
const inspectScript =
  'echo "[heads]" && alembic heads && echo "[history]" && alembic history && echo "[current]" && alembic current';

const minute = 60_000;

/** Alembic of a release's image, on the host. */
export interface RemoteAlembic {
  /** Has the services that the migrations need running; those that run are left as they are. */
  startDependencies(): Promise<void>;
  inspect(): Promise<SchemaState>;
  upgrade(target: string): Promise<void>;
  /** Has the host remember the migration, which decides what can be rolled back to. */
  record(from: readonly string[], to: readonly string[]): Promise<void>;
}

/** Alembic in containers of `service`. Every method throws `PhaseFailed` with what the host said. */
export function remoteAlembic(
  session: SshSession,
  paths: ReleasePaths,
  service: string,
  onProgress: (line: string) => void,
): RemoteAlembic {
  // The entry point is left out: an application's own may migrate by itself, and this one must only do as it is told.
  // --no-deps because Compose would recreate a database whose definition changed; startDependencies() does not.
  const run = (entrypoint: string, ...words: string[]) =>
    composeWords(
      paths,
      'run',
      '--rm',
      '--no-TTY',
      '--no-deps',
      '--entrypoint',
      entrypoint,
      service,
      ...words,
    );

  return {
    async startDependencies() {
      const file = await readComposeFile(session, paths);
      const dependencies = dependenciesOf(parse(file, { merge: true }), service);
      if (dependencies.length === 0) return;
      const up = ['up', '--detach', '--no-recreate', '--wait', '--wait-timeout', '120'];
      const words = locked(paths, composeWords(paths, ...up, ...dependencies));
      await phase('starting the database', session.run(words, { timeout: 5 * minute, onProgress }));
    },
    async inspect() {
      const words = run('sh', '-c', inspectScript);
      const { stdout } = await phase('alembic', session.run(words, { timeout: 3 * minute }));
      return {
        heads: parseRevisions(section(stdout, 'heads')),
        history: parseHistory(section(stdout, 'history')),
        current: parseRevisions(section(stdout, 'current')),
      };
    },
    async upgrade(target) {
      const words = locked(paths, run('alembic', 'upgrade', target));
      await phase('alembic upgrade', session.run(words, { timeout: 30 * minute, onProgress }));
    },
    async record(from, to) {
      const words = ['sh', paths.executor, 'migrated', '--base', paths.baseDirectory];
      const revisions = ['--from', from.join(' '), '--to', to.join(' ')];
      await phase(
        'recording the migration',
        session.run([...words, '--release', paths.release, ...revisions], { timeout: 2 * minute }),
      );
    },
  };
}

async function readComposeFile(session: SshSession, paths: ReleasePaths): Promise<string> {
  try {
    return (await session.run(['cat', paths.composeFile])).stdout;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new InvalidInput(
      `release ${paths.release} is not on the host, or has no such Compose file: ${error.stderr.trim()}. Stage it first`,
      { cause: error },
    );
  }
}

const lockIsTaken = 75;

function locked(paths: ReleasePaths, words: readonly string[]): string[] {
  return [
    'flock',
    '--wait',
    '60',
    '--conflict-exit-code',
    String(lockIsTaken),
    paths.lock,
    ...words,
  ];
}

async function phase<Result>(name: string, running: Promise<Result>): Promise<Result> {
  try {
    return await running;
  } catch (error) {
    if (!(error instanceof CommandFailed) || error.exitCode === undefined) throw error;
    const reason =
      error.exitCode === lockIsTaken
        ? 'another operation has held the lock of staging for more than 60 s'
        : explainAlembic(error.stderr);
    throw new PhaseFailed(name, reason, { cause: error });
  }
}

function explainAlembic(stderr: string): string {
  const missing = /Can't locate revision identified by '([^']*)'/.exec(stderr)?.[1];
  if (missing !== undefined) {
    return `the database is at ${missing}, which this release does not know: it is older than the database. Deploy a release that has this revision`;
  }
  return lastLines(stderr, 30);
}

function section(output: string, name: string): string {
  const [, rest = ''] = output.split(`[${name}]\n`);
  return rest.split(/^\[/m)[0] ?? '';
}
