import type { Call, MigrationVerb } from '../../shared/src/executor/call.ts';
import { askHost, type Link, runOperation } from '../../shared/src/executor/operation.ts';
import { type ExecutorResult, parseResult, valueIn } from '../../shared/src/executor.ts';
import type { Requester } from '../../shared/src/requester.ts';
import { type MigrationPlan, nameOf, parsePlan } from './driver.ts';
import { reportedUntil } from './failure.ts';
import type { MigrationSettings } from './settings.ts';
import { type MigrationResult, migrationResult, type Transport } from './transport.ts';

const second = 1000;
const minute = 60 * second;

/** The database of a staging host. */
export interface HostDatabase {
  readonly link: Link;
  readonly requester: Requester;
  readonly baseDirectory: string;
  /** The release whose image migrates; the live one where it is not given. */
  readonly release: string | undefined;
  readonly service: string;
  readonly databaseService: string;
  /** The text of the driver. */
  readonly driver: string;
}

/** Migrates with a release's image on the staging host, which carries on alone if the connection ends. */
export function hostTransport(database: HostDatabase, settings: MigrationSettings): Transport {
  const { link, driver } = database;
  const payload = driverPayload(driver);
  let { release } = database;
  return {
    async plan() {
      const options = { ...questionOptions(database), target: settings.target };
      const call: Call<'migrate-plan'> = {
        verb: 'migrate-plan',
        options: { ...options, 'lock-timeout': '60' },
        timeout: 10 * minute,
      };
      const result = await askHost(link, call, payload);
      release = valueIn(result, 'release');
      return parsePlan(valueIn(result, 'plan'));
    },
    async migrate(plan) {
      const call = migrateCall({ ...database, release }, settings, plan);
      try {
        return migrationResult(
          await runOperation(link, { call, payload, recovery: recoveryCall(call) }),
        );
      } catch (error) {
        throw reportedUntil(error, (stdout) => failedResult(parseResult(stdout), plan));
      }
    },
  };
}

/** What the host reports of a failure is how it ended; it knows where the database was from the plan. */
function failedResult(reported: ExecutorResult, plan: MigrationPlan): MigrationResult {
  const result = migrationResult(reported);
  return { ...result, from: result.from || nameOf(plan.current) };
}

/** What the executor reads after its script: the size of the driver, and it. */
export function driverPayload(driver: string): Uint8Array {
  return Buffer.from(`${Buffer.byteLength(driver)}\n${driver}`);
}

function questionOptions({ baseDirectory, release, service, databaseService }: HostDatabase) {
  return {
    base: baseDirectory,
    ...(release !== undefined && { release }),
    service,
    'database-service': databaseService,
  };
}

/** The call of an operation on the database. */
export function databaseCall<Verb extends MigrationVerb>(
  verb: Verb,
  database: HostDatabase,
  { limits }: MigrationSettings,
): Call<Verb> {
  const { owner, actor, runUrl } = database.requester;
  return {
    verb,
    options: {
      ...questionOptions(database),
      owner,
      actor,
      ...(runUrl !== '' && { 'run-url': runUrl }),
      'lock-timeout': String(limits.lockTimeout),
      'keep-backups': String(limits.keepBackups),
      'disk-margin': String(limits.diskMargin),
    },
    timeout: 6 * 60 * minute,
  };
}

function migrateCall(
  database: HostDatabase,
  settings: MigrationSettings,
  plan: MigrationPlan,
): Call<'migrate'> {
  const { target, onFailure, drift, backup, limits } = settings;
  const call = databaseCall('migrate', database, settings);
  return {
    ...call,
    options: {
      ...call.options,
      target,
      from: nameOf(plan.current),
      'on-failure': onFailure,
      drift,
      'with-backup': backup ? 'yes' : 'no',
      'table-lock-timeout': String(limits.tableLockTimeout),
      'table-lock-attempts': String(limits.tableLockAttempts),
      'statement-timeout': String(limits.statementTimeout),
      'database-name': plan.database.name,
      'database-server': plan.database.server,
    },
  };
}

/** What puts things right when an operation on the database dies on the host. */
export function recoveryCall({ options, timeout }: Call): Call<'recover'> {
  const { base = '', owner = '', actor = '' } = options;
  return { verb: 'recover', options: { base, owner, actor }, timeout };
}
