import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Extract, extract } from 'tar-stream';

type Entry = Extract extends AsyncIterable<infer Each> ? Each : never;

/** The entries of a tar stream, one after the other; each must be read, or resumed, before the next one comes. */
export async function* tarEntries(stream: Readable): AsyncGenerator<Entry> {
  const unpacking = extract();
  const reading = pipeline(stream, unpacking);
  // Awaited below; where the stream breaks, the loop throws first.
  reading.catch(() => undefined);
  yield* unpacking;
  await reading;
}
