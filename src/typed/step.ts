import type { Actions } from './actions.ts';
import type { Waivers } from './check/rule-names.ts';
import type { CheckedScript } from './checked-script.ts';
import type { CheckedCondition, CheckedValue, Missing, ScopesIn } from './checked-value.ts';
import { type Condition, context, type Expression } from './expression.ts';
import { callerPosition, type Position } from './position.ts';
import type { Member, Problem, Single, Unfit } from './problem.ts';
import type { Raw } from './raw.ts';

export type Shell = 'bash' | 'sh' | 'pwsh' | 'powershell' | 'cmd' | 'python';

/** A value of the YAML: plain, or an expression. */
export type Value = string | number | boolean | Expression<unknown, string>;

/** What can be written in a step; `CheckedStep` says how it belongs together. */
export interface StepDefinition {
  readonly id?: string;
  readonly name: string | Expression<string, string>;
  readonly if?: Condition;
  /** An action of the catalog. */
  readonly uses?: keyof Actions;
  readonly with?: Readonly<Record<string, Value | readonly Value[]>>;
  readonly 'working-directory'?: string | Expression<string, string>;
  readonly env?: Readonly<Record<string, Value>>;
  /** A script; values reach it through `env`. */
  readonly run?: string;
  readonly shell?: Shell;
  /** The outputs that the script writes to $GITHUB_OUTPUT. */
  readonly writes?: readonly string[];
  readonly 'continue-on-error'?: boolean | Condition;
  readonly 'timeout-minutes'?: number;
  /** Rules of the build that are not for this step, each with the reason. */
  readonly waive?: Waivers;
  /** What GitHub has and this layer does not, with the reason. */
  readonly raw?: Raw;
}

declare const handle: unique symbol;

/** A step that others can refer to: its definition, its outputs and how it ended. */
export type Step<Definition> = Definition & {
  readonly [handle]: true;
  readonly outputs: StepOutputs<Definition>;
  /** How the step ended, before `continue-on-error`. */
  readonly outcome: Expression<Outcome, StepScope<Definition>>;
  /** How the step ended, after `continue-on-error`. */
  readonly conclusion: Expression<Outcome, StepScope<Definition>>;
};

type Outcome = 'success' | 'failure' | 'cancelled' | 'skipped';

type StepScope<Definition> = StepDefinition extends Definition
  ? // The compiler has found a type that does not fit, and inferred nothing else.
    never
  : Definition extends { readonly id: infer Id extends string }
    ? `steps.${Id}`
    : 'a step without an id';

type StepOutputs<Definition> = StepDefinition extends Definition
  ? Readonly<Record<string, Expression<string>>>
  : { readonly [Name in OutputNames<Definition>]: Expression<string, StepScope<Definition>> };

type OutputNames<Definition> = Definition extends {
  readonly uses: infer Action extends keyof Actions;
}
  ? Actions[Action]['outputs']
  : Definition extends { readonly writes: readonly (infer Name extends string)[] }
    ? Name
    : never;

/** Where a definition was written. */
export const positions = new WeakMap<object, Position>();

/** A step whose outputs or result others use, or that several jobs have. */
export function step<const Definition extends StepDefinition>(
  definition: Definition & CheckedStep<Definition>,
): Step<Definition> {
  const expressions = context<Record<string, unknown>>(`steps.${definition.id}`);
  const made = { ...definition };
  for (const name of ['outputs', 'outcome', 'conclusion'])
    Object.defineProperty(made, name, { value: expressions[name], enumerable: false });
  const position = callerPosition();
  if (position) positions.set(made, position);
  return made as unknown as Step<Definition>;
}

/**
 * What is wrong with a step in a place that offers the scopes `Offered` to expressions, in a job that has steps with
 * the ids `Ids` already; `unknown` where a key is right.
 */
export type CheckedStep<
  Definition,
  Offered extends string = string,
  Ids = never,
> = StepDefinition extends Definition
  ? // The compiler has found a type that does not fit, and inferred nothing else.
    unknown
  : Definition extends { readonly [handle]: true }
    ? CheckedHandle<Definition, Offered, Ids>
    : {
        readonly [Key in keyof Definition]: Key extends keyof StepDefinition
          ? Key extends keyof StepChecks<Definition, Offered, Ids>
            ? StepChecks<Definition, Offered, Ids>[Key]
            : unknown
          : Problem<`a step has no key ${Key & string}`>;
      } & MissingKeys<Definition>;

