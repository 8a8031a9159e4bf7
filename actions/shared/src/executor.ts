import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { joinScripts } from './join-scripts.ts';

/** Key=value lines that the executor printed; a key may come more than once. */
export type ExecutorResult = ReadonlyMap<string, readonly string[]>;

/** The text of the executor: the parts in executor/ beside this module in src/, one file beside the bundle in dist/. */
export function readExecutor(): Promise<string> {
  const parts = new URL('executor/', import.meta.url);
  if (existsSync(parts)) return joinScripts(parts);
  return readFile(new URL('executor.sh', import.meta.url), 'utf8');
}

/** Reads the executor's key=value lines. */
export function parseResult(stdout: string): ExecutorResult {
  const result = new Map<string, string[]>();
  for (const line of stdout.split('\n')) {
    const at = line.indexOf('=');
    if (at < 0) continue;
    const key = line.slice(0, at);
    result.set(key, [...(result.get(key) ?? []), line.slice(at + 1)]);
  }
  return result;
}

/** The value of a key that comes once, '' where it does not come. */
export function valueIn(result: ExecutorResult, key: string): string {
  return result.get(key)?.[0] ?? '';
}
