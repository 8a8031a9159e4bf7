import type { Waivers } from './check/rule-names.ts';
import type { CheckedCondition, CheckedValue } from './checked-value.ts';
import type { Result } from './contexts.ts';
import { DefinitionError } from './definition-error.ts';
import type { Settings } from './environment.ts';
import { type Condition, context, type Expression, isExpression } from './expression.ts';
import type { Matrix } from './matrix.ts';
import type { Permissions } from './permissions.ts';
import { callerPosition, type Position } from './position.ts';
import type { KnownKeys, Member, Problem } from './problem.ts';
import type { Raw } from './raw.ts';
import type { CheckedEnv, CheckedStep, Shell, StepDefinition, Value } from './step.ts';

/** The runners that GitHub hosts, and labels of own ones. */
export type Runner =
  | `ubuntu-${'latest' | '24.04' | '22.04' | '24.04-arm' | '22.04-arm'}`
  | `windows-${'latest' | '2025' | '2022' | '11-arm'}`
  | `macos-${'latest' | '26' | '15' | '14' | '15-intel'}`
  | readonly ['self-hosted', ...string[]]
  | { readonly group: string; readonly labels?: string | readonly string[] }
  /** Any label, such as that of a larger runner. */
  | { readonly labels: string | readonly string[] };

type Env = Readonly<Record<string, Value>>;

/** The container that a job runs in. */
export interface Container {
  readonly image: Value;
  /** For the registry of the image. */
  readonly credentials?: { readonly username: Value; readonly password: Value };
  readonly env?: Env;
  readonly ports?: readonly Value[];
  readonly volumes?: readonly Value[];
  readonly options?: Value;
}

/** A container beside a job. */
export interface Service extends Container {
  readonly entrypoint?: Value;
  readonly command?: Value;
}

/** The shell and folder of scripts that name none. */
export interface Defaults {
  readonly run: { readonly shell?: Shell; readonly 'working-directory'?: string };
}

export interface Concurrency {
  readonly group: Value;
  readonly 'cancel-in-progress'?: boolean | Expression<boolean, string>;
  /** How many may wait: the last one, or all. */
  readonly queue?: 'single' | 'max';
}

/** An environment with the address that GitHub shows beside it, or one whose name the run decides. */
export interface NamedEnvironment {
  readonly name: Settings | Expression<string, string>;
  readonly url?: Value;
  /** `false`: the job has its secrets and variables and waits for its rules, and deploys nothing. */
  readonly deployment?: boolean;
}

/** What can be written in a job besides its steps. */
export interface JobDefinition {
  readonly name: string | Expression<string, string>;
  readonly needs?: readonly Job[];
  readonly if?: Condition;
  readonly strategy?: {
    readonly matrix: Matrix;
    readonly 'fail-fast'?: boolean;
    readonly 'max-parallel'?: number;
  };
  readonly 'runs-on': Runner | Expression<Extract<Runner, string>, string>;
  readonly 'timeout-minutes': number;
  /** The environment whose secrets and variables the job uses. */
  readonly environment?: Settings | NamedEnvironment;
  readonly permissions: Permissions;
  readonly concurrency?: Concurrency;
  readonly env?: Env;
  readonly defaults?: Defaults;
  readonly services?: Readonly<Record<string, Service | Value>>;
  /** The container that the steps run in; it reaches services by their names. */
  readonly container?: Value | Container;
  /** Whether the run goes on, and succeeds, where the job fails. */
  readonly 'continue-on-error'?: boolean | Expression<boolean, string>;
  /** Rules of the build that are not for this job, each with the reason. */
  readonly waive?: Waivers;
  /** What GitHub has and this layer does not, with the reason. */
  readonly raw?: Raw;
}

/** A job with its steps; other jobs refer to its outputs and its result. */
export interface Job<Id extends string = string, Outputs extends string = string> {
  readonly id: Id;
  readonly outputs: { readonly [Name in Outputs]: Expression<string, `needs.${Id}`> };
  readonly result: Expression<Result, `needs.${Id}`>;
}

/** What is wrong with a job; `unknown` where a key is right. */
type CheckedJob<Definition> = JobDefinition extends Definition
  ? // The compiler has found a type that does not fit, and inferred nothing else.
    unknown
  : {
      readonly [Key in keyof Definition]: Key extends keyof JobDefinition
        ? Key extends keyof JobChecks<Definition>
          ? JobChecks<Definition>[Key]
          : unknown
        : Key extends 'uses'
          ? Problem<'a job that calls a workflow is made by call()'>
          : Problem<`a job has no key ${Key & string}`>;
    };

