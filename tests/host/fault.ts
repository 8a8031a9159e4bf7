import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCommand } from './executor-client.ts';
import type { StagingServer } from './staging-server.ts';
import type { HeldStep } from './trip.ts';

/** What strikes while the executor waits at a step. */
export interface Strike {
  readonly server: StagingServer;
  readonly command: RunningCommand;
  readonly held: HeldStep;
}

/** Each fault strikes, then lets the step go on where its process is still alive, and mends what was broken. */
export const faults = {
  'kill -9 of the client': async ({ command, held }) => {
    command.kill('SIGKILL');
    await held.letGo();
  },
  'kill -9 of the executor': async ({ server, held }) => {
    await server.onHost(`kill -9 ${held.executor}`);
  },
  // The supervisor with it, so that nobody on the host is left to clear up.
  'kill -9 of the whole operation': async ({ server, held }) => {
    await server.onHost(`pkill -9 -s "$(ps -o sid= -p ${held.executor} | tr -d ' ')"`);
  },
  'kill -9 of sshd': async ({ server, held }) => {
    await server.killSshSessions();
    await held.letGo();
  },
  'kill -9 of the Docker engine': async ({ server, held }) => {
    await server.killEngine();
    await held.letGo();
    await server.ready();
  },
  'cut of the network': async ({ server, command, held }) => {
    await server.cutNetwork();
    await held.letGo();
    await command.done;
    await server.mendNetwork();
  },
  'full disk': async ({ server, command, held }) => {
    await server.fillDisk();
    await held.letGo();
    await Promise.race([command.done, sleep(60_000)]);
    await server.freeDisk();
  },
  reboot: async ({ server }) => {
    await server.reboot();
  },
} as const satisfies Record<string, (strike: Strike) => Promise<void>>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];

/** The steps in which a release comes to run, forwards or back: beside the other one, then in its place. */
const beside = ['infrastructure', 'pin', 'start', 'health'] as const;
const inPlace = ['switch', 'watch', 'drain', 'retire', 'settle'] as const;

/** Parts of steps that come only where a service is replaced that no release brings along, and that service. */
export const replacing: Readonly<Record<string, string>> = {
  'replace-needed': 'redis',
  'hand-over': 'nginx',
  'replace-proxy': 'nginx',
  'take-back': 'nginx',
};

/**
 * The steps of each command in their order. Of "restage" and "abort" only those that are their own: the others they share
 * with "stage" and "rollback".
 */
export const steps = {
  stage: ['open', 'receive', 'preflight', 'compare', 'pull', 'staged'],
  restage: ['receive'],
  migrate: ['backup', 'guard', 'migrate', 'verify'],
  release: ['guard', ...beside, ...inPlace, 'provisional'],
  confirm: ['confirm', 'prune'],
  rollback: ['guard', 'rollback', ...beside, ...inPlace],
  abort: ['recover'],
  restore: ['backup', 'guard', 'restore'],
} as const;

export type FaultyVerb = keyof typeof steps;
