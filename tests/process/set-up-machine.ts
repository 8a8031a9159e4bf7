import { ensureCommands } from '../../scripts/local/machine/debian-packages.ts';

/** Installs what the process tests run, where it is missing; without root the error names the packages. */
export async function setup(): Promise<void> {
  await ensureCommands({
    sshd: 'openssh-server',
    ssh: 'openssh-client',
    flock: 'util-linux',
    shellcheck: 'shellcheck',
  });
}
