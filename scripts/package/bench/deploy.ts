import { setTimeout as sleep } from 'node:timers/promises';
import { startBed, type TestBed } from '../../../tests/host/bed.ts';
import { type CommandReport, startCommands } from '../../../tests/host/commands.ts';
import { ExecutorClient } from '../../../tests/host/executor-client.ts';
import { type LoadReport, startLoad } from '../../../tests/host/load.ts';
import { baseDirectory, deployUser } from '../../../tests/host/staging-server.ts';
import { step } from '../../terminal/progress.ts';
import { type Bench, median, type Row, target } from './bench.ts';

export interface DeployBenchOptions {
  /** Deploys under load, and as many of the baseline. */
  readonly deploys: number;
  /** Deploys one after the other, which tell how a small disk fills, and whether they become slower. */
  readonly manyDeploys: number;
}

/** What `npm run bench:deploy` shows of a real host; every row beside its baseline in the same run. */
export interface DeployBench {
  readonly underLoad: {
    readonly deploys: number;
    readonly ours: Counts;
    /** `docker compose up --detach` of the same change. */
    readonly baseline: Counts;
  };
  /** One of each deploy; none where nobody asked for many. */
  readonly many: readonly OneOfMany[];
}

/** How a deploy went that is one of many. */
export interface OneOfMany {
  /** In use on the disk afterwards. */
  readonly mib: number;
  /** From the first byte sent to the confirmation. */
  readonly seconds: number;
  /** What `status` took afterwards. */
  readonly statusSeconds: number;
}

export interface Counts {
  readonly sent: number;
  readonly failed: number;
  /** How many failed in which way. */
  readonly kinds: Readonly<Record<string, number>>;
  /** With `docker compose exec api`, one after the other. */
  readonly commands: CommandReport;
}

/** Releases that are kept. */
const keep = 3;

/** Measures deploys on a staging server in a container: half a minute each under load, a quarter on a small disk. */
export async function measureDeploys({
  deploys,
  manyDeploys,
}: DeployBenchOptions): Promise<DeployBench> {
  await using bed = await step('A staging server', () => startBed({ diskMib: 1200 }));
  const underLoad = await countFailures(bed, deploys);
  return { underLoad, many: await measureMany(bed, manyDeploys) };
}

async function countFailures(bed: TestBed, deploys: number): Promise<DeployBench['underLoad']> {
  const client = new ExecutorClient(bed.server);
  const versions = await step('Two versions of the application', async () => [
    await bed.images(),
    await bed.images(),
  ]);
  const [version] = versions;
  if (version === undefined) throw new TypeError('no version');
  const first = await bed.releaseOf(version);
  await step('The first deploy', () => client.deploy(first));
  const releases = [first];
  for (let number = 1; number <= deploys; number += 1)
    releases.push(await bed.releaseOf(versions[number % 2] ?? version));
  const ours = await countFailuresDuring(bed, async () => {
    for (const [at, release] of releases.slice(1).entries())
      await step(`Deploy ${at + 1} of ${deploys} under load`, () => client.deploy(release));
  });
  // The same two versions, from the directories of the last two releases, without anything of ours.
  const baseline = await countFailuresDuring(bed, async () => {
    for (let number = 0; number < deploys; number += 1) {
      const release = releases.at(number % 2 === 0 ? -2 : -1);
      const directory = `${baseDirectory}/releases/${release?.id}`;
      const up =
        'docker compose -f docker-compose.staging.yml up --detach --wait --quiet-pull 2>&1';
      await step(`Baseline, ${number + 1} of ${deploys}`, () =>
        bed.server.onHost(`cd ${directory} && ${up}`, { user: deployUser }),
      );
    }
  });
  return { deploys, ours, baseline };
}

async function countFailuresDuring(bed: TestBed, change: () => Promise<void>): Promise<Counts> {
  await using load = startLoad(bed.server.url);
  const commands = startCommands(bed.server);
  await sleep(1000);
  await change();
  await sleep(1000);
  const report = await commands.stop();
  return { ...counted(await load.stop()), commands: report };
}

function counted({ sent, failures }: LoadReport) {
  const kinds = Object.groupBy(failures, ({ kind, detail }) =>
    kind === 'status' ? detail.slice(0, 3) : kind,
  );
  const counts = Object.entries(kinds).map(([kind, all = []]) => [kind, all.length] as const);
  return { sent, failed: failures.length, kinds: Object.fromEntries(counts) };
}

