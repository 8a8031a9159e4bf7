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
  };
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
