type Patterns = readonly [string, ...string[]];

interface Of<Activity extends string> {
  readonly types?: readonly [Activity, ...Activity[]];
}

interface Paths {
  readonly paths?: Patterns;
  readonly 'paths-ignore'?: Patterns;
}

interface Branches {
  readonly branches?: Patterns;
  readonly 'branches-ignore'?: Patterns;
}

interface Tags {
  readonly tags?: Patterns;
  readonly 'tags-ignore'?: Patterns;
}

/** When a run starts by itself. */
export interface Schedule {
  readonly cron: string;
  /** As the IANA calls it, such as `Europe/Paris`; UTC where it is not given. */
  readonly timezone?: string;
}

type Nothing = Record<never, never>;

type Change = 'created' | 'edited' | 'deleted';

type Labels = 'labeled' | 'unlabeled';
type Locks = 'locked' | 'unlocked';
type Assigned = 'assigned' | 'unassigned';
type Milestoned = 'milestoned' | 'demilestoned';

type PullRequest = Branches &
  Paths &
  Of<
    | ('opened' | 'edited' | 'closed' | 'reopened' | 'synchronize' | 'stacked')
    | (Labels | Locks | Assigned | Milestoned)
    | ('ready_for_review' | 'converted_to_draft' | 'enqueued' | 'dequeued')
    | ('review_requested' | 'review_request_removed')
    | ('auto_merge_enabled' | 'auto_merge_disabled')
  >;

/** What happens on GitHub and starts a run: https://docs.github.com/actions/reference/events-that-trigger-workflows */
export interface Events {
  readonly branch_protection_rule?: Of<Change>;
  readonly check_run?: Of<'completed' | 'created' | 'rerequested' | 'requested_action'>;
  readonly check_suite?: Of<'completed'>;
  readonly create?: Nothing;
  readonly delete?: Nothing;
  readonly deployment?: Nothing;
  readonly deployment_status?: Nothing;
  readonly discussion?: Of<
    | ('created' | 'edited' | 'deleted' | 'transferred' | 'pinned' | 'unpinned')
    | (Labels | Locks | 'category_changed' | 'answered' | 'unanswered')
  >;
  readonly discussion_comment?: Of<Change>;
  readonly fork?: Nothing;
  readonly gollum?: Nothing;
  readonly image_version?: Of<'created' | 'ready' | 'deleted'> & {
    readonly names?: Patterns;
    readonly versions?: Patterns;
  };
  readonly issue_comment?: Of<Change>;
  readonly issues?: Of<
    | ('opened' | 'edited' | 'deleted' | 'transferred' | 'pinned' | 'unpinned' | 'closed')
    | ('reopened' | 'field_added' | 'field_removed' | 'typed' | 'untyped')
    | (Labels | Locks | Assigned | Milestoned)
  >;
  readonly label?: Of<Change>;
  readonly merge_group?: Branches & Of<'checks_requested'>;
  readonly milestone?: Of<Change | 'closed' | 'opened'>;
  readonly page_build?: Nothing;
  readonly project?: Of<Change | 'closed' | 'reopened'>;
  readonly project_card?: Of<Change | 'moved' | 'converted'>;
  readonly project_column?: Of<'created' | 'updated' | 'moved' | 'deleted'>;
  readonly public?: Nothing;
  readonly pull_request?: PullRequest;
  readonly pull_request_review?: Of<'submitted' | 'edited' | 'dismissed'>;
  readonly pull_request_review_comment?: Of<Change>;
  readonly pull_request_target?: PullRequest;
  readonly push?: Branches & Tags & Paths;
  readonly registry_package?: Of<'published' | 'updated'>;
  readonly release?: Of<Change | 'published' | 'unpublished' | 'prereleased' | 'released'>;
  readonly repository_dispatch?: { readonly types?: Patterns };
  readonly schedule?: readonly [Schedule, ...Schedule[]];
  readonly status?: Nothing;
  readonly watch?: Of<'started'>;
  readonly workflow_run?: Branches & {
    readonly workflows: Patterns;
    readonly types: readonly ('completed' | 'requested' | 'in_progress')[];
  };
}
