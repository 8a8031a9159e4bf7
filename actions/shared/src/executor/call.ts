import { gzipSync } from 'node:zlib';

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

// Milliseconds.
const questionTimeout = 60_000;

/** The call of a verb that reads, or is done in an instant. */
export function planQuestion<Verb extends QuestionVerb>(
  verb: Verb,
  baseDirectory: string,
  options: Readonly<Record<string, string>> = {},
): Call<Verb> {
  return { verb, options: { base: baseDirectory, ...options }, timeout: questionTimeout };
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
