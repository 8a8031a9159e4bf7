/**
 * A command that runs the executor from standard input, where the script comes first and then what it reads itself.
 * The shell must be told how long the script is: one that reads its own script (`sh -s`) may read too far.
 */
export function receiverWords(script: string): string[] {
  return ['sh', '-c', receiverScript, 'executor', String(Buffer.byteLength(script))];
}

// head of coreutils, which the executor needs anyway, takes no byte more than it is asked for.
const receiverScript = 'set -e; executor=$(head -c "$1"); shift; eval "$executor"';

/** What `stage` and `restage` read after the script: the size of a Docker config.json, it, and the release's archive. */
export function stagePayload(configuration: string, archive?: Uint8Array): Uint8Array {
  const head = `${Buffer.byteLength(configuration)}\n${configuration}`;
  return archive === undefined ? Buffer.from(head) : Buffer.concat([Buffer.from(head), archive]);
}
