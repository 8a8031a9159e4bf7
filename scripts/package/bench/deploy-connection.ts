import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { startBed, type TestBed } from '../../../tests/host/bed.ts';
import { steps as journaled } from '../../../tests/host/fault.ts';
import { deployUser } from '../../../tests/host/staging-server.ts';
import { type BundledActions, bundleActions } from '../../../tests/process/run-action.ts';
import { docker } from '../../local/machine/engine.ts';
import { step } from '../../terminal/progress.ts';
import { type Bench, median, type Row, target } from './bench.ts';
import { type SlowNetwork, startSlowNetwork } from './slow-network.ts';

/** Milliseconds that a round trip to the host takes longer. */
const thoroughDelays = [0, 50, 200];
const quickDelays = [0, 100];

/** How a whole deploy (stage, release, confirm) bears a slow network, beside its steps as separate ssh commands. */
export const benchConnection: Bench = async ({
  signal,
  thorough = false,
  rounds = thorough ? 3 : 1,
}) => {
  const delays = thorough ? thoroughDelays : quickDelays;
  await using bed = await step('A staging server', () => startBed());
  await using actions = await bundleActions('ssh-deploy');
  const inspect = ['inspect', '--format', '{{.State.Pid}}', bed.server.container];
  const server = Number(await docker(bed.engine, inspect));
  const images = await bed.images();
  const workspace = await bed.workspace();
  const rows: Row[] = [];
  let connections = 0;
  for (const delay of delays) {
    await using network = await startSlowNetwork(server, delay);
    const given = { bed, actions, network, workspace, images: lines(images) };
    // The first deploy pulls the images, and starts everything.
    if (delay === 0) await step('The first deploy', () => deploy(given));
    await countConnections(bed, network);
    const ours: number[] = [];
    const separate: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      signal.throwIfAborted();
      const before = await connectionsTo(bed, network);
      const what = `with ${delay} ms more, ${round + 1} of ${rounds}`;
      ours.push(await step(`A deploy ${what}`, () => time(() => deploy(given))));
      connections = Math.max(connections, (await connectionsTo(bed, network)) - before);
      separate.push(
        await step(`Its steps as commands of their own ${what}`, () =>
          time(() => separateCommands(bed, network)),
        ),
      );
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
    const [least, most] = [Math.min(...delays), Math.max(...delays)];
    return (at(`${most} ms`) - at(`${least} ms`)) / (most - least);
  };
  const [own = '', others = ''] = Object.keys(rows[0]?.values ?? {});
  rows.push({
    name: 'sequential round trips (ms more for each ms of delay)',
    values: { [own]: growth(own), [others]: growth(others) },
  });
  return {
    title: 'A deploy over a slow network',
    method: `The medians of ${rounds} deploys of the same images, the action's processes included, between two network namespaces with \`tc netem\` between them. The baseline opens a connection for each of the ${steps.length} steps and runs nothing.`,
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
  readonly network: SlowNetwork;
  readonly workspace: string;
  readonly images: string;
}

/** The three steps of a job, and its end. */
async function deploy({ bed, actions, network, workspace, images }: Deploy): Promise<void> {
  const { ssh } = bed.server;
  const connection = {
    host: network.address,
    user: ssh.user,
    'private-key': ssh.privateKey,
    'known-hosts': knownHosts(bed, network),
    'healthy-checks': '1',
    'drain-timeout': '0',
  };
  const states: Record<string, string>[] = [];
  const run = async (command: string, inputs: Readonly<Record<string, string>>) => {
    const done = await actions.run(
      'ssh-deploy',
      { command, ...connection, ...inputs },
      { GITHUB_WORKSPACE: workspace },
      network.inside,
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

async function separateCommands(bed: TestBed, network: SlowNetwork): Promise<void> {
  const { ssh } = bed.server;
  const knownHostsFile = `${ssh.knownHostsFile}.slow`;
  await writeFile(knownHostsFile, knownHosts(bed, network));
  const options = ['-F', '/dev/null', '-o', 'BatchMode=yes', '-o', 'StrictHostKeyChecking=yes'];
  const files = ['-o', `UserKnownHostsFile=${knownHostsFile}`, '-i', ssh.identityFile];
  const [command = '', ...inside] = network.inside;
  for (const _ of steps) {
    const words = [...options, ...files, `${deployUser}@${network.address}`, 'true'];
    await execa(command, [...inside, 'ssh', ...words]);
  }
}

function knownHosts({ server: { ssh } }: TestBed, { address }: SlowNetwork): string {
  return ssh.knownHosts.replace(`[127.0.0.1]:${ssh.port} `, `${address} `);
}

/** Has the server count who connects to its sshd from the slow network. */
async function countConnections(bed: TestBed, network: SlowNetwork): Promise<void> {
  const rule = `INPUT -i ${network.interface} -p tcp --syn --dport 22`;
  await bed.server.onHost(`iptables -C ${rule} 2>/dev/null || iptables -I ${rule}`);
}

async function connectionsTo(bed: TestBed, network: SlowNetwork): Promise<number> {
  const rule = `/ ${network.interface} / { print $1 }`;
  return Number(await bed.server.onHost(`iptables -nvxL INPUT | awk '${rule}'`));
}

function lines({ api, frontend }: { readonly api: string; readonly frontend: string }): string {
  return `api=${api}\nfrontend=${frontend}`;
}

async function time(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
