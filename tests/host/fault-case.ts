import { setTimeout as sleep } from 'node:timers/promises';
import { onlyVersion } from './ask.ts';
import { type Answer, ExecutorClient, type RunningCommand, succeeded } from './executor-client.ts';
import { type FaultName, type FaultyVerb, faults } from './fault.ts';
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
}

/** What a fault did. */
export interface FaultOutcome {
  /** Which release answered when all had calmed down. */
  readonly answered: 'old' | 'new';
  /** What `status` says ended the transaction. */
  readonly outcome: string;
  /** Seconds from the fault until staging answered from one whole release, and nobody worked any more. */
  readonly seconds: number;
}

const patience = 180_000;

/**
 * Deploys `new` over `old`, strikes at the step, and checks what must hold whatever strikes: staging answers from one
 * release, whole; `status` says which; the next deploy succeeds by itself. Throws where it does not.
 */
export async function strike(
  subjects: FaultSubjects,
  { verb, step, fault }: FaultCase,
): Promise<FaultOutcome> {
  const { server } = subjects;
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
  succeeded(await client.call('journal'));
  await new ExecutorClient(server, 'azals/azals#8').deploy(subjects.next);
  const after = await onlyVersion(server);
  if (after !== subjects.next.images.version)
    throw new Error(`After the next deploy staging answers from ${after}`);
  return {
    answered: answering === subjects.old ? 'old' : 'new',
    outcome: status.value('last-outcome').replace(/^\S+Z /, ''),
    seconds,
  };
}

/** Runs what comes before the command, and starts it so that it will wait at the step. */
async function startUntil(
  client: ExecutorClient,
  { server, new: release }: FaultSubjects,
  { verb, step }: Pick<FaultCase, 'verb' | 'step'>,
): Promise<RunningCommand> {
  // A lease that the next deploy can wait for.
  const options = { release: release.id, 'confirm-timeout': 15 };
  const before: readonly FaultyVerb[] = ['stage', 'release', 'confirm'];
  const done = verb === 'rollback' ? before : before.slice(0, before.indexOf(verb));
  for (const earlier of done)
    succeeded(
      earlier === 'stage'
        ? await client.stage(release, options)
        : await client.call(earlier, options),
    );
  await holdAt(server, step);
  if (verb === 'stage') return await client.startStage(release, options);
  return await client.start(verb, verb === 'rollback' ? {} : options);
}

/** Phases in which staging is between two releases: the guard ends each of them. */
const between = ['releasing', 'switched', 'confirming', 'rolling-back', 'returning'];

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
