import { runCommand } from '../command.ts';
import { CommandFailed } from '../errors.ts';
import { type Endpoint, knownHostsName } from './endpoint.ts';

/** The keys that a known_hosts file pins for a host, hashed entries too, as `SHA256:… (ED25519)`. */
export async function pinnedKeys(file: string, endpoint: Endpoint): Promise<string[]> {
  const names = new Set([knownHostsName(endpoint), endpoint.host]);
  for (const name of names) {
    // Like ssh, the name without a port counts where the one with a port has no entry.
    const found = await keysOf(file, name);
    if (found.length > 0) return found;
  }
  return [];
}

async function keysOf(file: string, name: string): Promise<string[]> {
  try {
    const { stdout } = await runCommand('ssh-keygen', ['-l', '-F', name, '-f', file], {
      timeout: 10_000,
    });
    return stdout
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .flatMap((line) => {
        const [, type, fingerprint] = /\s([A-Z0-9-]+) (SHA256:\S+)/.exec(line) ?? [];
        return type === undefined ? [] : [`${fingerprint} (${type})`];
      });
  } catch (error) {
    // It fails where it finds nothing.
    if (error instanceof CommandFailed) return [];
    throw error;
  }
}
