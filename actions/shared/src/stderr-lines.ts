import { StringDecoder } from 'node:string_decoder';

export interface StderrReaders {
  /** Is given each line as it comes. */
  readonly onProgress?: (line: string) => void;
  /** Is given the number of bytes of each piece as it comes. */
  readonly onStderrBytes?: (count: number) => void;
}

/** A transform of execa that lets others read along, and hands on every byte. */
export function readAlong({ onProgress, onStderrBytes }: StderrReaders) {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    binary: true,
    *transform(chunk: unknown) {
      const bytes = chunk as Uint8Array;
      onStderrBytes?.(bytes.byteLength);
      const lines = (rest + decoder.write(Buffer.from(bytes))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onProgress?.(line.replace(/\r$/, ''));
      yield bytes;
    },
    *final() {
      const last = rest + decoder.end();
      if (last !== '') onProgress?.(last);
      yield* [];
    },
  };
}
