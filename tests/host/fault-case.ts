import { setTimeout as sleep } from 'node:timers/promises';
import { onlyVersion } from './ask.ts';
import { type Answer, ExecutorClient, type RunningCommand, succeeded } from './executor-client.ts';
import { type FaultName, type FaultyVerb, faults } from './fault.ts';
import type { FaultDatabase } from './migrations/fault-database.ts';
import type { Release } from './release-archive.ts';
import type { StagingServer } from './staging-server.ts';
import { holdAt, letGo, untilHeld } from './trip.ts';

/** A fault at a step of a command. */
export interface FaultCase {
  readonly verb: FaultyVerb;
  readonly step: string;
  readonly fault: FaultName;
}

export interface FaultSubjects {
  readonly server: StagingServer;
  /** The live release, and what the fault strikes the deploy of. */
  readonly old: Release;
  readonly new: Release;
  /** Deployed afterwards by another run. */
  readonly next: Release;
  /** Where releases bring a migration. */
  readonly database?: FaultDatabase;
}

/** What a fault did. */
export interface FaultOutcome {
  /** Which release answered when all had calmed down. */
  readonly answered: 'old' | 'new';
  /** The state in which the database was then. */
  readonly database?: string;
  /** What `status` says ended the transaction. */
  readonly outcome: string;
  /** Seconds from the fault until staging answered from one whole release, and nobody worked any more. */
  readonly seconds: number;
}

const patience = 180_000;

/** What comes before all else that the host reads for a command that pulls images. */
const withoutCredentials = Buffer.from('0\n');

/**
 * Deploys `new` over `old`, strikes at the step, and checks what must hold whatever strikes: staging answers from one
 * release, whole; `status` says which; the database is as it was, or as it shall be; the next deploy succeeds by itself.
 * Throws where it does not.
 */
export async function strike(
  subjects: FaultSubjects,
  { verb, step, fault }: FaultCase,
): Promise<FaultOutcome> {
  const { server, database, next } = subjects;
  await database?.reset();
  const client = new ExecutorClient(server);
  const command = await startUntil(client, subjects, { verb, step });
  const held = await untilHeld(server, command.done);
  const struckAt = Date.now();
  await faults[fault]({ server, command, held });
  await command.done;
  const status = await calm(server, client);
  const version = await wholeVersion(server);
  const seconds = Math.round((Date.now() - struckAt) / 1000);
  const answering = [subjects.old, subjects.new].find((each) => each.images.version === version);
  if (answering === undefined) throw new Error(`Staging answers from ${version}, which is neither`);
  if (status.value('current') !== answering.id)
    throw new Error(
      `Release ${answering.id} (${version}) answers, but status says:\n${status.stdout}`,
    );
  const found = await database?.whole();
  if (found !== undefined && !['before', ...(mayLeave[verb] ?? [])].includes(found))
    throw new Error(`The database is as ${found}`);
  succeeded(await client.call('journal'));
  const another = new ExecutorClient(server, 'example/shop#8');
  await another.deploy(next, {}, async () => {
    if (database !== undefined)
      succeeded(await (await database.startMigrating(another, next)).done);
  });
  const after = await onlyVersion(server);
  if (after !== next.images.version)
    throw new Error(`After the next deploy staging answers from ${after}`);
  await database?.expectWholeAfterDeploy();
  return {
    answered: answering === subjects.old ? 'old' : 'new',
    ...(found !== undefined && { database: found }),
    outcome: status.value('last-outcome').replace(/^\S+Z /, ''),
    seconds,
  };
}

/** What a run has done before it comes to a command. */
const before: Readonly<Record<FaultyVerb, readonly FaultyVerb[]>> = {
  stage: [],
  restage: ['stage', 'release', 'confirm', 'rollback'],
  migrate: ['stage'],
  release: ['stage'],
  confirm: ['stage', 'release'],
  rollback: ['stage', 'release', 'confirm'],
  abort: ['stage', 'release'],
  restore: [],
};

/** In which states a command may leave the database, besides the one before it. */
const mayLeave: Readonly<Partial<Record<FaultyVerb, readonly string[]>>> = {
  migrate: ['migrated'],
  restore: ['changed'],
};

/** Runs what comes before the command, and starts it so that it will wait at the step. */
async function startUntil(
  client: ExecutorClient,
  subjects: FaultSubjects,
  { verb, step }: Pick<FaultCase, 'verb' | 'step'>,
): Promise<RunningCommand> {
  for (const earlier of before[verb])
    succeeded(await (await startCommand(client, subjects, earlier)).done);
  if (verb === 'restore') {
    succeeded(await client.call('backup'));
    await subjects.database?.change();
  }
  await holdAt(subjects.server, step);
  return await startCommand(client, subjects, verb);
}

async function startCommand(
  client: ExecutorClient,
  { old, new: release, database }: FaultSubjects,
  verb: FaultyVerb,
): Promise<RunningCommand> {
  // A lease that the next deploy can wait for.
  const options = { release: release.id, 'confirm-timeout': 15 };
  switch (verb) {
    case 'stage':
      return await client.startStage(release, options);
    case 'restage':
      return await client.start(verb, options, withoutCredentials);
    case 'migrate':
      if (database === undefined) throw new Error('There is no database to migrate');
      return await database.startMigrating(client, release);
    case 'rollback':
    case 'abort':
      return await client.start(verb);
    case 'restore':
      return await client.start(verb, { backup: `${old.id}-by-hand.dump` });
    default:
      return await client.start(verb, options);
  }
}

/** Phases in which staging is between two releases, or its database between two schemas: the guard ends each of them. */
const between = [
  ...['migrating', 'releasing', 'switched', 'confirming'],
  ...['rolling-back', 'returning', 'withdrawing'],
];

/** Waits until nobody works on the host, and nobody has to; returns its status then. */
async function calm(server: StagingServer, client: ExecutorClient): Promise<Answer> {
  await letGo(server);
  await server.ready();
  const deadline = Date.now() + patience;
  for (;;) {
    const status = await client.call('status');
    const works =
      status.value('working') !== '' || between.includes(status.value('transaction-phase'));
    if (status.exitCode === 0 && !works) return status;
    if (Date.now() > deadline)
      throw new Error(`The host does not calm down:\n${status.stdout}${status.stderr}`);
    await sleep(1000);
  }
}

/** Containers that an engine has to start again take a moment; then all requests are answered by one release. */
async function wholeVersion(server: StagingServer): Promise<string> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      await onlyVersion(server);
      break;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(300);
    }
  }
  return await onlyVersion(server);
}
