import type { Plain } from '../plain.ts';
import type { Scenario } from '../simulate.ts';

/** A way that a run can begin, in words. */
export interface Beginning extends Scenario {
  readonly called: string;
  readonly event: string;
}

interface Input {
  readonly type?: string;
  readonly options?: readonly string[];
  readonly default?: unknown;
}

/** The events that have inputs, in words. */
const withInputs: Readonly<Record<string, string>> = {
  workflow_dispatch: 'a run by hand',
  workflow_call: 'a call',
};

/** The ways that runs of a workflow begin: each event, and by hand or in a call with every kind of value for every input. */
export function beginningsOf(workflow: Plain): readonly Beginning[] {
  return Object.entries(workflow.on).flatMap(([event, filter]) => {
    const refs = refsOf(event, filter, workflow);
    const given = event in withInputs ? inputsOf(filter) : [undefined];
    return refs.flatMap((ref) =>
      given.map((inputs) => ({
        event,
        called: `${withInputs[event] ?? `a ${event}`}${valuesOf(inputs ?? {})}`,
        github: { event_name: event, ref, ref_name: nameOf(ref), event: {}, actor: 'somebody' },
        ...(inputs && { inputs }),
      })),
    );
  });
}

function valuesOf(inputs: NonNullable<Scenario['inputs']>): string {
  const given = Object.entries(inputs).filter(([, value]) => value !== '');
  return given.length === 0
    ? ''
    : ` (${given.map(([name, value]) => `${name} ${value}`).join(', ')})`;
}

function nameOf(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags|pull)\//, '');
}

/** Refs that an event can have, such as the branches that a push is filtered by. */
function refsOf(event: string, filter: unknown, { on }: Plain): readonly string[] {
  if (event === 'pull_request') return ['refs/pull/1/merge'];
  if (event === 'push') return pushed(filter);
  const branches = pushed(on.push).filter((ref) => ref.startsWith('refs/heads/'));
  return branches.length > 0 ? branches.slice(0, 1) : ['refs/heads/main'];
}

function pushed(filter: unknown): readonly string[] {
  const { branches = [], tags = [] } = (filter ?? {}) as Readonly<
    Record<string, readonly string[] | undefined>
  >;
  const refs = [
    ...[branches].flat().map((branch) => `refs/heads/${example(branch)}`),
    ...[tags].flat().map((tag) => `refs/tags/${example(tag)}`),
  ].filter((ref) => !ref.includes('!'));
  return refs.length > 0 ? refs : ['refs/heads/main'];
}

/** A name that a pattern matches. */
function example(pattern: string): string {
  return pattern.replaceAll(/\*+|\[[^\]]*\]|[?+]/g, '1');
}

const atMost = 64;

function inputsOf(filter: unknown): readonly NonNullable<Scenario['inputs']>[] {
  const { inputs = {} } = (filter ?? {}) as { inputs?: Readonly<Record<string, Input | null>> };
  let all: Record<string, string | number | boolean>[] = [{}];
  for (const [name, input] of Object.entries(inputs)) {
    const values = valuesOfInput(input ?? {});
    // Too many to try: the rest of the inputs keep their first value.
    const tried = all.length * values.length > atMost ? values.slice(0, 1) : values;
    all = all.flatMap((some) => tried.map((value) => ({ ...some, [name]: value })));
  }
  return all;
}

function valuesOfInput({ type = 'string', options = [] }: Input): (string | number | boolean)[] {
  if (type === 'boolean') return [false, true];
  if (type === 'number') return [0, 1];
  return type === 'choice' ? [...options] : ['', 'given'];
}
