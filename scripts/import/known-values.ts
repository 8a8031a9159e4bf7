import { bare, type Expression } from '../../src/typed/expression.ts';
import { github, runner } from '../../src/typed/index.ts';
import type { Permissions } from '../../src/typed/permissions.ts';
import type { Shell } from '../../src/typed/step.ts';
import type { Triggers } from '../../src/typed/triggers.ts';

/**
 * What the layer has types for, as far as an import has to know it: types are gone when a program runs. Each list is
 * checked against the layer's types, so that it says nothing that they do not have.
 */

type Filters<Event extends keyof Triggers> = Exclude<Triggers[Event], undefined>;

/** A record that has to grow with the type. */
type All<Names extends string> = Readonly<Record<Names, true>>;

type KeysOf<Of> = Of extends unknown ? keyof Of & string : never;

type Types<Event extends keyof Triggers> =
  Filters<Event> extends { readonly types?: infer List }
    ? Extract<Exclude<List, undefined>, readonly unknown[]>[number] & string
    : never;

interface EventFacts {
  readonly filters: readonly string[];
  /** The activities; undefined where it takes any. */
  readonly types?: readonly string[];
}

const branches: All<'branches' | 'branches-ignore'> = { branches: true, 'branches-ignore': true };
const paths: All<'paths' | 'paths-ignore'> = { paths: true, 'paths-ignore': true };
const types: All<'types'> = { types: true };

const change: All<'created' | 'edited' | 'deleted'> = {
  created: true,
  edited: true,
  deleted: true,
};
const pullRequest: All<Types<'pull_request'>> = {
  opened: true,
  edited: true,
  closed: true,
  reopened: true,
  synchronize: true,
  stacked: true,
  labeled: true,
  unlabeled: true,
  locked: true,
  unlocked: true,
  assigned: true,
  unassigned: true,
  milestoned: true,
  demilestoned: true,
  ready_for_review: true,
  converted_to_draft: true,
  enqueued: true,
  dequeued: true,
  review_requested: true,
  review_request_removed: true,
  auto_merge_enabled: true,
  auto_merge_disabled: true,
};
const release: All<Types<'release'>> = {
  created: true,
  edited: true,
  deleted: true,
  published: true,
  unpublished: true,
  prereleased: true,
  released: true,
};
const issues: All<Types<'issues'>> = {
  opened: true,
  edited: true,
  deleted: true,
  transferred: true,
  pinned: true,
  unpinned: true,
  closed: true,
  reopened: true,
  field_added: true,
  field_removed: true,
  typed: true,
  untyped: true,
  labeled: true,
  unlabeled: true,
  locked: true,
  unlocked: true,
  assigned: true,
  unassigned: true,
  milestoned: true,
  demilestoned: true,
};
const discussion: All<Types<'discussion'>> = {
  created: true,
  edited: true,
  deleted: true,
  transferred: true,
  pinned: true,
  unpinned: true,
  labeled: true,
  unlabeled: true,
  locked: true,
  unlocked: true,
  category_changed: true,
  answered: true,
  unanswered: true,
};
const workflowRun: All<Types<'workflow_run'>> = {
  completed: true,
  requested: true,
  in_progress: true,
};

/** The filters of an event, and its activities; each has to be one that the layer's type has. */
function facts<Event extends keyof Triggers>(
  _event: Event,
  filters: All<KeysOf<Filters<Event>>>,
  activities?: Types<Event> extends never ? never : All<Types<Event>>,
): EventFacts {
  return { filters: Object.keys(filters), ...(activities && { types: Object.keys(activities) }) };
}

