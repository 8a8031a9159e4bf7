import type { Origins } from './compile.ts';
import { furthest, traceCall } from './locate/trace.ts';
import { type YamlPath, YamlPlaces } from './locate/yaml-place.ts';
import type { Position } from './position.ts';

export type { Origins };

/** The TypeScript position of a place in the YAML, given as line and column, both from 1. */
export function locate(
  yaml: string,
  at: { readonly line: number; readonly column: number },
  origins: Origins,
): Position | undefined {
  const { path, scalar, scalarLine } = new YamlPlaces(yaml).at(at);
  const inLines = scalar?.type === 'BLOCK_LITERAL' || path.at(-1) === 'run';
  return locatePath(path, origins, inLines ? scalarLine : undefined);
}

/**
 * The TypeScript position of a part of the YAML: of the property that it comes from, of the innermost one that could
 * be found, or of the call that made the step, job or workflow. `scriptLine` counts from 0 within the value.
 */
export function locatePath(
  path: YamlPath,
  origins: Origins,
  scriptLine?: number,
): Position | undefined {
  for (let length = path.length; length >= 0; length--) {
    const [first, ...others] = origins.get(path.slice(0, length).join('.')) ?? [];
    if (!first) continue;
    const sought = { path: path.slice(isConfigured(path, length) ? 2 : length), line: scriptLine };
    const traces = others.map((at) => traceCall(at, sought));
    return furthest([traceCall(first, sought), ...traces]).position;
  }
  return undefined;
}

/** Whether the first keys of a path are those of a job's key that `configure` got, by its name. */
function isConfigured(path: YamlPath, length: number): boolean {
  return length === 3 && path[0] === 'jobs' && path[2] !== 'outputs';
}
