import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A port of 127.0.0.1 that passes connections on to another one, as far away as it is told. */
export interface DelayedRelay extends AsyncDisposable {
  readonly port: number;
  /** How many connections it has passed on. */
  connections(): number;
}

/**
 * Starts a relay that holds everything back for half of `roundTrip` milliseconds in each direction. Setting up a TCP
 * connection is not held back, since the relay itself accepts it: a real network adds one round trip to each.
 */
export async function startRelay(target: number, roundTrip: number): Promise<DelayedRelay> {
  let count = 0;
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    count += 1;
    void relay(client, target, roundTrip / 2, open);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the relay has no port');
  return {
    port: address.port,
    connections: () => count,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

async function relay(client: Socket, port: number, delay: number, open: Set<Socket>) {
  const server = connect(port, '127.0.0.1').setNoDelay();
  for (const socket of [client, server]) {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  }
  const ways = [pipeline(client, delayed(delay), server), pipeline(server, delayed(delay), client)];
  // Either side may go away at any time: that is a connection's end, not a fault of the relay.
  await Promise.allSettled(ways);
}

/** Passes on what it gets, each piece `delay` milliseconds later, without waiting for one before it takes the next. */
function delayed(delay: number): Transform {
  const late: Promise<void>[] = [];
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      late.push(sleep(delay).then(() => void this.push(chunk)));
      done();
    },
    flush(done) {
      Promise.all(late).then(
        () => done(),
        (error) => done(error),
      );
    },
  });
}
