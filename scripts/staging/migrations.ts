import { type Command, InvalidArgumentError, Option } from 'commander';
import { type MigrationPlan, nameOf, readDriver } from '../../actions/run-migrations/src/driver.ts';
import {
  databaseCall,
  type HostDatabase,
  hostTransport,
  recoveryCall,
} from '../../actions/run-migrations/src/host.ts';
import { defaultLimits } from '../../actions/run-migrations/src/limits.ts';
import { type Level, levels } from '../../actions/run-migrations/src/lint/rules.ts';
import { planLines, runMigrations } from '../../actions/run-migrations/src/run.ts';
import { type MigrationSettings, waysBack } from '../../actions/run-migrations/src/settings.ts';
import { InvalidInput } from '../../actions/shared/src/errors.ts';
import { runOperation } from '../../actions/shared/src/executor/operation.ts';
import { valueIn } from '../../actions/shared/src/executor.ts';
import type { Change } from '../../actions/slack-notify/src/by-hand/change.ts';
import { cached } from '../local/machine/cache.ts';
import { openRepository } from '../repository/repository.ts';
import { columns } from './columns.ts';
import type { Output } from './commands.ts';
import type { StagingHost } from './host.ts';
import { tell } from './terminal.ts';

interface Flags {
  readonly release?: string;
  readonly target?: string;
  readonly onFailure?: MigrationSettings['onFailure'];
  readonly lint?: Level;
  readonly json?: boolean;
}

/** Runs a command on the host that the options name. */
type On = (
  command: Command,
  work: (host: StagingHost, flags: Flags) => Promise<void>,
) => Promise<void>;

/** As `On`, for work whose change people are told of. */
type OnAndTell = (
  command: Command,
  work: (host: StagingHost, flags: Flags) => Promise<Change | undefined>,
) => Promise<void>;

interface Tools {
  on: On;
  onAndTell: OnAndTell;
  output(flags: Flags): Output;
}

/** Adds the commands about the database. */
export function addMigrations(root: Command, { on, onAndTell, output }: Tools): void {
  const group = root
    .command('migrations')
    .description('what the database went through, and what it has before it');
  // A group has its parent's way of ending only if it is told.
  group.exitOverride();
  const release = new Option(
    '--release <id>',
    'release whose image migrates (the live one where not given)',
  );
  const target = new Option('--target <revision>', 'head, heads or a revision').default('head');
  const lint = new Option('--lint <level>', 'the worst that a finding can be')
    .choices(levels)
    .default('error');
  group
    .command('plan')
    .description('says what "apply" would do, with the SQL')
    .addOption(release)
    .addOption(target)
    .addOption(lint)
    .option('--json', 'write JSON')
    .action((_, command) => on(command, (host, flags) => plan(host, flags, output(flags))));
  group
    .command('apply')
    .description('migrates: backup first, and back to where it was if it fails')
    .addOption(release)
    .addOption(target)
    .addOption(lint)
    .addOption(
      new Option('--on-failure <way>', 'what becomes of a database whose migration failed half way')
        .choices(waysBack)
        .default('downgrade'),
    )
    .action((_, command) => on(command, (host, flags) => apply(host, flags, output(flags))));
  group
    .command('history')
    .description('the migrations of the image, the newest first, and which are applied')
    .addOption(release)
    .option('--json', 'write JSON')
    .action((_, command) => on(command, (host, flags) => history(host, flags, output(flags))));
  group
    .command('backup')
    .description('makes a backup of the database')
    .action((_, command) => on(command, (host, flags) => backUp(host, output(flags))));
  group
    .command('restore')
    .description('puts a backup in the place of the database, after a backup of what is there')
    .argument('[backup]', 'its name; without, the backups are listed', backupName)
    .action((name, _, command) =>
      name === undefined
        ? on(command, (host, flags) => listBackups(host, output(flags)))
        : onAndTell(command, (host, flags) => restore(host, name, output(flags))),
    );
}

function settingsFrom({ target = 'head', onFailure = 'downgrade' }: Flags): MigrationSettings {
  return { target, onFailure, drift: 'warn', backup: true, limits: defaultLimits };
}

