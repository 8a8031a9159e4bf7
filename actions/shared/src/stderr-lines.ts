import { lineReader } from './lines.ts';

export interface StderrReaders {
  /** Is given each line as it comes. */
  readonly onProgress?: (line: string) => void;
  /** Is given the number of bytes of each piece as it comes. */
  readonly onStderrBytes?: (count: number) => void;
  /** What comes before this text, and itself, is left out once it has come. */
  readonly stderrAfter?: string;
}

/** A transform of execa that lets others read along, and hands on every byte that counts. */
export function readAlong({ onProgress, onStderrBytes, stderrAfter }: StderrReaders) {
  const lines = lineReader((line) => onProgress?.(line));
  let before: Buffer | undefined = stderrAfter === undefined ? undefined : Buffer.alloc(0);
  const pass = (bytes: Uint8Array) => {
    onStderrBytes?.(bytes.byteLength);
    lines.push(bytes);
    return bytes;
  };
  return {
    binary: true,
    *transform(chunk: unknown) {
      let bytes = chunk as Uint8Array;
      if (before !== undefined && stderrAfter !== undefined) {
        before = Buffer.concat([before, bytes]);
        const at = before.indexOf(stderrAfter);
        if (at < 0) return;
        bytes = before.subarray(at + Buffer.byteLength(stderrAfter));
        before = undefined;
      }
      if (bytes.byteLength > 0) yield pass(bytes);
    },
    *final() {
      if (before !== undefined && before.byteLength > 0) yield pass(before);
      lines.end();
    },
  };
}
