import { ensureCommands } from '../../scripts/local/machine/debian-packages.ts';
import { setup as setUpProcesses } from '../process/set-up-machine.ts';

/** Installs what the test stagings and the browser checks run, where it is missing. */
export async function setup(): Promise<void> {
  await setUpProcesses();
  await ensureCommands({
    nginx: 'nginx-light',
    openssl: 'openssl',
    chromium: 'chromium',
    curl: 'curl',
  });
}
