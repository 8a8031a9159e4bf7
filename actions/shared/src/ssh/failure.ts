import { readFile } from 'node:fs/promises';
import { type CommandFailed, lastLines, PhaseFailed } from '../errors.ts';
import type { Connection } from './connection.ts';
import { type Diagnosis, diagnose, diagnoseForwarding } from './diagnosis.ts';
import { describeEndpoint, type Endpoint } from './endpoint.ts';
import type { SshFiles } from './files.ts';
import { pinnedKeys } from './host-keys.ts';

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
  const ofHost = (diagnosis: Diagnosis) => failureOf(address(connection), diagnosis, cause);
  const diagnosed = async (said: string, endpoint: Endpoint) =>
    diagnose(said, endpoint, await pinnedKeys(files.knownHosts, endpoint));

  const jumpLog = jumpHost ? await readFile(files.jumpLog, 'utf8').catch(() => '') : '';
  if (jumpHost && jumpLog !== '') {
    const forwarding = diagnoseForwarding(jumpLog, jumpHost, connection);
    if (forwarding) return ofHost(forwarding);
    const login = await diagnosed(jumpLog, jumpHost);
    if (login) return failureOf(`jump host ${address(jumpHost)}`, login, cause);
  }
  const login = (await diagnosed(cause.stderr, connection)) ?? unknown(cause, connection);
  if (login.lasting || jumpLog === '') return ofHost(login);
  const aside = `${login.message}\nThe way through the jump host said: ${lastLines(jumpLog, 5)}`;
  return ofHost({ ...login, message: aside });
}

function unknown(cause: CommandFailed, endpoint: Endpoint): Diagnosis {
  const message = cause.ended
    ? `${describeEndpoint(endpoint)} let nobody in within the time limit, nor refused it. Look at sshd's log there.`
    : cause.stderr.trim() || cause.message;
  return { message, lasting: false };
}

function failureOf(target: string, { message, lasting }: Diagnosis, cause: Error) {
  return { failure: new PhaseFailed(`SSH connection to ${target}`, message, { cause }), lasting };
}

function address({ user, host, port }: Endpoint): string {
  return `${user}@${host}:${port}`;
}
