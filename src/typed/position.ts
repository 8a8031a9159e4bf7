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

/** What was put into a line of a source file before it was loaded: where, and how many characters. */
export interface Insertion {
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

const insertions = new Map<string, readonly Insertion[]>();

/** Says what was put into a file, so that positions are those of the file as it was written. */
export function recordInsertions(file: string, made: readonly Insertion[]): void {
  insertions.set(file, made);
}

/** The position in the file as it was written. */
function asWritten({ file, line, column }: Position): Position {
  let written = column;
  for (const each of insertions.get(file) ?? []) {
    if (each.line !== line || written <= each.column) continue;
    written = Math.max(each.column, written - each.length);
  }
  return { file, line, column: written };
}

/** The first place of an error's stack that is in a folder. */
export function positionIn(folder: string, { stack = '' }: Error): Position | undefined {
  for (const line of stack.split('\n')) {
    const found = placeIn(line);
    if (found?.file.startsWith(folder) && !found.file.includes('/node_modules/'))
      return asWritten(found);
  }
  return undefined;
}

function placeIn(line: string): Position | undefined {
  const [, place, row, column] = frame.exec(line) ?? [];
  if (place === undefined) return undefined;
  const file = place.startsWith('file:') ? fileURLToPath(place) : place;
  return { file, line: Number(row), column: Number(column) };
}

/** Where the definition that is being made stands: the innermost call from outside the layer and the stages. */
export function callerPosition(): Position | undefined {
  for (const line of new Error().stack?.split('\n') ?? []) {
    const found = placeIn(line);
    if (found && !found.file.startsWith(layers)) return asWritten(found);
  }
  return undefined;
}
