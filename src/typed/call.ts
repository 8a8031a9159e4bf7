import type { Callable, Signature } from './callable.ts';
import type { Waivers } from './check/rule-names.ts';
import type { CheckedCondition, CheckedValue } from './checked-value.ts';
import { type Condition, context, type Expression, type ScopeOf } from './expression.ts';
import type {
  CheckedConcurrency,
  CheckedJobId,
  CheckedStrategy,
  Concurrency,
  Job,
  JobDefinition,
  MatrixScopes,
  NeedsScopes,
} from './job.ts';
import type { Permissions } from './permissions.ts';
import { callerPosition, type Position } from './position.ts';
import type { Member, Problem, Unfit } from './problem.ts';
import type { Raw } from './raw.ts';
import type { Value } from './step.ts';
import type { Workflow } from './workflow.ts';

/** What can be written in a job that calls a workflow: https://docs.github.com/actions/reference/workflows-and-actions/reusing-workflow-configurations */
export interface CallDefinition {
  readonly name: string | Expression<string, string>;
  readonly needs?: readonly Job[];
  readonly if?: Condition;
  readonly strategy?: NonNullable<JobDefinition['strategy']>;
  /** A workflow of these definitions with `on.workflow_call`, or what `reusable` says of one elsewhere. */
  readonly uses: Workflow | Callable;
  readonly with?: Readonly<Record<string, Value>>;
  /** The secrets that the workflow declares, by name, or all that the caller has. */
  readonly secrets?: 'inherit' | Readonly<Record<string, Expression<string, string>>>;
  /** The most that the jobs of the called workflow can have. */
  readonly permissions: Permissions;
  readonly concurrency?: Concurrency;
  /** Rules of the build that are not for this job, each with the reason. */
  readonly waive?: Waivers;
  /** What GitHub has and this layer does not, with the reason. */
  readonly raw?: Raw;
}

/** What is wrong with a calling job; `unknown` where a key is right. */
type CheckedCall<Definition> = CallDefinition extends Definition
  ? // The compiler has found a type that does not fit, and inferred nothing else.
    unknown
  : {
      readonly [Key in keyof Definition]: Key extends keyof CallDefinition
        ? Key extends keyof CallChecks<Definition>
          ? CallChecks<Definition>[Key]
          : unknown
        : Key extends keyof JobDefinition | 'steps'
          ? Problem<`a job that calls a workflow has no ${Key & string}: the jobs of that workflow say it`>
          : Problem<`a job has no key ${Key & string}`>;
    } & MissingKeys<Definition>;

type SignatureIn<Definition> = Definition extends {
  readonly uses: { readonly signature: infer Of extends Signature };
}
  ? Of
  : never;

interface CallChecks<Definition> {
  readonly name: CheckedValue<Member<Definition, 'name'>, CallScopes<Definition>>;
  readonly if: CheckedCondition<Member<Definition, 'if'>, NeedsScopes<Definition>>;
  readonly strategy: CheckedStrategy<Definition>;
  readonly uses: Definition extends Record<'uses', Callable>
    ? unknown
    : Problem<'this workflow cannot be called: its on has no workflow_call'>;
  readonly with: CheckedWith<
    Member<Definition, 'with'>,
    SignatureIn<Definition>['inputs'],
    CallScopes<Definition>
  >;
  readonly secrets: CheckedSecrets<
    Member<Definition, 'secrets'>,
    SignatureIn<Definition>['secrets'],
    CallScopes<Definition>
  >;
  readonly permissions: CheckedPermissions<
    Member<Definition, 'permissions'>,
    NonNullable<SignatureIn<Definition>['permissions']>
  >;
  readonly concurrency: CheckedConcurrency<
    Member<Definition, 'concurrency'>,
    CallScopes<Definition>
  >;
}

type CallScopes<Definition> = NeedsScopes<Definition> | MatrixScopes<Definition>;

/** The inputs or secrets that a call has to give. */
type Required<Declared> = {
  [Name in keyof Declared]: Declared[Name] extends { readonly required: true } ? Name : never;
}[keyof Declared] &
  string;

