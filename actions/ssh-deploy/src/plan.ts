import type { CommandInputs, RegistryCredentials } from './inputs.ts';

/** What the executor on the host is asked to do. */
export interface ExecutorCall {
  /** The executor's arguments: a verb and its options. */
  readonly words: readonly string[];
  /** Milliseconds after which this side gives up; the executor's own limits come first. */
  readonly timeout: number;
}

/** The executor's arguments for a command; `stage` is planned with the id of the release that is being made. */
export function planCall(
  baseDirectory: string,
  request: CommandInputs & { readonly release?: string | undefined },
): ExecutorCall {
  const release = request.release === undefined ? [] : ['--release', request.release];
  const health = 'healthTimeout' in request ? ['--timeout', String(request.healthTimeout)] : [];
  return {
    words: [request.command, '--base', baseDirectory, ...release, ...health],
    timeout: timeLimit(request),
  };
}

function timeLimit(request: CommandInputs): number {
  const minute = 60_000;
  switch (request.command) {
    case 'stage':
    case 'restage':
      return 20 * minute;
    case 'release':
    case 'rollback':
      // Candidates, the switch and the way back may each take the whole health time-out.
      return 5 * minute + 3 * request.healthTimeout * 1000;
    case 'confirm':
      return 10 * minute;
    case 'status':
      return minute;
  }
}

/**
 * A command that runs the executor from standard input, where the script comes first and then what it reads itself.
 * The shell must be told how long the script is: one that reads its own script (`sh -s`) may read too far.
 */
export function receiverWords(script: string): string[] {
  return ['sh', '-c', receiverScript, 'executor', String(Buffer.byteLength(script))];
}

// head of coreutils, which the executor needs anyway, takes no byte more than it is asked for.
const receiverScript = 'set -e; executor=$(head -c "$1"); shift; eval "$executor"';

/**
 * A POSIX shell script and its arguments that take a release (a gzipped tar on standard input) into a directory of
 * its own, out of sight until the executor has staged it.
 */
export function uploadWords(baseDirectory: string, release: string): string[] {
  return ['sh', '-c', uploadScript, 'upload', baseDirectory, release];
}

const uploadScript = `set -eu
umask 022
mkdir -p "$1/releases" "$1/shared" "$1/state" || {
  echo "the base directory cannot be made: create it for user $(id -un): sudo install -d -o $(id -un) $1" >&2
  exit 1
}
partial=$1/releases/$2.partial
[ ! -e "$1/releases/$2" ] || { echo "release $2 is on the host already: to stage it again, leave images empty" >&2; exit 1; }
rm -rf "$partial"
mkdir "$partial"
tar --extract --gzip --no-same-owner --directory "$partial"`;

/** A Docker config.json with the credentials of one registry, or '' without any: what the executor reads to pull. */
export function registryConfiguration(credentials: RegistryCredentials | undefined): string {
  if (credentials === undefined) return '';
  const { registry, username, password } = credentials;
  const auth = Buffer.from(`${username}:${password}`).toString('base64');
  // Docker Hub's credentials are kept under the address of its first API.
  const server = registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
  return JSON.stringify({ auths: { [server]: { auth } } });
}
