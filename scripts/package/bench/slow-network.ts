import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { ensureCommands } from '../../local/machine/debian-packages.ts';
import { UserError } from '../../terminal/errors.ts';
import { attempt, run } from '../../terminal/process.ts';

const router = fileURLToPath(new URL('router.sh', import.meta.url));

/** A network namespace from which a server is as far away as it is told. */
export interface SlowNetwork extends AsyncDisposable {
  /** The server's address there. */
  readonly address: string;
  /** The server's interface that leads there. */
  readonly interface: string;
  /** Comes before a command that runs there. */
  readonly inside: readonly string[];
}

/**
 * Makes a namespace that reaches the network namespace of the process `server` over a router that delays every packet by
 * half of `roundTrip` milliseconds, with `tc netem`. Needs Linux and root.
 */
export async function startSlowNetwork(server: number, roundTrip: number): Promise<SlowNetwork> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new UserError('A slow network is made of network namespaces: run this on Linux, as root');
  await ensureCommands({ ip: 'iproute2', nsenter: 'util-linux' });
  const near = `slow-${process.pid}`;
  const [here, there] = [`slow${process.pid}a`, `slow${process.pid}b`];
  const ip = async (...words: readonly string[]) => await run('ip', words);
  await using started = new AsyncDisposableStack();
  await ip('netns', 'add', near);
  // With a namespace go the links that are in it, and their other ends.
  started.defer(async () => void (await ip('netns', 'delete', near)));
  const delay = `${roundTrip / 2}ms`;
  const probe = ['netns', 'exec', near, 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem'];
  const makeRouter =
    (await attempt('ip', [...probe, 'delay', '0ms'])) === undefined ? otherKernel : ownKernel;
  await makeRouter({ here, there, delay, started });
  await ip('link', 'set', here, 'netns', near);
  await ip('link', 'set', there, 'netns', String(server));
  const onServer = async (...words: readonly string[]) =>
    await run('nsenter', ['--target', String(server), '--net', 'ip', ...words]);
  await ip('-n', near, 'address', 'add', '10.213.1.2/30', 'dev', here);
  await ip('-n', near, 'link', 'set', here, 'up');
  await ip('-n', near, 'route', 'add', '10.213.2.0/30', 'via', '10.213.1.1');
  await onServer('address', 'add', '10.213.2.2/30', 'dev', there);
  started.defer(async () => void (await onServer('link', 'delete', there)));
  await onServer('link', 'set', there, 'up');
  await onServer('route', 'add', '10.213.1.0/30', 'via', '10.213.2.1');
  const all = started.move();
  return {
    address: '10.213.2.2',
    interface: there,
    inside: ['ip', 'netns', 'exec', near],
    [Symbol.asyncDispose]: async () => await all.disposeAsync(),
  };
}

interface Links {
  /** The names of the links that end at the router. */
  readonly here: string;
  readonly there: string;
  readonly delay: string;
  readonly started: AsyncDisposableStack;
}

async function ownKernel({ here, there, delay, started }: Links): Promise<void> {
  const namespace = `${here}-router`;
  await run('ip', ['netns', 'add', namespace]);
  started.defer(async () => void (await run('ip', ['netns', 'delete', namespace])));
  for (const [link, end] of [
    [here, 'vec0'],
    [there, 'vec1'],
  ] as const) {
    const peer = ['peer', 'name', end, 'netns', namespace];
    await run('ip', ['link', 'add', 'name', link, 'type', 'veth', ...peer]);
  }
  await run('ip', ['netns', 'exec', namespace, 'sh', router], { env: { delay } });
}

async function otherKernel({ here, there, delay, started }: Links): Promise<void> {
  await ensureCommands({ 'linux.uml': 'user-mode-linux', insmod: 'kmod' });
  for (const link of [here, there]) {
    await run('ip', ['tuntap', 'add', link, 'mode', 'tap']);
    started.defer(async () => void (await attempt('ip', ['link', 'delete', link])));
  }
  const links = [here, there].map((link, index) => `vec${index}:transport=tap,ifname=${link}`);
  const files = ['root=none', 'rootfstype=hostfs', 'rootflags=/', 'ro', `init=${router}`];
  const console = ['quiet', 'con=null', 'con0=null,fd:1'];
  const kernel = execa('linux.uml', ['mem=64M', ...files, ...links, ...console, `delay=${delay}`], {
    reject: false,
    all: true,
    buffer: false,
  });
  started.defer(async () => {
    // Not SIGKILL: it leaves the processes behind that it runs its own in.
    kernel.kill('SIGTERM');
    await kernel;
  });
  let printed = '';
  await new Promise<void>((ready, failed) => {
    kernel.all.on('data', (piece: Buffer) => {
      printed += piece;
      if (printed.includes('the router is ready')) ready();
    });
    void kernel.then(() => failed(new Error(`user-mode Linux ended:\n${printed}`)));
  });
}
