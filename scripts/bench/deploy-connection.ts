import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { startBed, type TestBed } from '../../tests/host/bed.ts';
import { steps as journaled } from '../../tests/host/fault.ts';
import { deployUser } from '../../tests/host/staging-server.ts';
import { type BundledActions, bundleActions } from '../../tests/process/run-action.ts';
import { type Bench, median, type Row, target } from './bench.ts';
import { type DelayedRelay, startRelay } from './delayed-relay.ts';

/** Milliseconds that a round trip to the host takes longer. */
const delays = [0, 50, 200] as const;

/** How a whole deploy (stage, release, confirm) bears a slow network, beside its steps as separate ssh commands. */
export const benchConnection: Bench = async ({ signal, rounds = 3 }) => {
  await using bed = await startBed();
  await using actions = await bundleActions('ssh-deploy');
  const images = await bed.images();
  const workspace = await bed.workspace();
  const rows: Row[] = [];
  let connections = 0;
  // The first deploy pulls the images, and starts everything.
  await using near = await startRelay(bed.server.ssh.port, 0);
  await deploy({ bed, actions, relay: near, workspace, images: lines(images) });
  for (const delay of delays) {
    const ours: number[] = [];
    const separate: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      signal.throwIfAborted();
      await using relay = await startRelay(bed.server.ssh.port, delay);
      ours.push(
        await time(() => deploy({ bed, actions, relay, workspace, images: lines(images) })),
      );
      connections = Math.max(connections, relay.connections());
      separate.push(await time(() => separateCommands(bed, relay)));
    }
    rows.push({
      name: `${delay} ms`,
      values: {
        'deploy (ms)': median(ours),
        'its steps as separate ssh commands, doing nothing (ms)': median(separate),
      },
    });
  }
  const growth = (column: string) => {
    const at = (delay: string) =>
      rows.find(({ name }) => name === delay)?.values[column] ?? Number.NaN;
    const [least, , most] = delays;
    return (at(`${most} ms`) - at(`${least} ms`)) / (most - least);
  };
  const [own = '', others = ''] = Object.keys(rows[0]?.values ?? {});
  rows.push({
    name: 'sequential round trips (ms more for each ms of delay)',
    values: { [own]: growth(own), [others]: growth(others) },
  });
  return {
    title: 'A deploy over a slow network',
    method: `The medians of ${rounds} deploys of the same images, the action's processes included, through a relay that holds back what it passes on. The baseline opens a connection for each of the ${steps.length} steps and runs nothing.`,
    rows,
    targets: [
      target('SSH connections of a deploy', connections, 1),
      target('round trips of a deploy (× separate commands)', growth(own) / growth(others), 0.5),
    ],
  };
};

// What the host writes into its journal for a deploy; without an executor each is at least one command.
const steps = [...journaled.stage, ...journaled.release, ...journaled.confirm];

interface Deploy {
  readonly bed: TestBed;
  readonly actions: BundledActions;
  readonly relay: DelayedRelay;
  readonly workspace: string;
  readonly images: string;
}

/** The three steps of a job, and its end. */
async function deploy({ bed, actions, relay, workspace, images }: Deploy): Promise<void> {
  const { ssh } = bed.server;
  const connection = {
    host: '127.0.0.1',
    port: String(relay.port),
    user: ssh.user,
    'private-key': ssh.privateKey,
    'known-hosts': ssh.knownHosts.replace(`:${ssh.port} `, `:${relay.port} `),
    'healthy-checks': '1',
    'drain-timeout': '0',
  };
  const states: Record<string, string>[] = [];
  const run = async (command: string, inputs: Readonly<Record<string, string>>) => {
    const done = await actions.run(
      'ssh-deploy',
      { command, ...connection, ...inputs },
      { GITHUB_WORKSPACE: workspace },
    );
    states.push(done.state);
    if (done.exitCode !== 0) throw new Error(`${command} failed:\n${done.log}`);
    return done.outputs;
  };
  try {
    const { release = '' } = await run('stage', { images });
    await run('release', { release });
    await run('confirm', { release });
  } finally {
    for (const state of states.reverse()) await actions.runPost('ssh-deploy', state);
  }
}

async function separateCommands({ server: { ssh } }: TestBed, relay: DelayedRelay): Promise<void> {
  const options = ['-F', '/dev/null', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes'];
  const known = ssh.knownHosts.replace(`:${ssh.port} `, `:${relay.port} `);
  const knownHostsFile = `${ssh.knownHostsFile}.relay`;
  await writeFile(knownHostsFile, known);
  const files = ['-o', `UserKnownHostsFile=${knownHostsFile}`, '-i', ssh.identityFile];
  for (const _ of steps) {
    await execa('ssh', [
      ...options,
      ...files,
      ...['-p', String(relay.port), `${deployUser}@127.0.0.1`, 'true'],
    ]);
  }
}

function lines({ api, frontend }: { readonly api: string; readonly frontend: string }): string {
  return `api=${api}\nfrontend=${frontend}`;
}

async function time(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
