import type { ExecutorResult } from './executor.ts';

export interface ReleaseEntry {
  readonly id: string;
  readonly commit: string;
  readonly confirmed: boolean;
  readonly current: boolean;
}

/** The action's outputs, from what the executor reported. */
export function outputsFrom(result: ExecutorResult, durationMs: number): Record<string, string> {
  const names = ['commit', 'previous', 'current', 'confirmed'];
  const outputs: Record<string, string> = { 'duration-ms': String(durationMs) };
  for (const name of names) {
    const value = result.get(name)?.[0];
    if (value !== undefined) outputs[name] = value;
  }
  if (result.has('current')) outputs.releases = JSON.stringify(releaseEntries(result));
  else outputs.release = result.get('release')?.[0] ?? '';
  return outputs;
}

/** The releases on the host, oldest first, from the report of `status`. */
export function releaseEntries(result: ExecutorResult): ReleaseEntry[] {
  const current = result.get('current')?.[0];
  return (result.get('release') ?? []).map((line) => {
    const [id = '', state, commit = ''] = line.split(' ');
    return { id, commit, confirmed: state === 'confirmed', current: id === current };
  });
}
