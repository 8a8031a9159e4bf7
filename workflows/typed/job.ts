import type { CheckedValue } from './checked-value.ts';
import type { Result } from './contexts.ts';
import type { Settings } from './environment.ts';
import { type Condition, context, type Expression } from './expression.ts';
import type { Matrix } from './matrix.ts';
import type { Permissions } from './permissions.ts';
import { callerPosition, type Position } from './position.ts';
import type { Member, Problem } from './problem.ts';
import type { CheckedStep, Shell, StepDefinition, Value } from './step.ts';

/** The runners that GitHub hosts, and labels of own ones. */
export type Runner =
  | `ubuntu-${'latest' | '24.04' | '22.04' | '24.04-arm' | '22.04-arm'}`
  | `windows-${'latest' | '2025' | '2022' | '11-arm'}`
  | `macos-${'latest' | '26' | '15' | '14' | '15-intel'}`
  | readonly ['self-hosted', ...string[]];

type Env = Readonly<Record<string, Value>>;

interface Service {
  readonly image: Value;
  readonly env?: Env;
  readonly ports?: readonly (string | number)[];
  readonly volumes?: readonly string[];
  readonly options?: string;
}

/** The shell and folder of scripts that name none. */
export interface Defaults {
  readonly run: { readonly shell?: Shell; readonly 'working-directory'?: string };
}

export interface Concurrency {
  readonly group: Value;
  readonly 'cancel-in-progress': boolean | Expression<boolean, string>;
}

/** What can be written in a job besides its steps. */
export interface JobDefinition {
  readonly name: string;
  readonly needs?: readonly Job[];
  readonly if?: Condition;
  readonly strategy?: {
    readonly matrix: Matrix;
    readonly 'fail-fast'?: boolean;
    readonly 'max-parallel'?: number;
  };
  readonly 'runs-on': Runner | Expression<Extract<Runner, string>, string>;
  readonly 'timeout-minutes': number;
  /** The environment whose secrets and variables the job uses, with the address that GitHub shows beside it. */
  readonly environment?: Settings | { readonly name: Settings; readonly url: Value };
  readonly permissions: Permissions;
  readonly concurrency?: Concurrency;
  readonly env?: Env;
  readonly defaults?: Defaults;
  readonly services?: Readonly<Record<string, Service>>;
}

/** A job with its steps; other jobs refer to its outputs and its result. */
export interface Job<Id extends string = string, Outputs extends string = string> {
  readonly id: Id;
  readonly outputs: { readonly [Name in Outputs]: Expression<string, `needs.${Id}`> };
  readonly result: Expression<Result, `needs.${Id}`>;
}

/** What is wrong with a job; `unknown` where a key is right. */
type CheckedJob<Definition> = {
  readonly [Key in keyof Definition]: Key extends keyof JobDefinition
    ? Key extends keyof JobChecks<Definition>
      ? JobChecks<Definition>[Key]
      : unknown
    : Problem<`a job has no key ${Key & string}`>;
};

interface JobChecks<Definition> {
  readonly name: CheckedValue<
    Member<Definition, 'name'>,
    NeedsScopes<Definition> | MatrixScopes<Definition>
  >;
  readonly 'runs-on': CheckedValue<
    Member<Definition, 'runs-on'>,
    NeedsScopes<Definition> | MatrixScopes<Definition>
  >;
  readonly if: CheckedValue<Member<Definition, 'if'>, NeedsScopes<Definition> | 'an if'>;
  readonly environment: CheckedValue<
    Member<Member<Definition, 'environment'>, 'url'>,
    JobScopes<Definition> | `steps.${string}`
  >;
  readonly env: CheckedValue<Member<Definition, 'env'>, JobScopes<Definition>>;
  readonly services: CheckedValue<Member<Definition, 'services'>, JobScopes<Definition>>;
  readonly concurrency: CheckedValue<Member<Definition, 'concurrency'>, NeedsScopes<Definition>>;
}

type NeedsScopes<Definition> = Definition extends {
  readonly needs: readonly { readonly id: infer Id extends string }[];
}
  ? `needs.${Id}`
  : never;

type MatrixScopes<Definition> = Definition extends {
  readonly strategy: { readonly matrix: { readonly axes: infer Axes } };
}
  ? `matrix.${keyof Axes & string}`
  : never;

type JobScopes<Definition> =
  | NeedsScopes<Definition>
  | MatrixScopes<Definition>
  | EnvironmentScope<Definition>
  | 'a secret';

type EnvironmentScope<Definition> = Definition extends {
  readonly environment: { readonly name: infer Name };
}
  ? Name extends { readonly name: infer Nested extends string }
    ? `the environment ${Nested}`
    : `the environment ${Name & string}`
  : never;

type CheckedId<Id> = Id extends
  | `${string}${' ' | '.' | '$' | '/' | ':'}${string}`
  | ''
  | `${number}${string}`
  ? Problem<'an id begins with a letter and has letters, digits, - and _ only'>
  : unknown;

type IdOf<Definition> = Definition extends { readonly id: infer Id extends string } ? Id : never;

/** A job that is being made, step by step. */
class JobBuilder<
  Id extends string,
  Scopes extends string,
  Ids extends string,
  Outputs extends string,
> implements Job<Id, Outputs>
{
  readonly id: Id;
  readonly outputs: Job<Id, Outputs>['outputs'];
  readonly result: Job<Id, Outputs>['result'];

  constructor(id: Id) {
    this.id = id;
    const expressions = context<Pick<Job<Id, Outputs>, 'outputs' | 'result'>>(`needs.${id}`);
    this.outputs = expressions.outputs;
    this.result = expressions.result;
  }

  /** Adds a step. */
  step<const Definition extends StepDefinition>(
    definition: Definition & CheckedStep<Definition, Scopes, Ids>,
  ): JobBuilder<Id, Scopes | `steps.${IdOf<Definition>}`, Ids | IdOf<Definition>, Outputs> {
    const parts = partsOf(this);
    parts.steps.push({ definition, added: callerPosition() });
    return this as never;
  }

  /** Says what jobs that need this one can use, by name. */
  withOutputs<const Values extends Readonly<Record<string, Expression<unknown, string>>>>(
    values: Values & CheckedValue<Values, Scopes>,
  ): Job<Id, keyof Values & string> {
    const parts = partsOf(this);
    parts.outputs = values;
    parts.outputsAt = callerPosition();
    return this as never;
  }
}

/** What the compiler needs to know of a job. */
export interface JobParts {
  readonly definition: JobDefinition;
  readonly defined: Position | undefined;
  readonly steps: { readonly definition: StepDefinition; readonly added: Position | undefined }[];
  outputs: Readonly<Record<string, Value>>;
  outputsAt: Position | undefined;
}

const parts = new WeakMap<Job, JobParts>();

/** The definition of a job and its steps. Throws for an object that `job` did not make. */
export function partsOf(of: Job): JobParts {
  const found = parts.get(of);
  if (!found) throw new TypeError(`${of.id} was not made by job()`);
  return found;
}

/** A job; steps are added to what it returns. */
export function job<const Id extends string, const Definition extends JobDefinition>(
  id: Id & CheckedId<Id>,
  definition: Definition & CheckedJob<Definition>,
): JobBuilder<Id, JobScopes<Definition> | 'a step', never, never> {
  const made = new JobBuilder<Id, JobScopes<Definition> | 'a step', never, never>(id);
  parts.set(made, {
    definition,
    defined: callerPosition(),
    steps: [],
    outputs: {},
    outputsAt: undefined,
  });
  return made;
}