/** A key that no job has. */
type CheckedKeys<Definition> = {
  readonly [Key in keyof Definition]: Key extends keyof JobDefinition
    ? unknown
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
  readonly if: CheckedCondition<Member<Definition, 'if'>, NeedsScopes<Definition>>;
  readonly strategy: CheckedStrategy<Definition>;
  readonly environment: KnownKeys<
    Member<Definition, 'environment'>,
    Settings | NamedEnvironment,
    'an environment'
  > & {
    readonly name?: Member<Member<Definition, 'environment'>, 'name'> extends symbol
      ? CheckedValue<
          Member<Member<Definition, 'environment'>, 'name'>,
          NeedsScopes<Definition> | MatrixScopes<Definition>
        >
      : unknown;
    readonly url?: CheckedValue<
      Member<Member<Definition, 'environment'>, 'url'>,
      Exclude<JobScopes<Definition>, 'a secret'> | `steps.${string}` | 'a step'
    >;
  };
  readonly env: CheckedEnv<Member<Definition, 'env'>, JobScopes<Definition> | 'the workspace'>;
  readonly 'continue-on-error': CheckedValue<
    Member<Definition, 'continue-on-error'>,
    NeedsScopes<Definition> | MatrixScopes<Definition>
  >;
  readonly services: CheckedServices<Member<Definition, 'services'>, JobScopes<Definition>>;
  readonly container: CheckedContainer<
    Member<Definition, 'container'>,
    JobScopes<Definition>,
    Container,
    'a container'
  >;
  readonly defaults: CheckedDefaults<Member<Definition, 'defaults'>>;
  readonly concurrency: CheckedConcurrency<
    Member<Definition, 'concurrency'>,
    NeedsScopes<Definition> | MatrixScopes<Definition>
  >;
}

/** What is wrong with the strategy of a job; `unknown` where it is right. */
export type CheckedStrategy<Definition> = KnownKeys<
  Member<Definition, 'strategy'>,
  JobDefinition['strategy'],
  'a strategy'
> & {
  readonly matrix?: {
    readonly axes?: CheckedValue<
      Member<Member<Member<Definition, 'strategy'>, 'matrix'>, 'axes'>,
      NeedsScopes<Definition>
    >;
  };
};

type CheckedServices<Services, Offered extends string> = {
  readonly [Name in keyof Services]: CheckedContainer<
    Services[Name],
    Offered,
    Service,
    'a service'
  >;
};

/** Only the registry and the processes inside get secrets. */
type CheckedContainer<Of, Offered extends string, Known, What extends string> = Of extends
  | symbol
  | string
  ? CheckedValue<Of, Exclude<Offered, 'a secret'>>
  : {
      readonly [Key in keyof Of]: Key extends keyof Known
        ? CheckedValue<
            Of[Key],
            Key extends 'env'
              ? Offered | 'a step'
              : Key extends 'credentials'
                ? Offered
                : Exclude<Offered, 'a secret'>
          >
        : Problem<`${What} has no key ${Key & string}`>;
    };

/** What is wrong with the shell and folder of scripts; `unknown` where they are right. */
export type CheckedDefaults<Of> = KnownKeys<Of, Defaults, 'defaults'> & {
  readonly run: KnownKeys<Member<Of, 'run'>, Defaults['run'], 'defaults.run'>;
};

/** What is wrong with a concurrency; `unknown` where it is right. */
export type CheckedConcurrency<Of, Offered extends string> = CheckedValue<Of, Offered> &
  KnownKeys<Of, Concurrency, 'concurrency'>;

/** The jobs that a job needs, as scopes of expressions. */
export type NeedsScopes<Definition> = Definition extends {
  readonly needs: readonly { readonly id: infer Id extends string }[];
}
  ? `needs.${Id}`
  : never;

/** The axes of a job's matrix, as scopes of expressions. */
export type MatrixScopes<Definition> = Definition extends {
  readonly strategy: { readonly matrix: { readonly values: infer Values } };
}
  ? `matrix.${keyof Values & string}`
  : never;

type JobScopes<Definition> =
  | NeedsScopes<Definition>
  | MatrixScopes<Definition>
  | EnvironmentScope<Definition>
  | 'a secret';

/** Everything where the compiler has found a type that does not fit, and inferred nothing else. */
type Offered<Definition> = JobDefinition extends Definition ? string : JobScopes<Definition>;

type EnvironmentScope<Definition> = Definition extends {
  readonly environment: { readonly name: infer Name };
}
  ? Name extends { readonly name: infer Nested extends string }
    ? `the environment ${Nested}`
    : `the environment ${Name & string}`
  : never;

/** What is wrong with the id of a job; `unknown` where it is right. */
export type CheckedJobId<Id> = Id extends
  | `${string}${' ' | '.' | '$' | '/' | ':'}${string}`
  | ''
  | `${number}${string}`
  ? Problem<'an id begins with a letter and has letters, digits, - and _ only'>
  : unknown;

type IdOf<Definition> = Definition extends { readonly id: infer Id extends string } ? Id : never;

/** A job and its steps so far; adding one makes another, so that jobs can begin alike. */
export class JobBuilder<
  Id extends string,
  Scopes extends string,
  Ids extends string,
  Outputs extends string,