async function measureMany(bed: TestBed, deploys: number): Promise<OneOfMany[]> {
  const client = new ExecutorClient(bed.server);
  const many: OneOfMany[] = [];
  for (let number = 0; number < deploys; number += 1) {
    // Each with images of its own: what is not removed adds up.
    const release = await bed.release();
    const seconds = await secondsOf(() =>
      step(`Deploy ${number + 1} of ${deploys} on a small disk`, () =>
        client.deploy(release, { keep, 'healthy-checks': 1, 'drain-timeout': 0 }),
      ),
    );
    const statusSeconds = await secondsOf(() => client.call('status', { 'recent-lines': 300 }));
    const kib = await bed.server.onHost('df --output=used -k /disk/mounted | tail -n 1');
    many.push({ mib: Number(kib) / 1024, seconds, statusSeconds });
  }
  return many;
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** By least squares: how much a value grows from one to the next. */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let covariance = 0;
  let variance = 0;
  for (const [at, value] of values.entries()) {
    covariance += (at - middle) * (value - mean);
    variance += (at - middle) ** 2;
  }
  return variance === 0 ? 0 : covariance / variance;
}

/** How many deploys stand for the first and for the last of many. */
const few = 5;

/**
 * Two deploys under load; where it may take its time ten, and then two hundred one after the other. With `rounds` as many of
 * each.
 */
export const benchDeploy: Bench = async ({ rounds, thorough = false }) => {
  const { underLoad, many } = await measureDeploys({
    deploys: rounds ?? (thorough ? 10 : 2),
    // What is kept is there by then, and everything that was only needed once.
    manyDeploys: thorough ? (rounds ?? 200) + keep + 1 : 0,
  });
  const counts = (name: string, { sent, failed, commands }: Counts) => ({
    name: `${underLoad.deploys} x ${name}`,
    values: {
      requests: sent,
      'failed requests': failed,
      commands: commands.ran,
      'refused commands': commands.refused,
      'commands cut off': commands.cutOff,
      ...emptyOfMany,
    },
  });
  const settled = many.slice(keep + 1);
  const first = settled.slice(0, few);
  const last = settled.slice(-few);
  const times = (name: string, time: (one: OneOfMany) => number) =>
    target(
      `${name} after many (× of the first)`,
      median(last.map(time)) / median(first.map(time)),
      1.15,
    );
  return {
    title: 'Deploys on a real host',
    method: `120 requests a second, GET and POST, kept and new connections, and commands with "docker compose exec api" one after the other${many.length === 0 ? '' : `; then deploys of new images with ${keep} releases kept, medians of ${few}`}.`,
    rows: [
      counts('ssh-deploy', underLoad.ours),
      counts('docker compose up --detach --wait', underLoad.baseline),
      ...(many.length === 0
        ? []
        : [
            ofMany(`deploys ${keep + 2} to ${keep + 1 + first.length}`, first),
            ofMany(`the last ${last.length} of ${many.length}`, last),
          ]),
    ],
    targets: [
      target('failed requests', underLoad.ours.failed, 0),
      // Those that begin in the instant in which the old container ends.
      target(
        'commands to be run again, of one deploy',
        (underLoad.ours.commands.refused + underLoad.ours.commands.cutOff) / underLoad.deploys,
        1,
      ),
      ...(many.length === 0
        ? []
        : [
            // The journal grows by some kilobytes.
            target('disk that a deploy takes (MiB)', slope(settled.map(({ mib }) => mib)), 0.1),
            times('a deploy', ({ seconds }) => seconds),
            times('status', ({ statusSeconds }) => statusSeconds),
          ]),
    ],
  };
};

const emptyOfMany = { 'disk (MiB)': null, 'deploy (s)': null, 'status (s)': null };

function ofMany(name: string, all: readonly OneOfMany[]): Row {
  return {
    name,
    values: {
      requests: null,
      'failed requests': null,
      commands: null,
      'refused commands': null,
      'commands cut off': null,
      'disk (MiB)': median(all.map(({ mib }) => mib)),
      'deploy (s)': median(all.map(({ seconds }) => seconds)),
      'status (s)': median(all.map(({ statusSeconds }) => statusSeconds)),
    },
  };
}