async function databaseOf({ link, requester, baseDirectory }: StagingHost, { release }: Flags) {
  const { migrations } = (await openRepository(process.cwd())).project;
  if (!migrations)
    throw new InvalidInput('the settings of this repository say nothing of migrations');
  return {
    link,
    requester,
    baseDirectory,
    release,
    service: migrations.service,
    databaseService: migrations.database,
    driver: await readDriver(),
  } satisfies HostDatabase;
}

async function run(host: StagingHost, flags: Flags, dryRun: boolean) {
  const transport = hostTransport(await databaseOf(host, flags), settingsFrom(flags));
  return await runMigrations(transport, {
    dryRun,
    lint: { level: flags.lint ?? 'error', rules: new Map() },
    around: { toolDirectory: cached('tools'), temporaryDirectory: cached() },
    onProgress: tell,
    onWarning: (message) => tell(`warning: ${message}`),
  });
}

async function plan(host: StagingHost, flags: Flags, { json, print }: Output): Promise<void> {
  const { plan, findings, failure } = await run(host, flags, true);
  if (json) print(JSON.stringify({ plan, findings }, null, 2));
  else for (const line of [...planLines(plan), ...sqlLines(plan)]) print(line);
  if (failure) throw failure;
}

function sqlLines({ revisions }: MigrationPlan): string[] {
  return revisions.flatMap(({ revision, sql, withoutSql }) => [
    '',
    `-- ${revision}${withoutSql && `: no SQL, ${withoutSql}`}`,
    ...(sql === '' ? [] : [sql]),
  ]);
}

async function apply(host: StagingHost, flags: Flags, { print }: Output): Promise<void> {
  const { plan, result, failure } = await run(host, flags, false);
  if (failure) throw failure;
  if (result === undefined) print(`Nothing to apply: the database is at ${nameOf(plan.current)}.`);
  else print(`The database is at ${result.to}; it was at ${result.from}. Backup: ${result.backup}`);
}

async function history(host: StagingHost, flags: Flags, { json, print }: Output): Promise<void> {
  const plan = await hostTransport(
    await databaseOf(host, flags),
    settingsFrom({ ...flags, target: 'heads' }),
  ).plan();
  if (json) {
    print(JSON.stringify(plan.history, null, 2));
    return;
  }
  const rows = plan.history.map(({ revision, applied, message }) => [
    revision,
    applied ? 'applied' : 'to come',
    message,
  ]);
  for (const line of columns([['REVISION', 'STATE', 'MESSAGE'], ...rows])) print(line);
}

async function backUp(host: StagingHost, { print }: Output): Promise<void> {
  const database = await databaseOf(host, {});
  const call = databaseCall('backup', database, settingsFrom({}));
  const result = await runOperation(host.link, { call, recovery: recoveryCall(call) });
  print(`${valueIn(result, 'backup')} (${valueIn(result, 'backup-bytes')} bytes)`);
}

async function listBackups(host: StagingHost, { print }: Output): Promise<void> {
  const result = await host.ask('backups');
  const rows = (result.get('backup') ?? []).map((line) => line.split(' '));
  if (rows.length === 0) print('There are no backups.');
  else for (const line of columns([['BACKUP', 'BYTES', 'TIME'], ...rows])) print(line);
}

async function restore(host: StagingHost, name: string, { print }: Output): Promise<Change> {
  const database = await databaseOf(host, {});
  const call = databaseCall('restore', database, settingsFrom({}));
  const options = { ...call.options, backup: name };
  const result = await runOperation(host.link, {
    call: { ...call, options },
    recovery: recoveryCall(call),
  });
  const revision = valueIn(result, 'to');
  print(`The database is that of ${name}, at ${revision}.`);
  print(`What was there before is in ${valueIn(result, 'backup')}.`);
  return { kind: 'restored', backup: name, revision };
}

function backupName(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_.+-]*\.dump$/.test(text)) return text;
  throw new InvalidArgumentError('It must be the name of a backup, such as "restore" lists them.');
}
