import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { SshSession } from '../../../shared/src/ssh/session.ts';
import { UnreadableArchive } from './rewrite.ts';
import { transferFailed } from './transfer-failure.ts';

// As long as an upload may take: a connection that is gone is noticed long before.
const timeout = 30 * 60_000;
// Of 248 MB of the stack's layers, 1 leaves 96 MB in 2.8 s of processor time, 4 90 MB in 2.8 s, 6 88 MB in 4.9 s.
const level = 4;

/**
 * Loads an image archive into the host's engine. It travels compressed, which also guards it: the engine loads
 * nothing of a compressed archive that ends in the middle. `onBytes` is told how many bytes went on their way.
 *
 * Throws `CommandFailed` or `PhaseFailed` where the host's engine refuses the archive.
 */
export async function loadOnHost(
  session: SshSession,
  archive: Readable,
  onBytes: (count: number) => void,
): Promise<void> {
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  const cutting = new AbortController();
  const { signal } = cutting;
  // A command that ends early breaks this too, and says why; only an archive that cannot be read counts here.
  const unreadable = pipeline(archive, createGzip({ level }), counter, { signal }).then(
    () => undefined,
    (error: unknown) => (error instanceof UnreadableArchive ? error : undefined),
  );
  try {
    const { stdout } = await session.run(['docker', 'load'], { input: counter, timeout });
    // With containerd's image store, an image that cannot be unpacked is no failure of the command.
    const unpacking = /^Error unpacking .*$/m.exec(stdout)?.[0];
    if (unpacking !== undefined) throw transferFailed(unpacking);
  } catch (error) {
    cutting.abort();
    throw (await unreadable) ?? error;
  }
}
