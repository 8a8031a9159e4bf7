import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CommandOptions, type CommandOutput, runCommand } from '../command.ts';
import { CommandFailed, ConnectionLost, lastLines, PhaseFailed } from '../errors.ts';
import { aliases } from './config.ts';
import type { Connection } from './connection.ts';
import type { SshFiles } from './files.ts';
import { framed } from './framed.ts';
import { masterOf } from './master.ts';
import { remoteCommandLine } from './remote-command.ts';

/** A connection that was opened, and the process that holds it. */
export interface OpenConnection {
  readonly connection: Connection;
  readonly files: SshFiles;
  readonly master: number;
}

/**
 * Runs a command on the host over a connection that is open, its words exactly as given. Its output is what the command
 * alone has written. Throws `PhaseFailed` where the user's login shell did not run it.
 */
export async function runOverConnection(
  open: OpenConnection,
  words: readonly string[],
  options: CommandOptions,
): Promise<CommandOutput> {
  const { outputIn, ...command } = framed(words, options.input);
  const title = `on ${open.connection.host}: ${remoteCommandLine(words)}`;
  try {
    const { stdout, stderr } = await runLine(open, remoteCommandLine(command.words), {
      title,
      ...options,
      input: command.input,
      stderrAfter: command.stderrAfter,
    });
    const output = outputIn(stdout);
    if (output === undefined) throw notBegun(open, stdout + stderr);
    return { stdout: output, stderr };
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const output = outputIn(error.stdout);
    if (output === undefined && !error.ended && error.exitCode !== undefined)
      throw notBegun(open, error.stdout + error.stderr, error);
    throw error.reporting(output ?? '');
  }
}

async function runLine(
  open: OpenConnection,
  line: string,
  options: CommandOptions,
): Promise<CommandOutput> {
  const { files } = open;
  // What ssh itself says goes elsewhere: standard error has the command's bytes and no other, since they are counted.
  const log = join(files.directory, `log.${randomBytes(4).toString('hex')}`);
  try {
    return await runCommand('ssh', ['-F', files.config, '-E', log, aliases.channel, line], {
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

/** Why ssh itself ended with an error, where it was not the command on the host: `said` is what ssh has written. */
export async function whatEnded(
  { connection, files, master }: OpenConnection,
  cause: CommandFailed,
  said: string,
): Promise<Error> {
  const target = nameOf(connection);
  if (cause.signal !== undefined || (await masterOf(files)) !== master) {
    return new ConnectionLost(
      `${target}: it was lost, so how the command ended is not known. Check the host and the network in between.`,
      { cause },
    );
  }
  if (said === '') return cause;
  return new PhaseFailed(target, `the host did not take the command: ${said}`, { cause });
}

/** What a login shell says that runs nothing, such as nologin. */
export function notBegun(
  { connection }: OpenConnection,
  said: string,
  cause?: CommandFailed,
): PhaseFailed {
  const words = lastLines(said, 5) || 'it ended without a word';
  return new PhaseFailed(
    nameOf(connection),
    `the login shell of ${connection.user} does not run commands: ${words}`,
    { cause },
  );
}

function nameOf({ user, host, port }: Connection): string {
  return `SSH connection to ${user}@${host}:${port}`;
}
