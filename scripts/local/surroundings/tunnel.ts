import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../terminal/errors.ts';
import { succeeds } from '../../terminal/process.ts';
import type { Instance } from './instance.ts';
import { sshArguments } from './staging-host.ts';

/**
 * Forwards the ports that the staging server keeps to itself (Prometheus, Grafana, the databases) to
 * the same ports of this machine, as a person would with `ssh -L`. Goes on after this process.
 */
export async function openTunnel(instance: Instance): Promise<void> {
  await closeTunnel(instance);
  const forwards = instance.stagingPorts
    .filter((each) => each.private)
    .flatMap(({ port }) => ['-L', `127.0.0.1:${port + instance.offset}:127.0.0.1:${port}`]);
  const control = controlPath(instance);
  const log = join(instance.directory, 'tunnel.log');
  const args = ['-f', '-N', '-M', '-S', control, '-E', log, '-o', 'ExitOnForwardFailure=yes'];
  const alive = ['-o', 'ServerAliveInterval=15'];
  const opened = await succeeds(
    'ssh',
    [...args, ...alive, ...forwards, ...sshArguments(instance)],
    {
      leavesProcess: true,
    },
  );
  if (!opened)
    throw new UserError(
      `The private ports of staging cannot be forwarded to this machine: ${(await readFile(log, 'utf8')).trim()}`,
    );
}

/** Ends the tunnel of an instance, if there is one. */
export async function closeTunnel(instance: Instance): Promise<void> {
  const control = controlPath(instance);
  if (!existsSync(control)) return;
  await succeeds('ssh', ['-S', control, '-O', 'exit', ...sshArguments(instance)]);
  await rm(control, { force: true });
}

function controlPath(instance: Instance): string {
  return join(instance.directory, 'tunnel');
}
