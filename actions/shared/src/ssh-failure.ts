import { readFile } from 'node:fs/promises';
import type { Connection } from './connection.ts';
import { describeEndpoint, type Endpoint } from './endpoint.ts';
import { type CommandFailed, PhaseFailed } from './errors.ts';
import { pinnedKeys } from './host-keys.ts';
import { diagnose, diagnoseForwarding } from './ssh-diagnosis.ts';
import type { SshFiles } from './ssh-files.ts';

export interface ConnectionFailure {
  readonly failure: PhaseFailed;
  /** Whether trying again cannot help. */
  readonly lasting: boolean;
}

/** What kept the connection from being opened, and on which of the hosts. */
export async function connectionFailure(
  cause: CommandFailed,
  connection: Connection,
  files: SshFiles,
): Promise<ConnectionFailure> {
  const { jumpHost } = connection;
  const jumpLog = jumpHost ? await readFile(files.jumpLog, 'utf8').catch(() => '') : '';
  if (jumpHost && jumpLog !== '') {
    const diagnosis = diagnose(jumpLog, jumpHost, await pinnedKeys(files.knownHosts, jumpHost));
    if (diagnosis) return failureOf('jump host ', jumpHost, { ...diagnosis, cause });
    const forwarding = diagnoseForwarding(jumpLog, jumpHost, connection);
    if (forwarding) return failureOf('', connection, { ...forwarding, cause });
  }
  const diagnosis = diagnose(
    cause.stderr,
    connection,
    await pinnedKeys(files.knownHosts, connection),
  );
  if (diagnosis) return failureOf('', connection, { ...diagnosis, cause });
  const message = cause.ended
    ? `${describeEndpoint(connection)} answered, but did not let anybody in within the time limit.`
    : ([cause.stderr, jumpLog].map((text) => text.trim()).find((text) => text !== '') ??
      cause.message);
  return failureOf('', connection, { message, lasting: false, cause });
}

interface Reason {
  readonly message: string;
  readonly lasting: boolean;
  readonly cause: Error;
}

function failureOf(
  kind: string,
  { user, host, port }: Endpoint,
  reason: Reason,
): ConnectionFailure {
  const { message, lasting, cause } = reason;
  const phase = `SSH connection to ${kind}${user}@${host}:${port}`;
  return { failure: new PhaseFailed(phase, message, { cause }), lasting };
}
