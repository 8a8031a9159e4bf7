import { once } from 'node:events';
import { createServer } from 'node:net';
import { runCommand } from '../command.ts';
import { CommandFailed, PhaseFailed } from '../errors.ts';
import { aliases } from './config.ts';
import type { SshFiles } from './files.ts';

/** Where a forward leads, as the host sees it. */
export interface ForwardTarget {
  readonly host: string;
  readonly port: number;
}

// Somebody else may take the port between the moment it is found free and the moment ssh listens.
const mostAttempts = 5;

/**
 * Has the connection carry what comes to a port of 127.0.0.1 on to the target, and returns the port. It stays as long as
 * the connection. Throws `PhaseFailed`.
 */
export async function forward(files: SshFiles, { host, port }: ForwardTarget): Promise<number> {
  const target = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  for (let attempt = 1; ; attempt += 1) {
    const local = await freePort();
    const words = ['-O', 'forward', '-L', `127.0.0.1:${local}:${target}`];
    try {
      await runCommand('ssh', ['-F', '/dev/null', '-S', files.control, ...words, aliases.channel], {
        title: 'forwarding over the SSH connection',
        timeout: 20_000,
      });
      return local;
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      if (attempt < mostAttempts) continue;
      throw new PhaseFailed('SSH tunnel', `${target} cannot be forwarded: ${error.message}`, {
        cause: error,
      });
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
