import { relative } from 'node:path';
import type { Position } from '../../src/typed/position.ts';

/** A position of a repository as editors and terminals link it; `fallback` where there is none. */
export function placeOf(root: string, position: Position | undefined, fallback: string): string {
  if (!position) return fallback;
  return `${relative(root, position.file)}:${position.line}:${position.column}`;
}
