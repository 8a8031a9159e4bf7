import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { UserError } from '../terminal/errors.ts';

/** A third-party action that a compiled workflow uses. */
export interface Pin {
  /** What stands before the `@`. */
  readonly key: string;
  readonly ref: string;
  /** The first word of the comment beside it. */
  readonly version: string | undefined;
  /** `file:line`. */
  readonly place: string;
}

/** Every `uses` of a third-party action in the compiled workflows below `root`. */
export async function readPins(root: string): Promise<readonly Pin[]> {
  const paths: string[] = [];
  for await (const path of glob('.github/workflows/*.yml', { cwd: root })) paths.push(path);
  const pins: Pin[] = [];
  for (const path of paths.sort()) {
    const text = await readFile(join(root, path), 'utf8');
    // A workflow written by hand has no source that could follow it.
    if (text.startsWith('# Compiled from ')) pins.push(...pinsIn(text, path));
  }
  return pins;
}

function pinsIn(text: string, path: string): Pin[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new UserError(`${path}:${broken.linePos?.[0].line ?? 1}: ${broken.message}`);
  const pins: Pin[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'uses' || !isScalar(value)) return;
      const [name = '', ref = ''] = String(value.value).split('@', 2);
      if (name.startsWith('./') || name.startsWith('docker://')) return;
      // What a called workflow takes its author states beside the commit: no lock has it.
      if (name.includes('/.github/workflows/')) return;
      const place = `${path}:${lines.linePos(value.range?.[0] ?? 0).line}`;
      const version = value.comment?.trim().split(/\s+/)[0];
      pins.push({ key: name, ref, version: version || undefined, place });
    },
  });
  return pins;
}
