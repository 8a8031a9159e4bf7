import { context, type Expression } from './expression.ts';

/** Text that others write: it reaches a script by its environment only, and in quotes. */
export type Untrusted = Expression<string, 'untrusted'>;

type Text = Expression<string>;
type Num = Expression<number>;
type Bool = Expression<boolean>;

/** Who did something. */
interface User {
  readonly login: Text;
  readonly id: Num;
  readonly type: Expression<'User' | 'Bot' | 'Organization'>;
}

interface Author {
  readonly name: Untrusted;
  readonly email: Untrusted;
}

interface Commit {
  readonly id: Text;
  readonly message: Untrusted;
  readonly url: Text;
  readonly timestamp: Text;
  readonly author: Author;
}

interface Repository {
  readonly name: Text;
  readonly full_name: Text;
  readonly default_branch: Text;
  readonly fork: Bool;
  readonly private: Bool;
  readonly html_url: Text;
  readonly owner: User;
}

interface Head {
  readonly ref: Untrusted;
  readonly label: Untrusted;
  readonly sha: Text;
  readonly repo: Repository;
}

/** What others write and answer: an issue, a pull request, a discussion, a comment. */
interface Written {
  readonly id: Num;
  readonly body: Untrusted;
  readonly user: User;
  readonly html_url: Text;
  readonly author_association: Expression<
    | ('OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'FIRST_TIMER')
    | ('FIRST_TIME_CONTRIBUTOR' | 'MANNEQUIN' | 'NONE')
  >;
}

interface Topic extends Written {
  readonly number: Num;
  readonly title: Untrusted;
  readonly state: Expression<'open' | 'closed'>;
  readonly locked: Bool;
}

interface Label {
  readonly name: Untrusted;
  readonly color: Text;
  readonly description: Untrusted;
}

interface Milestone {
  readonly number: Num;
  readonly title: Untrusted;
  readonly state: Expression<'open' | 'closed'>;
}

type Conclusion = Expression<
  | ('success' | 'failure' | 'cancelled' | 'skipped' | 'neutral' | 'timed_out')
  | ('action_required' | 'stale')
>;

interface Check {
  readonly id: Num;
  readonly status: Text;
  readonly conclusion: Conclusion;
  readonly head_sha: Text;
}

interface WorkflowRun extends Check {
  readonly name: Text;
  readonly event: Text;
  readonly head_branch: Untrusted;
  readonly run_attempt: Num;
  readonly run_number: Num;
  readonly html_url: Text;
  readonly actor: User;
  readonly head_commit: Commit;
  readonly head_repository: Repository;
}

/** What the events say; a field that the event lacks is empty, and the build says so. */
export interface Event {
  readonly action: Text;
  readonly sender: User;
  readonly repository: Repository;
  // push
  readonly before: Text;
  readonly after: Text;
  readonly created: Bool;
  readonly forced: Bool;
  readonly deleted: Bool;
  readonly compare: Text;
  readonly base_ref: Text;
  readonly pusher: Author;
  readonly head_commit: Commit;
  // create and delete
  readonly ref: Untrusted;
  readonly ref_type: Expression<'branch' | 'tag'>;
  readonly master_branch: Text;
  // pull requests, their reviews and comments
  readonly number: Num;
  readonly pull_request: Topic & {
    readonly draft: Bool;
    readonly merged: Bool;
    readonly merge_commit_sha: Text;
    readonly changed_files: Num;
    readonly head: Head;
    readonly base: Head;
    readonly milestone: Milestone;
  };
  readonly review: Written & {
    readonly state: Expression<'approved' | 'changes_requested' | 'commented' | 'dismissed'>;
  };
  readonly label: Label;
  readonly assignee: User;
  readonly requested_reviewer: User;
  readonly milestone: Milestone;
  // issues and discussions
  readonly issue: Topic & {
    /** Where the comment is one of a pull request. */
    readonly pull_request: Expression<object>;
    readonly milestone: Milestone;
  };
  readonly comment: Written & { readonly path: Untrusted };
  readonly discussion: Topic & { readonly category: { readonly name: Untrusted } };
  // releases, packages and deployments
  readonly release: {
    readonly id: Num;
    readonly tag_name: Untrusted;
    readonly name: Untrusted;
    readonly body: Untrusted;
    readonly draft: Bool;
    readonly prerelease: Bool;
    readonly target_commitish: Untrusted;
    readonly upload_url: Text;
    readonly html_url: Text;
    readonly author: User;
  };
  readonly registry_package: {
    readonly name: Text;
    readonly namespace: Text;
    readonly package_type: Text;
    readonly package_version: { readonly version: Untrusted; readonly name: Untrusted };
  };
  readonly deployment: {
    readonly id: Num;
    readonly environment: Text;
    readonly ref: Untrusted;
    readonly sha: Text;
    readonly task: Text;
    readonly description: Untrusted;
  };
  readonly deployment_status: {
    readonly id: Num;
    readonly state: Expression<
      'error' | 'failure' | 'inactive' | 'in_progress' | 'queued' | 'pending' | 'success'
    >;
    readonly environment: Text;
    readonly environment_url: Untrusted;
    readonly target_url: Untrusted;
    readonly description: Untrusted;
  };
  // checks, statuses, other workflows
  readonly check_run: Check & { readonly name: Untrusted };
  readonly check_suite: Check & { readonly head_branch: Untrusted };
  readonly sha: Text;
  readonly state: Expression<'error' | 'failure' | 'pending' | 'success'>;
  readonly context: Untrusted;
  readonly workflow_run: WorkflowRun;
  readonly merge_group: {
    readonly head_sha: Text;
    readonly head_ref: Untrusted;
    readonly base_sha: Text;
    readonly base_ref: Text;
  };
  // the rest
  readonly forkee: Repository;
  readonly schedule: Text;
}

interface PayloadTypes {
  readonly string: Untrusted;
  readonly number: Num;
  readonly boolean: Bool;
  readonly object: Expression<object>;
}

/** What a `repository_dispatch` is sent with: nobody but its sender knows, so whoever uses it says of what type. */
export function clientPayload<const Of extends Readonly<Record<string, keyof PayloadTypes>>>(
  _types: Of,
): { readonly [Name in keyof Of]: PayloadTypes[Of[Name]] } {
  return context('github.event.client_payload');
}
