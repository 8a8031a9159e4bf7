import type { LockEntry } from '../generate-actions/lock.ts';

type Input = LockEntry['inputs'][string];

/** What an action's new version changes for those who use it, a line each. */
export function entryDifferences(before: LockEntry, after: LockEntry): readonly string[] {
  const inputs = union(Object.keys(before.inputs), Object.keys(after.inputs));
  const outputs = union(before.outputs, after.outputs);
  return [
    ...(before.using === after.using ? [] : [`runs on ${after.using}, before on ${before.using}`]),
    ...inputs.flatMap((name) => inputDifference(name, before.inputs[name], after.inputs[name])),
    ...outputs.flatMap((name) => {
      if (!before.outputs.includes(name)) return `output added: ${name}`;
      return after.outputs.includes(name) ? [] : `output removed: ${name}`;
    }),
  ];
}

function inputDifference(
  name: string,
  before: Input | undefined,
  after: Input | undefined,
): string[] {
  if (!after) return [`input removed: ${name}`];
  if (!before) return [`input added: ${name}${isRequired(after) ? ' (required)' : ''}`];
  if (isRequired(after) && !isRequired(before)) return [`input required now: ${name}`];
  if (before.default === after.default) return [];
  return [
    `default of input ${name}: ${JSON.stringify(after.default)}, before ${JSON.stringify(before.default)}`,
  ];
}

function isRequired({ required, default: value }: Input): boolean {
  return required && value === null;
}

function union(some: readonly string[], others: readonly string[]): readonly string[] {
  return [...new Set([...some, ...others])];
}
