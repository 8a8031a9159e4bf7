import { gzipSync } from 'node:zlib';
import type { Requester } from './context.ts';
import type { Limits } from './limits.ts';

/** What the executor does as an operation: it outlives the connection. */
export type OperationVerb = DeployVerb | MigrationVerb;

/** Operations on the database; the action run-migrations plans them. */
export type MigrationVerb = 'migrate' | 'backup' | 'restore';

/** Operations of a deploy. */
export type DeployVerb =
  | 'stage'
  | 'restage'
  | 'prepare'
  | 'switch'
  | 'release'
  | 'abort'
  | 'confirm'
  | 'rollback'
  | 'recover';

/** What the executor answers at once. */
export type QuestionVerb =
  | 'status'
  | 'journal'
  | 'logs'
  | 'lock'
  | 'unlock'
  | 'follow'
  | 'migrate-plan'
  | 'backups';

/** What the executor on a host is asked to do. */
export interface Call<Verb extends string = OperationVerb | QuestionVerb> {
  readonly verb: Verb;
  /** Options by name, without the dashes. */
  readonly options: Readonly<Record<string, string>>;
  /** Milliseconds after which this side gives up; the executor's own limits come first. */
  readonly timeout: number;
}

/** What all calls of one run of the action or the command line have in common. */
export interface CallContext {
  readonly baseDirectory: string;
  readonly requester: Requester;
  readonly limits: Limits;
}

/** What a call may say beyond the context. */
export interface CallDetails {
  /** An id; a commit too where a release is staged again. */
  readonly release?: string | undefined;
  /** Rollback: only if this release is live. */
  readonly leave?: string | undefined;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** The runner's clock, for the host to compare with its own. */
  readonly now?: Date;
}

const second = 1000;
const minute = 60 * second;

/** The call of a verb that changes something. */
export function planOperation<Verb extends DeployVerb>(
  verb: Verb,
  context: CallContext,
  { release, leave, force = false, dryRun = false, now }: CallDetails = {},
): Call<Verb> {
  const { baseDirectory, requester, limits } = context;
  return {
    verb,
    options: {
      base: baseDirectory,
      ...(release !== undefined && { release }),
      ...(leave !== undefined && { leave }),
      owner: requester.owner,
      actor: requester.actor,
      ...(requester.runUrl !== '' && { 'run-url': requester.runUrl }),
      'lock-timeout': String(limits.lockTimeout),
      ...limitOptions(verb, limits),
      ...(now !== undefined && { now: String(Math.floor(now.getTime() / second)) }),
      ...(force && { force: 'yes' }),
      ...(dryRun && { 'dry-run': 'yes' }),
    },
    timeout: limits.lockTimeout * second + workLimit(verb, limits),
  };
}

/** The call of a verb that reads, or is done in an instant. */
export function planQuestion<Verb extends QuestionVerb>(
  verb: Verb,
  baseDirectory: string,
  options: Readonly<Record<string, string>> = {},
): Call<Verb> {
  return { verb, options: { base: baseDirectory, ...options }, timeout: minute };
}

/** The executor's arguments: a verb and its options, each in two words. */
export function executorWords({ verb, options }: Call): string[] {
  return [verb, ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])];
}

/** The executor's text as it travels: with every command, so it has to be small. */
export function packScript(script: string): Buffer {
  return gzipSync(script);
}

/**
 * A command that runs the executor from standard input, where the packed script comes first and then what it reads
 * itself. The shell must be told how long the script is: one that reads its own script (`sh -s`) may read too far.
 */
export function receiverWords(packed: Uint8Array): string[] {
  return ['sh', '-c', receiverScript, 'executor', String(packed.byteLength)];
}

// head of coreutils, which the executor needs anyway, takes no byte more than it is asked for.
const receiverScript = 'set -e; executor=$(head -c "$1" | gzip -d -c); shift; eval "$executor"';

function limitOptions(verb: DeployVerb, limits: Limits): Record<string, string> {
  const deadline = { 'confirm-timeout': String(limits.confirmTimeout) };
  switch (verb) {
    case 'stage':
    case 'restage':
      // 0: nobody has asked the registry how large the images are.
      return { 'disk-margin': String(limits.diskMargin), 'image-bytes': '0', ...deadline };
    case 'confirm':
      return { keep: String(limits.keep) };
    case 'prepare':
    case 'switch':
    case 'release':
    case 'rollback':
    case 'abort':
    case 'recover':
      return {
        'health-timeout': String(limits.healthTimeout),
        'healthy-checks': String(limits.healthyChecks),
        'drain-timeout': String(limits.drainTimeout),
        ...deadline,
      };
  }
}

/** Milliseconds that the work itself may take, once nobody is in its way. */
function workLimit(verb: DeployVerb, { healthTimeout, drainTimeout }: Limits): number {
  switch (verb) {
    case 'stage':
    case 'restage':
      return 20 * minute;
    case 'confirm':
      return 10 * minute;
    case 'prepare':
    case 'switch':
    case 'release':
    case 'rollback':
    case 'abort':
    case 'recover':
      // The way there and twice the way back may each take the whole health time-out, and drain.
      return 10 * minute + 3 * (healthTimeout + drainTimeout) * second;
  }
}