type MissingKeys<Definition> = MissingKey<
  Definition,
  'with',
  Required<SignatureIn<Definition>['inputs']>,
  'the workflow requires inputs'
> &
  MissingKey<
    Definition,
    'secrets',
    Required<SignatureIn<Definition>['secrets']>,
    'the workflow requires secrets'
  >;

type MissingKey<Definition, Key extends string, Names, Message extends string> = [Names] extends [
  never,
]
  ? unknown
  : Key extends keyof Definition
    ? unknown
    : { readonly [Each in Key]: Unfit<Message, Names> };

type CheckedWith<Given, Declared, Offered extends string> = {
  readonly [Name in keyof Given]: Name extends keyof Declared
    ? Given[Name] extends ValueOf<Declared[Name]>
      ? 'a secret' extends ScopeOf<Given[Name]>
        ? Problem<'a secret is handed over in secrets, not in with'>
        : CheckedValue<Given[Name], Offered>
      : Unfit<'not a value of this input', Member<Declared[Name], 'type'>>
    : Problem<`the workflow has no input ${Name & string}`>;
} & {
  readonly [Name in Exclude<
    Required<Declared>,
    keyof Given
  >]: Problem<`the workflow requires the input ${Name}`>;
};

/** GitHub refuses a text for a boolean or number, be it `'true'`. */
type ValueOf<Input> = Input extends { readonly type: 'boolean' }
  ? boolean | Expression<boolean, string>
  : Input extends { readonly type: 'number' }
    ? number | Expression<number, string>
    : string | Expression<string | number | boolean, string>;

type CheckedSecrets<Given, Declared, Offered extends string> = Given extends 'inherit'
  ? unknown
  : {
      readonly [Name in keyof Given]: Name extends keyof Declared
        ? ScopeOf<Given[Name]> & `the environment ${string}` extends never
          ? CheckedValue<Given[Name], Offered | 'a secret'>
          : Problem<'a secret of an environment cannot be handed over: the called workflow has it where its job names the environment'>
        : Problem<`the workflow declares no secret ${Name & string}`>;
    } & {
      readonly [Name in Exclude<
        Required<Declared>,
        keyof Given
      >]: Problem<`the workflow requires the secret ${Name}`>;
    };

type CheckedPermissions<Granted, Needed> = [Needed] extends [never]
  ? unknown
  : [Permissions] extends [Needed]
    ? // Nobody has stated what it needs.
      unknown
    : {
        readonly [Scope in keyof Needed as Needed[Scope] extends Covered<Member<Granted, Scope>>
          ? never
          : Scope]: Problem<`the workflow needs ${Scope & string}: ${Needed[Scope] & string}`>;
      };

type Covered<Level> = Level extends 'write'
  ? 'write' | 'read' | 'none' | undefined
  : Level extends 'read'
    ? 'read' | 'none' | undefined
    : 'none' | undefined;

type OutputsOf<Definition> = SignatureIn<Definition>['outputs'][number];

/** What the compiler needs to know of a job that calls a workflow. */
export interface CallParts {
  readonly definition: CallDefinition;
  readonly defined: Position | undefined;
}

const calls = new WeakMap<Job, CallParts>();

/** The definition of a job that calls a workflow; nothing where a job has steps. */
export function callOf(of: Job): CallParts | undefined {
  return calls.get(of);
}

/** A job that calls a workflow; jobs that need it can read the outputs of that workflow. */
export function call<const Id extends string, const Definition extends CallDefinition>(
  id: Id & CheckedJobId<Id>,
  definition: Definition & CheckedCall<Definition>,
): Job<Id, OutputsOf<Definition>> {
  const { outputs, result } = context<Pick<Job<Id, OutputsOf<Definition>>, 'outputs' | 'result'>>(
    `needs.${id}`,
  );
  const made = { id, outputs, result };
  calls.set(made, { definition, defined: callerPosition() });
  return made;
}
