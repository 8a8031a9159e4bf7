import { createHash } from 'node:crypto';
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
  | 'doctor'
  | 'containers'
  | 'journal'
  | 'logs'
  | 'enter'
  | 'exec'
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

/** The executor as it travels: once to each host and version of it. */
export interface PackedScript {
  /** SHA-256 of its text, under which the host keeps it. */
  readonly hash: string;
  readonly packed: Buffer;
}

/** Packs the executor's text. */
export function packScript(script: string): PackedScript {
  // As the host's shell holds it: without empty lines at the end.
  const text = `${script.trimEnd()}\n`;
  return { hash: createHash('sha256').update(text).digest('hex'), packed: gzipSync(text) };
}

/**
 * A command that runs the executor which the host keeps below `baseDirectory`, and ends with `exitCodes.unknownExecutor`
 * where it keeps none; with `sent`, one that comes first on standard input, before what it reads itself. The shell must
 * be told how long the script is: one that reads its own script (`sh -s`) may read too far.
 */
export function receiverWords(
  { hash, packed }: PackedScript,
  baseDirectory: string,
  { sent }: { readonly sent: boolean },
): string[] {
  const length = sent ? packed.byteLength : 0;
  return ['sh', '-c', receiverScript, 'executor', hash, baseDirectory, String(length)];
}

// head of coreutils, which the executor needs anyway, takes no byte more than it is asked for.
const receiverScript =
  'set -e; executor_hash=$1 kept=$2/state/executors/$1; ' +
  'if [ "$3" -gt 0 ]; then executor=$(head -c "$3" | gzip -d -c); ' +
  'elif [ -f "$kept" ] && [ "$(sha256sum <"$kept")" = "$1  -" ]; then executor=$(cat "$kept"); ' +
  'else exit 72; fi; shift 3; eval "$executor"';
