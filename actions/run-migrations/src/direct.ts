import { join } from 'node:path';
import { runCommand } from '../../shared/src/command.ts';
import { CommandFailed, PhaseFailed } from '../../shared/src/errors.ts';
import { type ExecutorResult, parseResult, valueIn } from '../../shared/src/executor.ts';
import { keepDetails } from './details.ts';
import { markedDriver, nameOf, parsePlan } from './driver.ts';
import { MigrationFailed } from './failure.ts';
import type { DirectWay } from './inputs.ts';
import type { MigrationSettings } from './settings.ts';
import { migrationResult, type Transport } from './transport.ts';

const minute = 60_000;

export interface DirectSurroundings {
  readonly driver: string;
  /** Who migrates, in the names of sessions of the database. */
  readonly operation: string;
  readonly temporaryDirectory: string;
  readonly onProgress: (line: string) => void;
}

/** Migrates a database that this machine reaches, with the application as it is checked out and installed here. */
export function directTransport(
  way: DirectWay,
  settings: MigrationSettings,
  around: DirectSurroundings,
): Transport {
  const { limits } = settings;
  const folder = way.backupDirectory ?? join(around.temporaryDirectory, 'backups');
  const run = (verb: string, words: readonly string[], script: string) =>
    runCommand(
      way.python,
      [
        '-',
        verb,
        '--with-parent',
        '--operation',
        around.operation,
        ...limitWords(settings),
        ...words,
      ],
      {
        title: `the driver of the migrations (${verb})`,
        cwd: way.workingDirectory,
        input: script,
        environment: { DATABASE_URL: way.databaseUrl },
        onProgress: around.onProgress,
        timeout: 6 * 60 * minute,
      },
    );
  /** What the driver reported; where it failed, as the output of the `CommandFailed` that is thrown. */
  const driver = async (verb: string, words: readonly string[], events = '') => {
    const { script, reportedIn } = markedDriver(around.driver, events);
    try {
      return reportedIn((await run(verb, words, script)).stdout);
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      throw error.reporting(await keepDetails(reportedIn(error.stdout), folder));
    }
  };
  return {
    async plan() {
      const words = ['--target', settings.target];
      return parsePlan(valueIn(parseResult(await attempt('plan', driver('plan', words))), 'plan'));
    },
    async migrate(plan) {
      const from = nameOf(plan.current);
      const saved = settings.backup
        ? await attempt(
            'backup',
            driver('backup', [
              ...['--folder', folder],
              ...['--name', `${backupTime()}-${from.replaceAll(' ', '+')}`],
              ...['--keep', String(limits.keepBackups), '--margin', String(limits.diskMargin)],
            ]),
          )
        : '';
      try {
        const words = ['--target', settings.target, '--expect', from, '--drift', settings.drift];
        return migrationResult(parseResult(saved + (await driver('apply', words))));
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        const way = ['--on-failure', settings.onFailure];
        const undone = await outcomeOf(driver('undo', way, error.stdout));
        const result = migrationResult(parseResult(saved + error.stdout + undone));
        const message = `migrate: ${reasonIn(parseResult(error.stdout), error)}; ${endOf(parseResult(undone))}`;
        throw new MigrationFailed(message, result, { cause: error });
      }
    },
  };
}

function limitWords({ limits }: MigrationSettings): string[] {
  return [
    ...['--lock-timeout', String(limits.lockTimeout)],
    ...['--table-lock-timeout', String(limits.tableLockTimeout)],
    ...['--attempts', String(limits.tableLockAttempts)],
    ...['--statement-timeout', String(limits.statementTimeout)],
  ];
}

async function attempt(phase: string, running: Promise<string>): Promise<string> {
  try {
    return await running;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new PhaseFailed(phase, reasonIn(parseResult(error.stdout), error), { cause: error });
  }
}

/** What the way back reported, whether it got there or not. */
async function outcomeOf(running: Promise<string>): Promise<string> {
  try {
    return await running;
  } catch (error) {
    if (error instanceof CommandFailed) return error.stdout;
    throw error;
  }
}

function endOf(undone: ExecutorResult): string {
  return (
    valueIn(undone, 'outcome') ||
    valueIn(undone, 'reason') ||
    'nobody could look at the database afterwards'
  );
}

function reasonIn(reported: ExecutorResult, error: CommandFailed): string {
  return valueIn(reported, 'reason') || error.message;
}

/** So that backups sort by time. */
function backupTime(): string {
  return new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
}
