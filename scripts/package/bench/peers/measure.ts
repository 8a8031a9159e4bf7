import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startLoad } from '../../../../tests/host/load.ts';
import type { Peer, Place } from './peer.ts';

/** What one deploy, or one rollback, was. */
export interface Measured {
  readonly sent: number;
  readonly failed: number;
  /** Milliseconds that the slowest answer took. */
  readonly stall: number;
  /** Seconds until the version answered, and until the command ended. */
  readonly answers: number;
  readonly ends: number;
  /** Containers of the application that were started. */
  readonly started: number;
  /** Seconds of CPU on the host, less what the load alone took. */
  readonly cpu: number;
  /** kB that reached the host's sshd, headers included. */
  readonly bytes: number;
  /** MiB that the processes here held at most, and seconds of CPU that they took. */
  readonly memory: number;
  readonly ownCpu: number;
}

const rate = 200;
// Milliseconds; this is how fine "answers" is.
const pause = 20;
// Milliseconds during which the load alone is looked at.
const before = 3000;
const ticks = 100;

const wrapper = fileURLToPath(new URL('usage-process.ts', import.meta.url));

/** Does the work under load, and says what it took until `version` answered and the work was done. */
export async function measure(
  place: Place,
  { port }: Peer,
  version: string,
  work: (inside: readonly string[]) => Promise<void>,
): Promise<Measured> {
  const url = `http://${await addressOf(place)}:${port}`;
  const usage = join(place.directory, 'usage');
  await rm(usage, { force: true });
  await using load = startLoad(url, rate);
  await sleep(1000);
  const idle = await cpuOf(place);
  await sleep(before);
  const first = await cpuOf(place);
  const bytesBefore = await bytesTo(place);
  await noteStarts(place);
  const began = performance.now();
  const watch = new AbortController();
  const answering = firstAnswer(url, version, watch.signal);
  let ends: number;
  let started: number;
  let answers: number | undefined;
  try {
    await work([process.execPath, wrapper, usage]);
    ends = (performance.now() - began) / 1000;
    answers = await Promise.race([answering, sleep(30_000, undefined)]);
  } finally {
    watch.abort();
    started = await endNoting(place);
  }
  if (answers === undefined) throw new Error(`${version} never answered at ${url}`);
  const last = await cpuOf(place);
  const seconds = (performance.now() - began) / 1000;
  const bytes = (await bytesTo(place)) - bytesBefore;
  const { sent, failures, slowest } = await load.stop();
  return {
    ...{ sent, failed: failures.length, stall: slowest },
    ...{ answers: (answers - began) / 1000, ends, started, bytes: bytes / 1000 },
    cpu: last - first - ((first - idle) / (before / 1000)) * seconds,
    ...(await usageIn(usage)),
  };
}

/** The moment at which the version answered first. */
async function firstAnswer(
  url: string,
  version: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  while (!signal.aborted) {
    const answer = await fetch(`${url}/api/version`, { signal: AbortSignal.timeout(5000) })
      .then((response) => response.json() as Promise<{ readonly version?: string }>)
      .catch(() => undefined);
    if (answer?.version === version) return performance.now();
    await sleep(pause);
  }
  return undefined;
}

async function usageIn(file: string): Promise<Pick<Measured, 'memory' | 'ownCpu'>> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const each = lines.map((line) => JSON.parse(line) as { peak: number; ticks: number });
  return {
    memory: Math.max(...each.map(({ peak }) => peak)) / 1024,
    ownCpu: each.reduce((sum, one) => sum + one.ticks, 0) / ticks,
  };
}

/** Where this machine reaches every port of the server. */
async function addressOf({ bed }: Place): Promise<string> {
  return (await bed.server.onHost('hostname -i')).trim().split(' ')[0] ?? '';
}

/** Seconds of CPU that everything on the server has taken. */
async function cpuOf({ bed }: Place): Promise<number> {
  const second = await bed.server.onHost(
    `if [ -f /sys/fs/cgroup/cpu.stat ]; then sed -n 's/^usage_usec \\(.*\\)/\\1 1000000/p' /sys/fs/cgroup/cpu.stat; else echo "$(cat /sys/fs/cgroup/cpuacct/cpuacct.usage) 1000000000"; fi`,
  );
  const [used = Number.NaN, parts = 1] = second.trim().split(' ').map(Number);
  return used / parts;
}

const rule = 'INPUT -p tcp --dport 22';

/** Bytes of all packets to the server's sshd so far. */
async function bytesTo({ bed }: Place): Promise<number> {
  return Number(
    await bed.server.onHost(
      `iptables -C ${rule} 2>/dev/null || iptables -I ${rule}; iptables -nvxL INPUT | awk '/dpt:22/ { print $2; exit }'`,
    ),
  );
}

const startedFile = '/host-test/started';

/** Has the server note which containers start: of what was before, the engine remembers a few hundred events only. */
async function noteStarts({ bed }: Place): Promise<void> {
  const filters = '--filter type=container --filter event=start';
  await bed.server.onHost(
    `docker events ${filters} --format '{{index .Actor.Attributes "image"}}' >${startedFile} 2>&1 & echo $! >${startedFile}.pid`,
  );
}

async function endNoting({ bed }: Place): Promise<number> {
  const images = await bed.server.onHost(`kill "$(cat ${startedFile}.pid)"; cat ${startedFile}`);
  return images.split('\n').filter((image) => image.includes('/bench/')).length;
}
