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

const pullRequest: All<Types<'pull_request'>> = {
  opened: true,
  edited: true,
  closed: true,
  reopened: true,
  synchronize: true,
  labeled: true,
  unlabeled: true,
  ready_for_review: true,
  converted_to_draft: true,
  review_requested: true,
};
const release: All<Types<'release'>> = {
  published: true,
  created: true,
  edited: true,
  released: true,
  prereleased: true,
};
const issues: All<Types<'issues'>> = {
  opened: true,
  edited: true,
  closed: true,
  reopened: true,
  labeled: true,
};
const comment: All<Types<'issue_comment'>> = { created: true, edited: true, deleted: true };
const workflowRun: All<Types<'workflow_run'>> = {
  completed: true,
  requested: true,
  in_progress: true,
};

/** The filters of an event; each has to be one that the layer's type has. */
function facts<Event extends keyof Triggers>(
  _event: Event,
  filters: All<KeysOf<Filters<Event>>> | object,
  activities?: object,
): EventFacts {
  return { filters: Object.keys(filters), ...(activities && { types: Object.keys(activities) }) };
}

/** The events that start a workflow, apart from `schedule` and `workflow_dispatch`, which have no filters. */
export const events: Readonly<Record<string, EventFacts>> = {
  push: facts('push', { ...branches, tags: true, 'tags-ignore': true, ...paths }),
  pull_request: facts('pull_request', { ...branches, ...paths, ...types }, pullRequest),
  pull_request_target: facts(
    'pull_request_target',
    { ...branches, ...paths, ...types },
    pullRequest,
  ),
  release: facts('release', types, release),
  issues: facts('issues', types, issues),
  issue_comment: facts('issue_comment', types, comment),
  repository_dispatch: facts('repository_dispatch', types),
  workflow_run: facts('workflow_run', { ...branches, workflows: true, ...types }, workflowRun),
  merge_group: facts('merge_group', {}),
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
  contents: true,
  deployments: true,
  discussions: true,
  'id-token': true,
  issues: true,
  models: true,
  packages: true,
  pages: true,
  'pull-requests': true,
  'security-events': true,
  statuses: true,
};

/** Whether a token's scope can have a level. */
export function isPermission(scope: string, level: string): boolean {
  if (!Object.hasOwn(scopes, scope)) return false;
  if (scope === 'id-token') return level === 'write' || level === 'none';
  if (scope === 'models') return level === 'read' || level === 'none';
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
