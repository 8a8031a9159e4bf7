import { context, type Expression, expression } from './expression.ts';
import type { Event, Untrusted } from './payloads.ts';
import type { Triggers } from './triggers.ts';

/** The results a job can have. */
export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

interface GitHub {
  readonly actor: Expression<string>;
  readonly actor_id: Expression<string>;
  readonly api_url: Expression<string>;
  readonly base_ref: Untrusted;
  readonly event: Expression<object> & Event;
  /** A called workflow has that of its caller. */
  readonly event_name: Expression<Exclude<keyof Triggers, 'workflow_call'>>;
  readonly head_ref: Untrusted;
  readonly job: Expression<string>;
  readonly ref: Expression<`refs/${string}`, 'untrusted'>;
  readonly ref_name: Untrusted;
  readonly ref_protected: Expression<boolean>;
  readonly ref_type: Expression<'branch' | 'tag'>;
  readonly repository: Expression<string>;
  readonly repository_id: Expression<string>;
  readonly repository_owner: Expression<string>;
  readonly run_attempt: Expression<number>;
  readonly run_id: Expression<number>;
  readonly run_number: Expression<number>;
  readonly server_url: Expression<string>;
  readonly sha: Expression<string>;
  readonly token: Expression<string, 'a secret'>;
  readonly triggering_actor: Expression<string>;
  readonly workflow: Expression<string>;
  readonly workflow_ref: Expression<string>;
  readonly workflow_sha: Expression<string>;
  readonly workspace: Expression<string, 'the workspace'>;
}

/** The event, the commit and the run: https://docs.github.com/actions/reference/contexts-reference */
export const github = context<GitHub>('github');

/** The machine that runs the job. */
export const runner = context<{
  readonly os: Expression<'Linux' | 'Windows' | 'macOS', 'a step'>;
  readonly arch: Expression<'X86' | 'X64' | 'ARM' | 'ARM64', 'a step'>;
  readonly temp: Expression<string, 'a step'>;
  readonly tool_cache: Expression<string, 'a step'>;
  readonly name: Expression<string, 'a step'>;
  /** `'1'` where debug logging is on. */
  readonly debug: Expression<string, 'a step'>;
  readonly environment: Expression<'github-hosted' | 'self-hosted', 'a step'>;
}>('runner');

/** The job so far. */
export const jobStatus: Expression<'success' | 'failure' | 'cancelled', 'a step'> =
  context('job.status');

/** A variable of the step, of its job or workflow, or one that a step before has exported; a script reads `$NAME`. */
export function env<const Name extends string>(name: Name): Expression<string, 'a step'> {
  return context<Readonly<Record<Name, Expression<string, 'a step'>>>>('env')[name];
}

/** The port of this machine that a port of a service was given. */
export function servicePort(service: string, port: number): Expression<string, 'a step'> {
  return expression(`job.services.${service}.ports['${port}']`);
}

/** The container that the job runs in, and the network of its services. */
export const jobContainer = context<{
  readonly id: Expression<string, 'a step'>;
  readonly network: Expression<string, 'a step'>;
}>('job.container');

/** Which run of its matrix a job is, and of how many. */
export const strategy = context<{
  readonly 'job-index': Expression<number>;
  readonly 'job-total': Expression<number>;
  readonly 'fail-fast': Expression<boolean>;
  readonly 'max-parallel': Expression<number>;
}>('strategy');

/** Results and outputs of all jobs that the job needs, as one object. */
export const needs: Expression<object> = context('needs');
