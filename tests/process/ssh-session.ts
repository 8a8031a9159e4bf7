import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Connection } from '../../actions/shared/src/ssh/connection.ts';
import type { TestSshd } from './sshd.ts';

/** The connection that `sshd` takes, but for `changes`. */
export function connectionTo(sshd: TestSshd, changes: Partial<Connection> = {}): Connection {
  const { port, user, privateKey, knownHosts } = sshd;
  return { host: '127.0.0.1', port, user, privateKey, knownHosts, ...changes };
}

/** The error that a promise ends with. Throws where it ends well. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason) => reason,
  );
  if (error instanceof Error) return error;
  throw new Error('it did not fail');
}

/** Processes of this machine that have `text` in their command line. */
export function processesNaming(text: string): number[] {
  return processes()
    .filter(({ commandLine }) => commandLine.includes(text))
    .map(({ pid }) => pid);
}

/** The command lines and environments of all processes of this machine that this user may look at. */
export function everythingToSee(): string {
  return processes()
    .map(({ pid, commandLine }) => commandLine + readOrNothing(`/proc/${pid}/environ`))
    .join('\n');
}

function processes(): { pid: number; commandLine: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        readlinkSync(`/proc/${pid}/exe`);
        return true;
      } catch {
        return false; // It ended while we looked, or is no program.
      }
    })
    .map((pid) => ({ pid: Number(pid), commandLine: readOrNothing(`/proc/${pid}/cmdline`) }));
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
