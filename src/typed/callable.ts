import type { CheckedValue, ScopesIn } from './checked-value.ts';
import { DefinitionError } from './definition-error.ts';
import { context, type Expression } from './expression.ts';
import type { Permissions } from './permissions.ts';
import type { Problem } from './problem.ts';

/** An input of a workflow that others call. */
export type CallInput = {
  readonly description?: string;
  readonly required?: boolean;
} & (
  | { readonly type: 'string'; readonly default?: string | Expression<string> }
  | { readonly type: 'boolean'; readonly default?: boolean | Expression<boolean> }
  | { readonly type: 'number'; readonly default?: number | Expression<number> }
);

/** A secret that a call hands over. */
export interface CallSecret {
  readonly description?: string;
  readonly required?: boolean;
}

type Inputs = Readonly<Record<string, CallInput>>;
type Secrets = Readonly<Record<string, CallSecret>>;

/** An output of a called workflow: that of one of its jobs. */
export type CallOutput =
  | Expression<unknown, string>
  | { readonly description: string; readonly value: Expression<unknown, string> };

/** What calls of a workflow give it and get from it. */
export interface Signature<
  I = Inputs,
  S = Secrets,
  O extends string = string,
  P extends Permissions = Permissions,
> {
  /** How a calling job names the workflow. */
  readonly uses: string;
  /** The tag of its commit, for the comment beside `uses`; a workflow of the same repository has none. */
  readonly version?: string;
  readonly inputs: I;
  readonly secrets: S;
  readonly outputs: readonly O[];
  /** What its jobs ask of the caller's token, where its author says so. */
  readonly permissions?: P;
}

/** A workflow that a job can call. */
export interface Callable<Of extends Signature = Signature> {
  readonly signature: Of;
}

/** What a workflow takes and gives where another calls it, declared and to be used in its jobs. */
export interface WorkflowCall<I = Inputs, S = Secrets, O = Readonly<Record<string, CallOutput>>> {
  readonly declared: { readonly inputs: I; readonly secrets: S; readonly outputs: O };
  readonly inputs: {
    readonly [Name in keyof I]: Expression<InputValue<I[Name]>, InputScope<I[Name]>>;
  };
  readonly secrets: { readonly [Name in keyof S]: Expression<string, 'a secret'> };
  /** Says what the calling workflow can read, by name: outputs of this workflow's jobs. */
  withOutputs<const Given extends Readonly<Record<string, CallOutput>>>(
    outputs: Given & CheckedOutputs<Given>,
  ): WorkflowCall<I, S, Given>;
}

type InputValue<Of> = Of extends { readonly type: 'boolean' }
  ? boolean
  : Of extends { readonly type: 'number' }
    ? number
    : string;

/** The caller may hand on what others write. */
type InputScope<Of> = Of extends { readonly type: 'string' } ? 'untrusted' : never;

type CheckedOutputs<Given> = {
  readonly [Name in keyof Given]: [
    Exclude<ScopesIn<Given[Name]>, `needs.${string}` | 'untrusted'>,
  ] extends [never]
    ? CheckedValue<Given[Name], `needs.${string}`>
    : Problem<'an output of a workflow is that of one of its jobs: deploy.outputs.x'>;
};

/** What is wrong with the inputs that are declared; `unknown` where a key is right. */
type CheckedInputs<I> = {
  readonly [Name in keyof I]: I[Name] extends { readonly required: true; readonly default: unknown }
    ? { readonly default: Problem<'a required input never takes its default'> }
    : {
        readonly [Key in keyof I[Name]]: Key extends keyof CallInput
          ? unknown
          : Problem<`an input has no key ${Key & string}`>;
      };
};

/** Declares what a workflow takes where another calls it. */
export function workflowCall<
  const I extends Inputs = Record<never, CallInput>,
  const S extends Secrets = Record<never, CallSecret>,
