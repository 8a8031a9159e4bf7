import { randomBytes } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import type { CommandOptions } from '../command.ts';

type Input = CommandOptions['input'];

/**
 * A remote command whose output can be told from everything else that comes over the connection: what a login script
 * prints before it, or a logout script after it. The mark around it is random, and reaches the host over standard input,
 * where nobody else there can read it.
 */
export interface Framed {
  readonly words: readonly string[];
  /** The mark, and behind it what the command reads. */
  readonly input: Exclude<Input, undefined>;
  /** What stands before the command's own standard error. */
  readonly stderrAfter: string;
  /** What the command alone wrote to standard output; undefined where it did not even begin. */
  readonly outputIn: (stdout: string) => string | undefined;
  /** Finds the same in what comes piece by piece. */
  readonly reader: () => FrameReader;
}

/** Takes the frame away from an output as it comes. */
export interface FrameReader {
  /** The bytes of the command's own that can be told for sure by now. */
  push(bytes: Uint8Array): Uint8Array;
  readonly begun: boolean;
  /** Whether the command ended by itself, so that the exit code is its own. */
  readonly ended: boolean;
}

const markLength = 32;

// head of coreutils takes no byte more than it is asked for. Without a newline of its own the command's last line may end
// where the mark begins.
const frame = `mark=$(head -c ${markLength}); printf '%s<' "$mark"; printf '%s<' "$mark" >&2; "$@"; code=$?; printf '>%s' "$mark"; exit "$code"`;

/** The command with a frame around its output. */
export function framed(words: readonly string[], input: Input): Framed {
  const mark = randomBytes(markLength / 2).toString('hex');
  return {
    words: ['sh', '-c', frame, 'framed', ...words],
    input: withMark(mark, input),
    stderrAfter: `${mark}<`,
    outputIn: (stdout) => {
      const begin = stdout.indexOf(`${mark}<`);
      if (begin < 0) return undefined;
      const output = stdout.slice(begin + mark.length + 1);
      const end = output.lastIndexOf(`>${mark}`);
      // One that was ended half way has no end.
      return end < 0 ? output : output.slice(0, end);
    },
    reader: () => frameReader(mark),
  };
}

function frameReader(mark: string): FrameReader {
  const [before, after] = [Buffer.from(`${mark}<`), Buffer.from(`>${mark}`)];
  let held = Buffer.alloc(0);
  let begun = false;
  let ended = false;
  return {
    push(bytes) {
      if (ended) return Buffer.alloc(0);
      held = Buffer.concat([held, bytes]);
      if (!begun) {
        const at = held.indexOf(before);
        if (at < 0) return Buffer.alloc(0);
        begun = true;
        held = held.subarray(at + before.length);
      }
      const end = held.indexOf(after);
      ended = end >= 0;
      const known = ended ? end : held.length - lengthOfBeginning(held, after);
      const own = held.subarray(0, known);
      held = held.subarray(known);
      return own;
    },
    get begun() {
      return begun;
    },
    get ended() {
      return ended;
    },
  };
}

/** How many bytes at the end of a text may be the beginning of another. */
function lengthOfBeginning(text: Buffer, other: Buffer): number {
  for (let length = Math.min(text.length, other.length - 1); length > 0; length -= 1)
    if (text.subarray(-length).equals(other.subarray(0, length))) return length;
  return 0;
}

function withMark(mark: string, input: Input): Framed['input'] {
  if (input === undefined) return mark;
  if (typeof input === 'string') return mark + input;
  if (!(input instanceof Readable)) return Buffer.concat([Buffer.from(mark), input]);
  const marked = new PassThrough();
  marked.write(mark);
  // A stream that breaks off must not look like one that ended.
  input.once('error', (error) => marked.destroy(error));
  marked.once('close', () => input.destroy());
  return input.pipe(marked);
}