/** The events that start a workflow, apart from `schedule` and `workflow_dispatch`, which have no filters. */
export const events: Readonly<Record<string, EventFacts>> = {
  branch_protection_rule: facts('branch_protection_rule', types, change),
  check_run: facts('check_run', types, {
    completed: true,
    created: true,
    rerequested: true,
    requested_action: true,
  }),
  check_suite: facts('check_suite', types, { completed: true }),
  create: facts('create', {}),
  delete: facts('delete', {}),
  deployment: facts('deployment', {}),
  deployment_status: facts('deployment_status', {}),
  discussion: facts('discussion', types, discussion),
  discussion_comment: facts('discussion_comment', types, change),
  fork: facts('fork', {}),
  gollum: facts('gollum', {}),
  image_version: facts(
    'image_version',
    { ...types, names: true, versions: true },
    { created: true, ready: true, deleted: true },
  ),
  issue_comment: facts('issue_comment', types, change),
  issues: facts('issues', types, issues),
  label: facts('label', types, change),
  merge_group: facts('merge_group', { ...branches, ...types }, { checks_requested: true }),
  milestone: facts('milestone', types, { ...change, closed: true, opened: true }),
  page_build: facts('page_build', {}),
  project: facts('project', types, { ...change, closed: true, reopened: true }),
  project_card: facts('project_card', types, { ...change, moved: true, converted: true }),
  project_column: facts('project_column', types, {
    created: true,
    updated: true,
    moved: true,
    deleted: true,
  }),
  public: facts('public', {}),
  pull_request: facts('pull_request', { ...branches, ...paths, ...types }, pullRequest),
  pull_request_review: facts('pull_request_review', types, {
    submitted: true,
    edited: true,
    dismissed: true,
  }),
  pull_request_review_comment: facts('pull_request_review_comment', types, change),
  pull_request_target: facts(
    'pull_request_target',
    { ...branches, ...paths, ...types },
    pullRequest,
  ),
  push: facts('push', { ...branches, tags: true, 'tags-ignore': true, ...paths }),
  registry_package: facts('registry_package', types, { published: true, updated: true }),
  release: facts('release', types, release),
  repository_dispatch: facts('repository_dispatch', types),
  status: facts('status', {}),
  watch: facts('watch', types, { started: true }),
  workflow_run: facts('workflow_run', { ...branches, workflows: true, ...types }, workflowRun),
};

/** The names that `github.event_name` can have. */
export const eventNames: readonly string[] = [
  ...Object.keys(events),
  'schedule',
  'workflow_dispatch',
];

const scopes: All<keyof Permissions> = {
  actions: true,
  'artifact-metadata': true,
  attestations: true,
  checks: true,
  'code-quality': true,
  contents: true,
  'copilot-requests': true,
  deployments: true,
  discussions: true,
  drives: true,
  'id-token': true,
  issues: true,
  models: true,
  packages: true,
  pages: true,
  'pull-requests': true,
  'repository-projects': true,
  'security-events': true,
  statuses: true,
  'vulnerability-alerts': true,
};

/** Whether a token's scope can have a level. */
export function isPermission(scope: string, level: string): boolean {
  if (!Object.hasOwn(scopes, scope)) return false;
  if (scope === 'id-token' || scope === 'copilot-requests')
    return level === 'write' || level === 'none';
  if (scope === 'models' || scope === 'vulnerability-alerts')
    return level === 'read' || level === 'none';
  return level === 'read' || level === 'write' || level === 'none';
}

const shells: All<Shell> = {
  bash: true,
  sh: true,
  pwsh: true,
  powershell: true,
  cmd: true,
  python: true,
};

export function isShell(name: string): boolean {
  return Object.hasOwn(shells, name);
}

/** Whether a label is one of GitHub's own that the layer knows. */
export function isRunner(label: string): boolean {
  return /^(?:ubuntu-(?:latest|24\.04|22\.04|24\.04-arm|22\.04-arm)|windows-(?:latest|2025|2022|11-arm)|macos-(?:latest|26|15|14|15-intel))$/.test(
    label,
  );
}

