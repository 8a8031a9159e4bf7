import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import {
  type ActionRun,
  type BundledActions,
  bundleActions,
  type StartedAction,
} from '../process/run-action.ts';
import { type ApplicationImages, plainStack } from './application.ts';
import { onlyVersion, versionsAnswering } from './ask.ts';
import { startBed, type TestBed } from './bed.ts';
import { steps } from './fault.ts';
import { startLoad } from './load.ts';
import { baseDirectory, deployUser, type StagingServer, startServer } from './staging-server.ts';
import { holdAt, letGo, untilHeld } from './trip.ts';

const withoutDocker = await whyNoDocker();
// The rest is a part of `npm run test:faults`.
const everything = process.env.FAULTS === 'all';
const endedAt = everything ? steps.release : ['switch'];
type Inputs = Readonly<Record<string, string>>;

describe.skipIf(withoutDocker)(
  `the action ssh-deploy on a real host${withoutDocker ? ` (${withoutDocker})` : ''}`,
  () => {
    let bed: TestBed;
    let actions: BundledActions;
    let workspace: string;
    let live: ApplicationImages;

    beforeAll(async () => {
      bed = await startBed();
      actions = await bundleActions('ssh-deploy');
      workspace = await bed.workspace();
      live = await bed.images();
      await deploy(live);
    });
    afterAll(async () => {
      await actions?.[Symbol.asyncDispose]();
      await bed?.[Symbol.asyncDispose]();
    });

    let runs = 0;
    /** The environment of another run of the workflow, for another commit. */
    const newRun = () => {
      runs += 1;
      return {
        GITHUB_WORKSPACE: workspace,
        GITHUB_RUN_ID: String(runs),
        GITHUB_SHA: commitOf(runs),
      };
    };
    const imageLines = ({ api, frontend }: ApplicationImages) => `api=${api}\nfrontend=${frontend}`;

    /** A whole deploy as one run of the workflow; returns its release. */
    async function deploy(images: ApplicationImages, inputs: Inputs = {}): Promise<string> {
      const environment = newRun();
      const step = async (command: string, more: Inputs): Promise<ActionRun> =>
        good(
          await actions.run(
            'ssh-deploy',
            { command, ...inputsFor(bed.server), ...inputs, ...more },
            environment,
          ),
        );
      const { release = '' } = (await step('stage', { images: imageLines(images) })).outputs;
      await step('release', { release });
      await step('confirm', { release });
      return release;
    }

    test('a deploy under load: no request fails', async () => {
      const next = await bed.images();
      await using load = startLoad(bed.server.url);
      await sleep(1000);
      await deploy(next);
      await sleep(1000);
      const { failures, answered } = await load.stop();
      expect(failures).toEqual([]);
      expect(Object.keys(answered)).toHaveLength(4);
      live = next;
    });

    const ends: Readonly<Record<string, (action: StartedAction) => Promise<void>>> = {
      'kill -9': async (action) => action.kill('SIGKILL'),
      // What GitHub's runner does with a step of a cancelled job.
      'SIGINT, SIGTERM after 7.5 s, SIGKILL after another 2.5 s': async (action) => {
        const over = action.ended.then(() => true);
        for (const [signal, wait] of [
          ['SIGINT', 7500],
          ['SIGTERM', 2500],
        ] as const) {
          action.kill(signal);
          if (await Promise.race([over, sleep(wait, false)])) return;
        }
        action.kill('SIGKILL');
      },
    };

    const endings = everything ? Object.keys(ends) : ['kill -9'];

    test.each(endings.flatMap((end) => endedAt.map((step) => ({ end, step }))))(
      '$end of the action at the step $step: the host finishes, and takes it back unless confirmed',
      async ({ end, step }) => {
        const next = await bed.images();
        const before = live;
        const environment = { images: imageLines(next), 'confirm-timeout': '30' };
        const run = newRun();
        const staged = good(
          await actions.run(
            'ssh-deploy',
            { command: 'stage', ...inputsFor(bed.server), ...environment },
            run,
          ),
        );
        await holdAt(bed.server, step);
        const action = actions.start(
          'ssh-deploy',
          {
            command: 'release',
            ...inputsFor(bed.server),
            ...environment,
            release: staged.outputs.release ?? '',
          },
          run,
        );
        await untilHeld(bed.server, action.ended);
        await ends[end]?.(action);
        const ended = await action.ended;
        expect(ended.exitCode).not.toBe(0);
        await letGo(bed.server);
        // It waits for the deadline of what nobody confirms.
        live = await bed.images();
        await deploy(live);
        expect(await onlyVersion(bed.server)).toBe(live.version);
        const status = good(
          await actions.run(
            'ssh-deploy',
            { command: 'status', ...inputsFor(bed.server) },
            newRun(),
          ),
        );
        expect(status.outputs.current).not.toBe(staged.outputs.release);
        expect(before.version).not.toBe(live.version);
      },
    );

    test('a connection that is lost and comes back: the action follows the same operation to its end', async () => {
      const next = await bed.images();
      const run = newRun();
      const inputs = { ...inputsFor(bed.server), images: imageLines(next) };
      const { release = '' } = good(
        await actions.run('ssh-deploy', { command: 'stage', ...inputs }, run),
      ).outputs;
      await holdAt(bed.server, 'start');
      const action = actions.start('ssh-deploy', { command: 'release', ...inputs, release }, run);
      const held = await untilHeld(bed.server, action.ended);
      await bed.server.killSshSessions();
      await held.letGo();
      const released = good(await action.ended);
      expect(released.outputs.release).toBe(release);
      good(await actions.run('ssh-deploy', { command: 'confirm', ...inputs, release }, run));
      live = next;
      expect(await onlyVersion(bed.server)).toBe(next.version);
    });

    test('two hosts: where one cannot start the release, neither switches', async () => {
      const { engine, registry } = bed;
      await using second = await startServer({
        engine,
        registry,
        images: plainStack.images,
        environment: plainStack.environment,
        sameUserAs: bed.server,
      });
      const both = hosts(bed.server, second);
      const first = await bed.images();
      await deploy(first, both);
      live = first;
      expect(await onlyVersion(second)).toBe(first.version);

      // Nothing is left on the second host under the name that the release's images have.
      const next = await bed.images();
      const run = newRun();
      const inputs = { ...inputsFor(bed.server), ...both, images: imageLines(next) };
      const { release = '' } = good(
        await actions.run('ssh-deploy', { command: 'stage', ...inputs }, run),
      ).outputs;
      await second.onHost(`docker rmi --force ${next.api}`, { user: deployUser });
      await second.onHost('iptables -I OUTPUT -p tcp --dport 5000 -j REJECT');
      const failed = await actions.run(
        'ssh-deploy',
        { command: 'release', ...inputs, release },
        run,
      );
      expect(failed.exitCode).toBe(1);
      expect(failed.log).toContain(String(second.ssh.port));
      for (const server of [bed.server, second]) {
        expect(await versionsAnswering(server)).toEqual([first.version]);
        expect(await server.onHost(`readlink ${baseDirectory}/current`)).not.toContain(release);
      }
    });
  },
);

function inputsFor({ ssh }: StagingServer): Inputs {
  return {
    host: ssh.host,
    port: String(ssh.port),
    user: ssh.user,
    'private-key': ssh.privateKey,
    'known-hosts': ssh.knownHosts,
    'base-directory': baseDirectory,
    'disk-margin': '64',
    'healthy-checks': '3',
    'drain-timeout': '10',
    'health-timeout': '60',
    'lock-timeout': '120',
  };
}

/** Several hosts behind one address, each with a port and a host key of its own. */
function hosts(...servers: readonly StagingServer[]): Inputs {
  return {
    host: servers.map(({ ssh }) => `${ssh.host}:${ssh.port}`).join('\n'),
    'known-hosts': servers.map(({ ssh }) => ssh.knownHosts).join(''),
  };
}

function commitOf(number: number): string {
  return number.toString(16).padStart(7, '0').padEnd(40, 'a');
}

function good(run: ActionRun): ActionRun {
  if (run.exitCode !== 0) throw new Error(`exit code ${run.exitCode}:\n${run.log}`);
  return run;
}