>(given: {
  readonly inputs?: I & CheckedInputs<I>;
  readonly secrets?: S;
}): WorkflowCall<I, S, Readonly<Record<never, CallOutput>>> {
  return declared({ inputs: given.inputs ?? ({} as I), secrets: given.secrets ?? ({} as S) }, {});
}

function declared<I, S, O>(
  takes: { readonly inputs: I; readonly secrets: S },
  outputs: O,
): WorkflowCall<I, S, O> {
  return {
    declared: { ...takes, outputs },
    inputs: context('inputs'),
    secrets: context('secrets'),
    withOutputs: (given) => declared(takes, given) as never,
  };
}

/** What a workflow of another repository, or one written by hand, is to those who call it. */
interface Stated<I, S, O extends string, P extends Permissions> {
  /** The tag of the commit. */
  readonly version?: string;
  readonly inputs?: I;
  readonly secrets?: S;
  readonly outputs?: readonly O[];
  readonly permissions?: P;
}

const local = /^\.\/\.github\/workflows\/[^/]+\.ya?ml$/;
const pinned = /^[\w.-]+\/[\w.-]+\/\.github\/workflows\/[^/@]+\.ya?ml@[0-9a-f]{40}$/;

/**
 * A workflow that no definition of this repository makes: of another repository, by the full SHA of its commit, or
 * written by hand. What it takes and gives is stated by the author. Throws for a tag or branch, which can be moved.
 */
export function reusable<
  const Uses extends string,
  const I extends Inputs = Record<never, CallInput>,
  const S extends Secrets = Record<never, CallSecret>,
  const O extends string = never,
  const P extends Permissions = Record<never, never>,
>(uses: Uses & CheckedUses<Uses>, stated: Stated<I, S, O, P>): Callable<Signature<I, S, O, P>> {
  if (!local.test(uses) && !pinned.test(uses))
    throw new DefinitionError(
      `${uses} is no workflow: write owner/repository/.github/workflows/file.yml@ and the full SHA of a commit, or ./.github/workflows/file.yml`,
    );
  const { inputs = {} as I, secrets = {} as S, outputs = [], permissions = {} as P } = stated;
  const version = stated.version === undefined ? {} : { version: stated.version };
  return { signature: { ...{ uses, inputs, secrets, outputs, permissions }, ...version } };
}

type CheckedUses<Uses> = Uses extends `./.github/workflows/${string}`
  ? unknown
  : Uses extends `${string}/${string}/.github/workflows/${string}@${infer Ref}`
    ? IsSha<Ref> extends true
      ? unknown
      : Problem<'a tag or branch can be moved: pin the full SHA of the commit, 40 hexadecimal digits'>
    : Problem<'a workflow is owner/repository/.github/workflows/file.yml@SHA'>;

type Digit = 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | `${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

type IsSha<Ref extends string, Counted extends readonly 1[] = readonly []> = Ref extends ''
  ? Counted['length'] extends 40
    ? true
    : false
  : Ref extends `${Digit}${infer Rest}`
    ? Counted['length'] extends 40
      ? false
      : IsSha<Rest, readonly [...Counted, 1]>
    : false;

/** The signature that a workflow has by its `on`, where it can be called. */
export type CallableBy<On> = On extends { readonly workflow_call: infer Call }
  ? Call extends WorkflowCall<
      infer I extends Inputs,
      infer S extends Secrets,
      infer O extends Readonly<Record<string, CallOutput>>
    >
    ? Callable<Signature<I, S, keyof O & string>>
    : Callable<Signature<Record<never, CallInput>, Record<never, CallSecret>, never>>
  : unknown;

/** The signature of the workflow that is compiled to `<id>.yml`; none where others cannot call it. */
export function signatureOf(id: string, call: WorkflowCall | object | undefined) {
  if (call === undefined) return undefined;
  const { inputs, secrets, outputs } =
    'declared' in call ? call.declared : { inputs: {}, secrets: {}, outputs: {} };
  const uses = `./.github/workflows/${id}.yml`;
  return { uses, inputs, secrets, outputs: Object.keys(outputs) } satisfies Signature;
}
