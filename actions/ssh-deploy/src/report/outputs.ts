import { type ExecutorResult, valueIn } from '../../../shared/src/executor.ts';
import type { HostResult } from '../operate/fleet.ts';
import { moment, statusFrom } from './status.ts';

/** The action's outputs: what the first host reported, and a list of what each did. */
export function outputsFrom(
  results: readonly HostResult[],
  durationMs: number,
): Record<string, string> {
  const [first] = results;
  return {
    ...(first && outputsOf(first.result)),
    ...(first?.result.has('current') && { status: JSON.stringify(results.map(statusOfHost)) }),
    hosts: JSON.stringify(results.map(hostOutput)),
    'duration-ms': String(durationMs),
  };
}

/** What the executor reports under the name that its output has. */
const plainOutputs = [
  'release',
  'commit',
  'previous',
  'current',
  'confirmed',
  'was-confirmed',
  'journal',
] as const;

function outputsOf(result: ExecutorResult): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const name of plainOutputs) {
    if (result.has(name)) outputs[name] = valueIn(result, name);
  }
  if (result.has('deadline')) outputs.deadline = moment(valueIn(result, 'deadline'));
  if (result.has('current')) {
    const { releases, transaction } = statusFrom(result);
    outputs.releases = JSON.stringify(releases);
    outputs.transaction = transaction === undefined ? '' : JSON.stringify(transaction);
  }
  return outputs;
}

function statusOfHost({ host, result }: HostResult) {
  return { host, ...statusFrom(result) };
}

function hostOutput({ host, result }: HostResult) {
  const release = valueIn(result, 'release') || valueIn(result, 'current');
  return {
    host,
    release,
    previous: valueIn(result, 'previous'),
    commit: valueIn(result, 'commit'),
  };
}
