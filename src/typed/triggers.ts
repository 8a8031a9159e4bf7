import type { WorkflowCall } from './callable.ts';
import type { CheckedCron } from './cron.ts';
import type { Events } from './events.ts';
import { context, type Expression } from './expression.ts';
import type { Problem } from './problem.ts';

/** What starts a workflow. */
export interface Triggers extends Events {
  readonly workflow_dispatch?: Dispatch | Record<never, never>;
  /** Others call the workflow: what they give and get is declared by `workflowCall`. */
  readonly workflow_call?: WorkflowCall | Record<never, never>;
}

/** What is wrong with triggers; `unknown` where they are right. */
export type CheckedTriggers<On> = {
  readonly [Event in keyof On]: Event extends keyof Triggers
    ? Event extends 'schedule'
      ? CheckedSchedules<On[Event]>
      : CheckedFilters<On[Event], Exclude<Triggers[Event], undefined>>
    : Problem<`no event is called ${Event & string}`>;
} & ([keyof On] extends [never] ? Problem<'a workflow needs an event that starts it'> : unknown);

type CheckedSchedules<Of> = { readonly [Index in keyof Of]: CheckedSchedule<Of[Index]> };

type CheckedSchedule<Of> = {
  readonly [Key in keyof Of]: Key extends 'cron'
    ? CheckedCron<Of[Key]>
    : Key extends 'timezone'
      ? CheckedTimeZone<Of[Key]>
      : Problem<`a schedule has no key ${Key & string}`>;
};

type CheckedTimeZone<Name> = Name extends 'UTC' | `${string}/${string}`
  ? unknown
  : Problem<'a time zone is called as the IANA calls it, such as Europe/Paris'>;

type CheckedFilters<Of, Known> = {
  readonly [Key in keyof Of]: Key extends `${infer Positive}-ignore`
    ? Positive extends keyof Of
      ? Problem<`${Positive} and ${Key} exclude each other: use a pattern with ! in ${Positive}`>
      : KnownFilter<Key, Known>
    : KnownFilter<Key, Known>;
};

type KnownFilter<Key, Known> =
  Key extends KeysOf<Known> ? unknown : Problem<`this event has no filter ${Key & string}`>;

type KeysOf<Of> = Of extends unknown ? keyof Of : never;

/** An input of a run that is started by hand. */
export type DispatchInput = {
  readonly description: string;
  readonly required?: boolean;
} & (
  | { readonly type: 'string'; readonly default?: string }
  | { readonly type: 'boolean'; readonly default?: boolean }
  | { readonly type: 'number'; readonly default?: number }
  /** One of the repository's environments, by name. */
  | { readonly type: 'environment'; readonly default?: string }
  | {
      readonly type: 'choice';
      readonly options: readonly [string, ...string[]];
      readonly default?: string;
    }
);

/** The inputs of a run by hand, declared and to be used; in other runs they are empty. */
export interface Dispatch<Of = Readonly<Record<string, DispatchInput>>> {
  readonly declared: Of;
  readonly inputs: {
    readonly [Name in keyof Of]: Expression<InputValue<Of[Name]>, InputScope<Of[Name]>>;
  };
}

type InputValue<Of> = Of extends { readonly type: 'boolean' }
  ? boolean
  : Of extends { readonly type: 'number' }
    ? number
    : Of extends { readonly options: readonly (infer Option extends string)[] }
      ? Option | ''
      : string;

type InputScope<Of> = Of extends { readonly type: 'string' } ? 'untrusted' : never;

/** Declares the inputs of a run that is started by hand. */
export function dispatch<const Of extends Readonly<Record<string, DispatchInput>>>(
  declared: Of & CheckedInputs<Of>,
): Dispatch<Of> {
  return { declared, inputs: context('inputs') };
}

type CheckedInputs<Of> = {
  readonly [Name in keyof Of]: Of[Name] extends {
    readonly options: readonly (infer Option)[];
    readonly default: infer Default;
  }
    ? Default extends Option
      ? unknown
      : { readonly default: Problem<'the default is none of the options'> }
    : {
        readonly [Key in keyof Of[Name]]: Key extends KeysOf<DispatchInput>
          ? unknown
          : Problem<`an input has no key ${Key & string}`>;
      };
};
