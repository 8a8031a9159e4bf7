import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOptions, type CommandOutput, runCommand } from '../command.ts';
import { CommandFailed, ConnectionLost, PhaseFailed } from '../errors.ts';
import { aliases } from './config.ts';
import type { Connection } from './connection.ts';
import type { SshFiles } from './files.ts';
import { masterOf } from './master.ts';
import { remoteCommandLine } from './remote-command.ts';

/** A connection that was opened, and the process that holds it. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly files: SshFiles;
  readonly master: number;
}

/** Runs a command on the host over a connection that is open, its words exactly as given. */
export async function runOverConnection(
  open: OpenConnection,
  words: readonly string[],
  options: CommandOptions,
): Promise<CommandOutput> {
  const { connection, files } = open;
  const line = remoteCommandLine(words);
  // What ssh itself says goes elsewhere: standard error has the command's bytes and no other, since they are counted.
  const log = join(files.directory, `log.${randomBytes(4).toString('hex')}`);
  try {
    return await runCommand('ssh', ['-F', files.config, '-E', log, aliases.channel, line], {
      title: `on ${connection.host}: ${line}`,
      ...options,
    });
  } catch (error) {
    // 255 is ssh's own code, or the command's; every other code comes from the command on the host.
    if (!(error instanceof CommandFailed) || error.ended) throw error;
    if (error.exitCode !== 255 && error.signal === undefined) throw error;
    const said = await readFile(log, 'utf8').catch(() => '');
    throw await whatEnded(open, error, said.trim());
  } finally {
    await rm(log, { force: true });
  }
}

async function whatEnded(
  { connection, files, master }: OpenConnection,
  cause: CommandFailed,
  said: string,
): Promise<Error> {
  const { user, host, port } = connection;
  const target = `SSH connection to ${user}@${host}:${port}`;
  if (cause.signal !== undefined || (await masterOf(files)) !== master) {
    return new ConnectionLost(
      `${target}: it was lost, so how the command ended is not known. Check the host and the network in between.`,
      { cause },
    );
  }
  if (said === '') return cause;
  return new PhaseFailed(target, `the host did not take the command: ${said}`, { cause });
}
