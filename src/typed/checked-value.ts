import type { ScopeOf } from './expression.ts';
import type { Problem } from './problem.ts';

/** What is wrong with the values of an object, such as `env`; `unknown` where a value is right. */
export type CheckedValues<Of, Offered extends string> = {
  readonly [Key in keyof Of]: CheckedValue<Of[Key], Offered>;
};

/** What is wrong with a value in a place that offers the scopes `Offered`; status functions are for conditions. */
export type CheckedValue<Of, Offered extends string> = Of extends symbol
  ? Lacking<ScopeOf<Of>, Offered, 'an if'>
  : Of extends `${string}\${{${string}`
    ? Problem<'write an expression as a value, and text with expressions as text`…`'>
    : Of extends object
      ? CheckedValues<Of, Offered>
      : unknown;

/** What is wrong with a condition in a place that offers the scopes `Offered`; GitHub gives no condition a secret. */
export type CheckedCondition<Of, Offered extends string> = Of extends symbol
  ? Lacking<ScopeOf<Of>, Offered | 'an if', 'a secret'>
  : unknown;

type Lacking<Scope extends string, Offered extends string, Never extends string> = [
  Extract<Scope, Never>,
] extends [never]
  ? [Exclude<Scope, Offered | 'untrusted'>] extends [never]
    ? unknown
    : Problem<Missing<Exclude<Scope, Offered | 'untrusted'>>>
  : Problem<Missing<Extract<Scope, Never>>>;

/** What a place lacks that uses an expression of this scope. */
export type Missing<Scope extends string> = Scope extends `needs.${infer Job}`
  ? `needs.${Job} is used, so the job ${Job} has to be in this job's needs`
  : Scope extends `steps.${infer Step}`
    ? `no step before this one in this job has the id ${Step}`
    : Scope extends `matrix.${infer Axis}`
      ? `matrix.${Axis} is used, so the job's strategy has to have the axis ${Axis}`
      : Scope extends 'an if'
        ? 'always(), success(), failure() and cancelled() belong in an if'
        : Scope extends `the environment ${infer Name}`
          ? `the environment ${Name} has this setting, so the job has to name it: environment: ${Name}`
          : Scope extends 'a step' | 'the workspace'
            ? Scope extends 'a step'
              ? 'env, runner, job and hashFiles are known in steps only'
              : 'github.workspace is known in steps, and in the env of a job or workflow'
            : Scope extends 'a step without an id'
              ? 'the step needs an id before others can look at it'
              : `${Scope} cannot be used here`;

/** The scopes of all expressions in a value. */
export type ScopesIn<Of> = Of extends symbol
  ? ScopeOf<Of>
  : Of extends readonly unknown[]
    ? ScopesIn<Of[number]>
    : Of extends object
      ? { [Key in keyof Of]: ScopesIn<Of[Key]> }[keyof Of]
      : never;
