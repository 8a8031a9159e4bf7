import { fileURLToPath } from 'node:url';

/** A place in a source file; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

// The layer, and the stages that are made with it.
const layers = fileURLToPath(new URL('..', import.meta.url));
// A file of Node.js itself is called node:internal/….
const frame = /^\s+at (?:async )?(?:.*? \()?((?:file:\/\/)?\/.+?):(\d+):(\d+)\)?$/;

/** Where the definition that is being made stands: the innermost call from outside the layer and the stages. */
export function callerPosition(): Position | undefined {
  for (const line of new Error().stack?.split('\n') ?? []) {
    const [, place, row, column] = frame.exec(line) ?? [];
    if (place === undefined) continue;
    const file = place.startsWith('file:') ? fileURLToPath(place) : place;
    if (!file.startsWith(layers)) return { file, line: Number(row), column: Number(column) };
  }
  return undefined;
}
