import { type CallableBy, signatureOf, type WorkflowCall } from './callable.ts';
import type { Waivers } from './check/rule-names.ts';
import type { CheckedValue, ScopesIn } from './checked-value.ts';
import type { Expression } from './expression.ts';
import type { CheckedConcurrency, CheckedDefaults, Concurrency, Defaults, Job } from './job.ts';
import type { Permissions } from './permissions.ts';
import { callerPosition, type Position } from './position.ts';
import type { Member, Problem, Single } from './problem.ts';
import type { WorkflowPromise } from './promises.ts';
import type { Raw } from './raw.ts';
import type { CheckedEnv, Value } from './step.ts';
import type { CheckedTriggers, Triggers } from './triggers.ts';

/** What can be written in a workflow. */
export interface WorkflowDefinition {
  readonly name: string;
  readonly 'run-name'?: string | Expression<string, string>;
  readonly on: Triggers;
  readonly permissions: Permissions;
  readonly concurrency?: Concurrency;
  readonly env?: Readonly<Record<string, Value>>;
  readonly defaults?: Defaults;
  readonly jobs: readonly [Job, ...Job[]];
  /** What the build has to prove of the jobs. */
  readonly promises?: readonly WorkflowPromise[];
  /** Rules of the build that are not for this workflow, each with the reason. */
  readonly waive?: Waivers;
  /** What GitHub has and this layer does not, with the reason. */
  readonly raw?: Raw;
}

type CheckedWorkflow<Definition> = WorkflowDefinition extends Definition
  ? // The compiler has found a type that does not fit, and inferred nothing else.
    unknown
  : {
      readonly [Key in keyof Definition]: Key extends keyof WorkflowDefinition
        ? Key extends keyof WorkflowChecks<Definition>
          ? WorkflowChecks<Definition>[Key]
          : unknown
        : Problem<`a workflow has no key ${Key & string}`>;
    };

interface WorkflowChecks<Definition> {
  readonly 'run-name': CheckedValue<Member<Definition, 'run-name'>, never>;
  readonly on: CheckedTriggers<Member<Definition, 'on'>> &
    CheckedCallOutputs<Member<Definition, 'on'>, JobIds<Definition>>;
  readonly concurrency: CheckedConcurrency<Member<Definition, 'concurrency'>, never>;
  readonly env: CheckedEnv<Member<Definition, 'env'>, 'the workspace'>;
  readonly defaults: CheckedDefaults<Member<Definition, 'defaults'>>;
  readonly jobs: CheckedJobs<Member<Definition, 'jobs'>>;
}

/** What calls of the workflow read has to be of its own jobs. */
type CheckedCallOutputs<On, Ids extends string> = On extends {
  readonly workflow_call: WorkflowCall<infer _Inputs, infer _Secrets, infer Outputs>;
}
  ? [Exclude<ScopesIn<Outputs>, `needs.${Ids}` | 'untrusted'>] extends [never]
    ? unknown
    : {
        readonly workflow_call: Problem<`calls read ${Exclude<ScopesIn<Outputs>, `needs.${Ids}` | 'untrusted'>}, which is none of this workflow's jobs`>;
      }
  : unknown;

type JobIds<Definition> = Definition extends {
  readonly jobs: readonly { readonly id: infer Id extends string }[];
}
  ? Id
  : string;

type CheckedJobs<Jobs, Ids = never> = Jobs extends { readonly length: infer Count }
  ? number extends Count
    ? // A list that a program has made says nothing of its jobs.
      unknown
    : CheckedList<Jobs, Ids>
  : unknown;

type CheckedList<Jobs, Ids> = Jobs extends readonly [infer First, ...infer Rest]
  ? [
      First extends { readonly id: infer Id }
        ? [Single<Id>] extends [never]
          ? unknown
          : Single<Id> extends Ids & string
            ? Problem<`the workflow has a job with the id ${Id & string} already`>
            : unknown
        : unknown,
      ...CheckedList<Rest, Ids | Member<First, 'id'>>,
    ]
  : [];

/** A workflow: compiled to the file `<id>.yml`. */
export interface Workflow {
  readonly id: string;
  readonly definition: WorkflowDefinition;
  readonly defined: Position | undefined;
}

/** Defines a workflow that is compiled to the file `<id>.yml`; with `on.workflow_call` jobs of others can call it. */
export function workflow<const Definition extends WorkflowDefinition>(
  id: string,
  definition: Definition & CheckedWorkflow<Definition>,
): Workflow & CallableBy<Member<Definition, 'on'>> {
  const signature = signatureOf(id, (definition as WorkflowDefinition).on?.workflow_call);
  const made: Workflow = { id, definition, defined: callerPosition() };
  return { ...made, ...(signature && { signature }) } as Workflow &
    CallableBy<Member<Definition, 'on'>>;
}
