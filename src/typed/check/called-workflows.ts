import type { Plain } from '../plain.ts';

/** What the event workflow_call declares. */
interface Call {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, { readonly value?: string } | null>>;
}

/** What calls of a workflow give and get; nothing where it cannot be called. */
export function callOf({ on }: Plain): Call | undefined {
  return 'workflow_call' in on ? ((on.workflow_call ?? {}) as Call) : undefined;
}

/** The id of the workflow of this repository that a job calls; nothing where it is of another one. */
export function calledId(uses: string | undefined): string | undefined {
  return /^\.\/\.github\/workflows\/(.+)\.ya?ml$/.exec(uses ?? '')?.[1];
}

/** The workflow that a job calls, where it is one of those known here. */
export function calledOf(
  uses: string | undefined,
  others: Readonly<Record<string, Plain>>,
): Plain | undefined {
  return others[calledId(uses) ?? ''];
}
