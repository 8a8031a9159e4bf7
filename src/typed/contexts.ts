import { context, type Expression } from './expression.ts';
import type { Triggers } from './triggers.ts';

/** Text that others write: it reaches a script by its environment only, and in quotes. */
export type Untrusted = Expression<string, 'untrusted'>;

/** The results a job can have. */
export type Result = 'success' | 'failure' | 'cancelled' | 'skipped';

interface Author {
  readonly name: Untrusted;
  readonly email: Untrusted;
}

interface Commit {
  readonly id: Expression<string>;
  readonly message: Untrusted;
  readonly url: Expression<string>;
  readonly timestamp: Expression<string>;
  readonly author: Author;
}

interface Head {
  readonly ref: Untrusted;
  readonly label: Untrusted;
  readonly sha: Expression<string>;
  readonly repo: { readonly full_name: Expression<string>; readonly fork: Expression<boolean> };
}

/** What the events that a workflow of this layer can have say; a field that the event lacks is empty. */
interface Event {
  readonly action: Expression<string>;
  readonly before: Expression<string>;
  readonly after: Expression<string>;
  readonly forced: Expression<boolean>;
  readonly deleted: Expression<boolean>;
  readonly head_commit: Commit;
  readonly pull_request: {
    readonly number: Expression<number>;
    readonly title: Untrusted;
    readonly body: Untrusted;
    readonly draft: Expression<boolean>;
    readonly merged: Expression<boolean>;
    readonly user: { readonly login: Expression<string> };
    readonly head: Head;
    readonly base: Head;
  };
  readonly workflow_run: {
    readonly id: Expression<number>;
    readonly conclusion: Expression<Result>;
    readonly head_sha: Expression<string>;
    readonly head_branch: Untrusted;
  };
}

interface GitHub {
  readonly actor: Expression<string>;
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
  readonly repository_owner: Expression<string>;
  readonly run_attempt: Expression<number>;
  readonly run_id: Expression<number>;
  readonly run_number: Expression<number>;
  readonly server_url: Expression<string>;
  readonly sha: Expression<string>;
  readonly token: Expression<string, 'a secret'>;
  readonly triggering_actor: Expression<string>;
  readonly workflow: Expression<string>;
  readonly workspace: Expression<string, 'the workspace'>;
}

/** The event, the commit and the run: https://docs.github.com/actions/reference/contexts-reference */
export const github = context<GitHub>('github');

/** The machine that runs the job. */
export const runner = context<{
  readonly os: Expression<'Linux' | 'Windows' | 'macOS', 'a step'>;
  readonly arch: Expression<'X86' | 'X64' | 'ARM' | 'ARM64', 'a step'>;
  readonly temp: Expression<string, 'a step'>;
}>('runner');

/** The job so far. */
export const jobStatus: Expression<'success' | 'failure' | 'cancelled', 'a step'> =
  context('job.status');

/** Results and outputs of all jobs that the job needs, as one object. */
export const needs: Expression<object> = context('needs');
