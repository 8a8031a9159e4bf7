import { styleText } from 'node:util';

/** Formats milliseconds for people: `840 ms`, `12.3 s`, `2 min 05 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

export interface Step {
  /** Says in a few words how the step ended, e.g. `cached` or a version. */
  note(text: string): void;
}

/** Runs one step of a set-up, says what it does before and how long it took after. */
export async function step<T>(title: string, work: (step: Step) => Promise<T>): Promise<T> {
  const started = performance.now();
  const took = () => styleText('dim', duration(performance.now() - started));
  let note = '';
  process.stderr.write(`${styleText('dim', '·')} ${title} …\n`);
  try {
    const result = await work({ note: (text) => (note = text) });
    process.stderr.write(`${styleText('green', '✓')} ${title}${note && `: ${note}`}  ${took()}\n`);
    return result;
  } catch (error) {
    process.stderr.write(`${styleText('red', '✗')} ${title}  ${took()}\n`);
    throw error;
  }
}

/** Tells the reader something that is not an error but that they have to know. */
export function warn(text: string): void {
  process.stderr.write(`${styleText('yellow', '!')} ${text}\n`);
}