/** A step that was checked by itself, in the place it is added to. */
type CheckedHandle<Definition, Offered extends string, Ids> =
  unknown extends CheckedId<Member<Definition, 'id'>, Ids>
    ? [Exclude<HandleScopes<Definition>, Offered | 'untrusted' | 'an if'>] extends [never]
      ? unknown
      : Problem<Missing<Exclude<HandleScopes<Definition>, Offered | 'untrusted' | 'an if'>>>
    : CheckedId<Member<Definition, 'id'>, Ids>;

type HandleScopes<Definition> = ScopesIn<
  Pick<Definition, Extract<keyof Definition, 'name' | 'if' | 'env' | 'with'>>
>;

interface StepChecks<Definition, Offered extends string, Ids> {
  readonly id: CheckedId<Member<Definition, 'id'>, Ids>;
  readonly name: CheckedValue<Member<Definition, 'name'>, Offered>;
  readonly if: CheckedCondition<Member<Definition, 'if'>, Offered>;
  readonly env: CheckedEnv<Member<Definition, 'env'>, Offered>;
  readonly with: CheckedInputs<Definition, Member<Definition, 'with'>, Offered>;
  readonly run: Definition extends { readonly uses: unknown }
    ? Problem<'a step runs a script or uses an action, not both'>
    : CheckedScript<Definition>;
  readonly shell: OfScript<Definition>;
  readonly writes: OfScript<Definition>;
  readonly 'working-directory': OfScript<Definition>;
  readonly 'continue-on-error': CheckedValue<Member<Definition, 'continue-on-error'>, Offered>;
}

/** What is wrong with an `env`: a name that no shell can read, or a value. */
export type CheckedEnv<Env, Offered extends string> = {
  readonly [Name in keyof Env]: Name extends `${string}${'-' | '.' | ' '}${string}`
    ? Problem<`a script cannot read ${Name}: a name has letters, digits and _ only`>
    : CheckedValue<Env[Name], Offered>;
};

type CheckedId<Id, Ids> = [Single<Id>] extends [never]
  ? unknown
  : Single<Id> extends Ids & string
    ? Problem<`the job has a step with the id ${Id & string} already`>
    : Id extends `${string}${' ' | '.' | '$' | '/'}${string}`
      ? Problem<'an id has letters, digits, - and _ only'>
      : unknown;

type OfScript<Definition> = Definition extends { readonly run: string }
  ? unknown
  : Problem<'only a step that runs a script has this key'>;

type MissingKeys<Definition> = Definition extends {
  readonly uses: infer Action extends keyof Actions;
}
  ? Definition extends { readonly with: unknown }
    ? unknown
    : [RequiredInputs<Action>] extends [never]
      ? unknown
      : { readonly with: Unfit<`${Action} requires inputs`, RequiredInputs<Action>> }
  : Definition extends { readonly run: unknown } | { readonly raw: Raw }
    ? unknown
    : { readonly run: Problem<'a step runs a script or uses an action'> };

type CheckedInputs<Definition, Given, Offered extends string> = Definition extends {
  readonly uses: infer Action extends keyof Actions;
}
  ? {
      readonly [Name in keyof Given]: Name extends keyof Actions[Action]['inputs']
        ? CheckedInput<Given[Name], NonNullable<Actions[Action]['inputs'][Name]>, Offered>
        : Problem<`${Action} has no input ${Name & string}`>;
    } & {
      readonly [Name in Exclude<
        RequiredInputs<Action>,
        keyof Given
      >]: Problem<`${Action} requires the input ${Name & string}`>;
    }
  : Problem<'only a step that uses an action has this key'>;

type RequiredInputs<Action extends keyof Actions> = {
  [Name in keyof Actions[Action]['inputs']]-?: undefined extends Actions[Action]['inputs'][Name]
    ? never
    : Name;
}[keyof Actions[Action]['inputs']];

type CheckedInput<Given, Wanted, Offered extends string> = Given extends symbol
  ? CheckedValue<Given, Offered>
  : Given extends Allowed<Wanted>
    ? CheckedValue<Given, Offered>
    : Unfit<'not a value of this input', Wanted>;

/** A list of any texts may also be one text. */
type Allowed<Wanted> = Wanted extends readonly (infer Item)[]
  ? readonly (Item | Expression<unknown, string>)[] | (string extends Item ? string : never)
  : Wanted;