> implements Job<Id, Outputs>
{
  readonly id: Id;
  readonly outputs: Job<Id, Outputs>['outputs'];
  readonly result: Job<Id, Outputs>['result'];

  constructor(id: Id, made: JobParts) {
    this.id = id;
    const expressions = context<Pick<Job<Id, Outputs>, 'outputs' | 'result'>>(`needs.${id}`);
    this.outputs = expressions.outputs;
    this.result = expressions.result;
    parts.set(this, made);
  }

  /** Adds a step. */
  step<const Definition extends StepDefinition>(
    definition: Definition & CheckedStep<Definition, Scopes, Ids>,
  ): JobBuilder<Id, Scopes | `steps.${IdOf<Definition>}`, Ids | IdOf<Definition>, Outputs> {
    const before = partsOf(this);
    const steps = [...before.steps, { definition, added: callerPosition() }];
    return new JobBuilder(this.id, { ...before, steps });
  }

  /** Adds steps that were made by a program, whose types say nothing of them; the build checks them. */
  steps(definitions: readonly StepDefinition[]): JobBuilder<Id, string, Ids, Outputs> {
    const before = partsOf(this);
    const added = callerPosition();
    const steps = [...before.steps, ...definitions.map((definition) => ({ definition, added }))];
    return new JobBuilder(this.id, { ...before, steps });
  }

  /** Puts a step before the one with a name or id. */
  before<const Definition extends StepDefinition>(
    name: string,
    definition: Definition & CheckedStep<Definition, string>,
  ): JobBuilder<Id, Scopes | `steps.${IdOf<Definition>}`, Ids | IdOf<Definition>, Outputs> {
    return this.#edited(name, (step) => [{ definition, added: callerPosition() }, step]);
  }

  /** Puts a step after the one with a name or id. */
  after<const Definition extends StepDefinition>(
    name: string,
    definition: Definition & CheckedStep<Definition, string>,
  ): JobBuilder<Id, Scopes | `steps.${IdOf<Definition>}`, Ids | IdOf<Definition>, Outputs> {
    return this.#edited(name, (step) => [step, { definition, added: callerPosition() }]);
  }

  /** Puts a step in the place of the one with a name or id. */
  replace<const Definition extends StepDefinition>(
    name: string,
    definition: Definition & CheckedStep<Definition, string>,
  ): JobBuilder<Id, Scopes | `steps.${IdOf<Definition>}`, Ids | IdOf<Definition>, Outputs> {
    return this.#edited(name, () => [{ definition, added: callerPosition() }]);
  }

  /** Leaves out the step with a name or id. */
  without(name: string): JobBuilder<Id, Scopes, Ids, Outputs> {
    return this.#edited(name, () => []);
  }

  /** Changes what is written in the job besides its steps. */
  configure<const Definition extends Partial<JobDefinition>>(
    definition: Definition & CheckedKeys<Definition>,
  ): JobBuilder<Id, Scopes | JobScopes<Definition>, Ids, Outputs> {
    const before = partsOf(this);
    const at = callerPosition();
    const keys = Object.keys(definition);
    return new JobBuilder(this.id, {
      ...before,
      definition: { ...before.definition, ...definition },
      configured: new Map([...before.configured, ...keys.map((key) => [key, at] as const)]),
    });
  }

  /** Says what jobs that need this one can use, by name. */
  withOutputs<const Values extends Readonly<Record<string, Value>>>(
    outputs: Values & CheckedValue<Values, Exclude<Scopes, 'a secret'>>,
  ): JobBuilder<Id, Scopes, Ids, keyof Values & string> {
    return new JobBuilder(this.id, { ...partsOf(this), outputs, outputsAt: callerPosition() });
  }

  #edited<NewScopes extends string, NewIds extends string>(
    name: string,
    edit: (found: JobStep) => readonly JobStep[],
  ): JobBuilder<Id, NewScopes, NewIds, Outputs> {
    const before = partsOf(this);
    const names = before.steps.map(({ definition }) => namesOf(definition));
    const at = names.findIndex((each) => each.includes(name));
    if (at < 0)
      throw new DefinitionError(
        `the job ${this.id} has no step ${JSON.stringify(name)}; it has: ${names.map(([first]) => first).join(', ')}`,
      );
    const steps = before.steps.flatMap((step, index) => (index === at ? edit(step) : [step]));
    return new JobBuilder(this.id, { ...before, steps });
  }
}

function namesOf({ id, name }: StepDefinition): readonly string[] {
  return [isExpression(name) ? '' : name, id ?? ''].filter((each) => each !== '');
}

/** A step in its place in a job. */
export interface JobStep {
  readonly definition: StepDefinition;
  readonly added: Position | undefined;
}

/** What the compiler needs to know of a job. */
export interface JobParts {
  readonly definition: JobDefinition;
  readonly defined: Position | undefined;
  /** Where the keys were written that `configure` changed. */
  readonly configured: ReadonlyMap<string, Position | undefined>;
  readonly steps: readonly JobStep[];
  readonly outputs: Readonly<Record<string, Value>>;
  readonly outputsAt: Position | undefined;
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
  id: Id & CheckedJobId<Id>,
  definition: Definition & CheckedJob<Definition>,
): JobBuilder<Id, Offered<Definition> | 'a step' | 'the workspace', never, never> {
  return new JobBuilder(id, {
    definition,
    defined: callerPosition(),
    configured: new Map(),
    steps: [],
    outputs: {},
    outputsAt: undefined,
  });
}
