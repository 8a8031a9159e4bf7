import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBed } from '../../../tests/host/bed.ts';
import { UserError } from '../../terminal/errors.ts';
import { step } from '../../terminal/progress.ts';
import { type Bench, median, type Row } from './bench.ts';
import { openCompose, openRollout } from './peers/compose.ts';
import { makeVersions, type PeerImages } from './peers/images.ts';
import { openKamal } from './peers/kamal.ts';
import { type Measured, measure } from './peers/measure.ts';
import type { Peer, Place } from './peers/peer.ts';
import { openSshDeploy } from './peers/ssh-deploy.ts';

type Open = (place: Place) => Promise<Peer>;

/** How peers are opened that the variables name. Throws `UserError` where they name none, or a file that is not there. */
export function peersFrom(environment: NodeJS.ProcessEnv): Open[] {
  const fileIn = (name: string) => {
    const file = environment[name] || undefined;
    if (file !== undefined && !existsSync(file))
      throw new UserError(`${name} is ${file}: there is no such file`);
    return file;
  };
  const program = fileIn('KAMAL');
  const proxyImage = fileIn('KAMAL_PROXY_IMAGE');
  const rollout = fileIn('DOCKER_ROLLOUT');
  if (program === undefined && rollout === undefined)
    throw new UserError(
      'No peer to measure beside: set KAMAL to the path of a kamal (and KAMAL_PROXY_IMAGE to an archive of the image of its proxy, as `docker save` makes it), or DOCKER_ROLLOUT to that of docker-rollout, or both',
    );
  if (program !== undefined && proxyImage === undefined)
    throw new UserError(
      'KAMAL_PROXY_IMAGE is missing: name an archive of the image basecamp/kamal-proxy in the version that this Kamal wants, as `docker save` makes it. The embedded server reaches no registry but its own',
    );
  return [
    ...(program !== undefined && proxyImage !== undefined
      ? [undefined, 1].map(
          (stopTimeout): Open =>
            (place) =>
              openKamal(place, { program, proxyImage, ...(stopTimeout && { stopTimeout }) }),
        )
      : []),
    ...(rollout === undefined ? [] : [(place: Place) => openRollout(place, rollout)]),
  ];
}

const columns: readonly (readonly [
  string,
  keyof Measured,
  (values: readonly number[]) => number,
])[] = [
  ['failed requests, all', 'failed', sum],
  ['requests, all', 'sent', sum],
  ['longest stall (ms)', 'stall', (values) => Math.max(...values)],
  ['new version answers (s)', 'answers', median],
  ['command ends (s)', 'ends', median],
  ['containers started', 'started', median],
  ['host CPU beyond the load (s)', 'cpu', median],
  ['to the host (kB)', 'bytes', median],
  ['peak memory (MiB)', 'memory', median],
  ['own CPU (s)', 'ownCpu', median],
];

/** Deploys beside other tools, in turn, on one server with the same images and load. */
export const benchPeers: Bench = async ({
  signal,
  thorough = false,
  rounds = thorough ? 5 : 2,
}) => {
  const opens: readonly Open[] = [openSshDeploy, openCompose, ...peersFrom(process.env)];
  await using bed = await step('A staging server', () => startBed());
  const versions = await step(`${rounds + 1} versions of the application`, () =>
    makeVersions(bed, rounds + 1),
  );
  const directory = await mkdtemp(join(tmpdir(), 'bench-peers-'));
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  const place: Place = { bed, directory };
  const peers: Peer[] = [];
  for (const open of opens) peers.push(opened.use(await open(place)));
  const [first, ...others] = versions;
  if (first === undefined) throw new TypeError('no version');
  for (const peer of peers)
    await step(`${peer.name}: the first deploy`, () => peer.deploy(first, []));
  const deploys = await inTurn(peers, others, signal, (peer, images) =>
    measure(place, peer, images.version, (inside) => peer.deploy(images, inside)),
  );
  const back = await inTurn(peers, [first], signal, (peer, images) =>
    measure(place, peer, images.version, (inside) => peer.rollBack(images, inside)),
  );
  return {
    title: 'Beside other tools',
    method: `The medians of ${others.length} deploys each, in turn, of a new API image with one changed layer of 4 MB, the frontend unchanged, with 200 requests a second; then one rollback each. One server, a stack for each tool. Compare within a column only.`,
    rows: [...rowsOf(deploys, ''), ...rowsOf(back, ': rollback')],
    targets: [],
  };
};

/** Each version by each peer; who is first changes from one to the next. */
async function inTurn(
  peers: readonly Peer[],
  versions: readonly PeerImages[],
  signal: AbortSignal,
  work: (peer: Peer, images: PeerImages) => Promise<Measured>,
): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const found = new Map<string, Measured[]>(peers.map(({ name }) => [name, []]));
  for (const [round, images] of versions.entries()) {
    const from = round % peers.length;
    for (const peer of [...peers.slice(from), ...peers.slice(0, from)]) {
      signal.throwIfAborted();
      const what = `${peer.name}: ${images.version}, ${round + 1} of ${versions.length}`;
      found.get(peer.name)?.push(await step(what, () => work(peer, images)));
    }
  }
  return found;
}

function rowsOf(measured: ReadonlyMap<string, readonly Measured[]>, what: string): Row[] {
  return [...measured].map(([name, all]) => ({
    name: `${name}${what}`,
    values: Object.fromEntries(
      columns.map(([column, key, of]) => [column, of(all.map((each) => each[key]))]),
    ),
  }));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
