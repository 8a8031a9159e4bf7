import { StringDecoder } from 'node:string_decoder';

/** Cuts what a process writes into lines, whatever pieces it comes in. */
export interface LineReader {
  push(bytes: Uint8Array): void;
  /** Gives the last line too where it has no end. */
  end(): void;
}

/** Gives each line without its end, as soon as it is there. */
export function lineReader(onLine: (line: string) => void): LineReader {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    push(bytes) {
      const lines = (rest + decoder.write(Buffer.from(bytes))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line.replace(/\r$/, ''));
    },
    end() {
      const last = rest + decoder.end();
      rest = '';
      if (last !== '') onLine(last);
    },
  };
}
