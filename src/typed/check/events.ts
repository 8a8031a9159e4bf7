import type { Expr } from '@actions/expressions';
import { Binary, FunctionCall, Literal, Logical } from '@actions/expressions/ast';
import type { Checked, Fault } from './fault.ts';
import { eventsOfJob } from './job-events.ts';
import { expressionsIn, parse, partsOf, referenceOf } from './references.ts';

interface Input {
  readonly default?: unknown;
}

const pullRequests = [
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
];

/** Which events have a part of their payload. */
const ofEvents: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^github\.(?:head_ref|base_ref|event\.pull_request\b.*)$/, pullRequests],
  [
    /^github\.event\.(?:head_commit|commits|pusher|before|after|forced|compare)\b.*$/,
    ['push', 'pull_request', 'pull_request_target'],
  ],
  [/^github\.event\.workflow_run\b.*$/, ['workflow_run']],
  [/^github\.event\.release\b.*$/, ['release']],
  [
    /^github\.event\.comment\b.*$/,
    ['issue_comment', 'pull_request_review_comment', 'commit_comment', 'discussion_comment'],
  ],
  [/^github\.event\.issue\b.*$/, ['issues', 'issue_comment']],
  [/^github\.event\.review\b.*$/, ['pull_request_review']],
  [/^github\.event\.discussion\b.*$/, ['discussion', 'discussion_comment']],
  [/^github\.event\.deployment_status\b.*$/, ['deployment_status']],
  [/^github\.event\.deployment\b.*$/, ['deployment', 'deployment_status']],
  [/^github\.event\.registry_package\b.*$/, ['registry_package']],
  [/^github\.event\.check_run\b.*$/, ['check_run']],
  [/^github\.event\.check_suite\b.*$/, ['check_suite', 'check_run']],
  [/^github\.event\.forkee\b.*$/, ['fork']],
  [/^github\.event\.merge_group\b.*$/, ['merge_group']],
  [/^github\.event\.client_payload\b.*$/, ['repository_dispatch']],
  [/^github\.event\.schedule$/, ['schedule']],
];

/** What an expression takes from an event that does not start the workflow, or from a run by hand in all other runs. */
export function eventFaults(checked: Checked): Fault[] {
  return expressionsIn(checked.workflow, []).flatMap(({ path, source }) => {
    const [of, id] = path;
    const job = of === 'jobs' && path[2] !== 'if' ? checked.workflow.jobs[String(id)] : undefined;
    const events = job ? eventsOfJob(job, checked.workflow) : Object.keys(checked.workflow.on);
    const message = messageOf(parse(source), { ...checked, events }, { alternative: false });
    return message === undefined ? [] : [{ path, message }];
  });
}

interface InEvents extends Checked {
  /** Those in which the expression is evaluated. */
  readonly events: readonly string[];
}

interface Around {
  /** Whether another value takes the place of one that is empty. */
  readonly alternative: boolean;
  /** Whether another condition opens what this one does not. */
  readonly eitherWay?: boolean;
}

function messageOf(node: Expr, checked: InEvents, around: Around): string | undefined {
  const names = referenceOf(node);
  if (names) return around.alternative ? undefined : absent(names, checked);
  const compared = around.eitherWay ? undefined : comparison(node, checked);
  if (compared) return compared;
  const alternative =
    around.alternative ||
    (node instanceof Logical && node.args.length > 1) ||
    (node instanceof FunctionCall && /^(?:contains|toJSON)$/i.test(node.functionName.lexeme));
  const eitherWay = around.eitherWay || (node instanceof Logical && node.operator.lexeme === '||');
  for (const part of partsOf(node)) {
    const message = messageOf(part, checked, { alternative, eitherWay });
    if (message) return message;
  }
  return undefined;
}

function absent(names: readonly string[], { workflow, events }: InEvents): string | undefined {
  if (events.length === 0 || 'workflow_call' in workflow.on) return undefined;
  const name = names.join('.');
  const [, having] = ofEvents.find(([pattern]) => pattern.test(name)) ?? [];
  if (!having || having.some((event) => events.includes(event))) return undefined;
  return having.some((event) => event in workflow.on)
    ? `${name} is empty here: the job runs in ${events.join(', ')} only`
    : `${name} is empty in every run: ${having[0]} does not start this workflow`;
}

/** `inputs.x == 'a'` where a is the default: a push has no inputs, and no defaults of them. */
function comparison(node: Expr, { workflow }: Checked): string | undefined {
  if (!(node instanceof Binary) || node.operator.lexeme !== '==') return undefined;
  const [reference, literal] =
    node.right instanceof Literal ? [node.left, node.right] : [node.right, node.left];
  const names = referenceOf(reference);
  if (!names || !(literal instanceof Literal)) return undefined;
  const name =
    names[0] === 'inputs'
      ? names[1]
      : names.slice(0, 3).join('.') === 'github.event.inputs'
        ? names[3]
        : undefined;
  const dispatch = (workflow.on.workflow_dispatch ?? {}) as {
    inputs?: Readonly<Record<string, Input | null>>;
  };
  const fallback = name === undefined ? undefined : dispatch.inputs?.[name]?.default;
  const others = Object.keys(workflow.on).filter(
    (event) => event !== 'workflow_dispatch' && event !== 'workflow_call',
  );
  const value = literal.literal.coerceString();
  if (
    fallback === undefined ||
    others.length === 0 ||
    String(fallback) !== value ||
    value === '' ||
    value === 'false'
  )
    return undefined;
  return `inputs.${name} is empty in a ${others[0]}, and not its default ${value}: ask for what differs instead, or for '' too`;
}