const field = (value: string) => {
  const range = `(?:\\*|${value}(?:-${value})?)(?:/[1-9]\\d*)?`;
  return `${range}(?:,${range})*`;
};
const month = '(?:0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)';
const cron = new RegExp(
  `^${[
    field('[0-5]?\\d'),
    field('(?:[01]?\\d|2[0-3])'),
    field('(?:0?[1-9]|[12]\\d|3[01])'),
    field(month),
    field('(?:[0-6]|SUN|MON|TUE|WED|THU|FRI|SAT)'),
  ].join(' ')}$`,
);

export function isCron(text: string): boolean {
  return cron.test(text);
}

/** What an expression evaluates to. */
export type Type =
  | { readonly kind: 'text' | 'boolean' | 'number' | 'object' | 'ref' }
  | { readonly kind: 'values'; readonly values: readonly (string | number | boolean)[] };

/** A part of a context that the layer has a type for. */
export interface Reference {
  readonly type: Type;
  readonly untrusted: boolean;
  /** What the place has to offer. */
  readonly scope?: string;
}

const known = new Map<string, Reference>();

function add(
  expressions: readonly Expression<unknown, string>[],
  type: Type,
  { untrusted = false, scope }: { readonly untrusted?: boolean; readonly scope?: string } = {},
): void {
  for (const each of expressions)
    known.set(bare(each).toLowerCase(), { type, untrusted, ...(scope && { scope }) });
}

const { event } = github;
const pull = event.pull_request;

const texts: readonly Expression<string>[] = [
  ...[github.actor, github.job, github.repository, github.repository_owner, github.server_url],
  ...[github.sha, github.triggering_actor, github.workflow],
  ...[event.action, event.before, event.after],
  ...[event.head_commit.id, event.head_commit.url, event.head_commit.timestamp],
  ...[pull.user.login, pull.head.sha, pull.head.repo.full_name],
  ...[pull.base.sha, pull.base.repo.full_name, event.workflow_run.head_sha],
];
const foreign: readonly Expression<string, 'untrusted'>[] = [
  ...[github.base_ref, github.head_ref, github.ref_name],
  ...[event.head_commit.message, event.head_commit.author.name, event.head_commit.author.email],
  ...[pull.title, pull.body, pull.head.ref, pull.head.label, pull.base.ref, pull.base.label],
  event.workflow_run.head_branch,
];
const booleans: readonly Expression<boolean>[] = [
  ...[event.forced, event.deleted, pull.draft, pull.merged],
  ...[pull.head.repo.fork, pull.base.repo.fork, github.ref_protected],
];
const numbers: readonly Expression<number>[] = [
  ...[github.run_attempt, github.run_id, github.run_number, pull.number, event.workflow_run.id],
];

/** How a job can have ended. */
export const results = ['success', 'failure', 'cancelled', 'skipped'];

add(texts, { kind: 'text' });
add(foreign, { kind: 'text' }, { untrusted: true });
add(booleans, { kind: 'boolean' });
add(numbers, { kind: 'number' });
add([github.event], { kind: 'object' });
add([github.ref], { kind: 'ref' }, { untrusted: true });
add([github.ref_type], { kind: 'values', values: ['branch', 'tag'] });
add([github.event_name], { kind: 'values', values: eventNames });
add([event.workflow_run.conclusion], { kind: 'values', values: results });
add([github.token], { kind: 'text' }, { scope: 'a secret' });
add([github.workspace], { kind: 'text' }, { scope: 'the workspace' });
add([runner.os], { kind: 'values', values: ['Linux', 'Windows', 'macOS'] }, { scope: 'a step' });
add([runner.arch], { kind: 'values', values: ['X86', 'X64', 'ARM', 'ARM64'] }, { scope: 'a step' });
add([runner.temp], { kind: 'text' }, { scope: 'a step' });

/** What is known of a reference such as `github.sha`. */
export function referenceTo(path: string): Reference | undefined {
  return known.get(path.toLowerCase());
}
