import type { Plain } from '../plain.ts';
import { activitiesOf } from './activities.ts';
import type { Checked } from './fault.ts';

/** A value that an expression is compared with, and by what. */
export interface Asked {
  readonly value: string | number | boolean | null;
  readonly by: '==' | 'startsWith' | 'contains';
}

type Events = Readonly<Record<string, unknown>>;

/** Why a reference never has the value it is compared with; `undefined` where it may. GitHub ignores case. */
export function impossible(
  names: readonly string[],
  { value, by }: Asked,
  { workflow }: Checked,
): string | undefined {
  const name = names.join('.');
  if (names[0] === 'inputs' && by === '==') return impossibleInput(names[1], value, workflow.on);
  if (name.startsWith('github.event.inputs.'))
    return typeof value === 'boolean' && by === '=='
      ? `${name} is text and never ${value}: compare it with '${value}', or take inputs.${names.at(-1)}`
      : undefined;
  if (typeof value !== 'string') return undefined;
  const text = value.toLowerCase();
  if (name === 'github.ref') return impossibleRef(text, by, workflow.on);
  if (name === 'github.ref_name')
    return text.startsWith('refs/')
      ? 'github.ref_name is the name alone, without refs/: compare github.ref'
      : undefined;
  const values =
    name === 'github.event.action'
      ? actionsOf(workflow)
      : name === 'github.event_name'
        ? eventsOf(workflow.on)
        : resultsOf(names);
  if (!values || values.some((each) => isAnswer(each, text, by))) return undefined;
  return `${name} is never '${value}', only ${values.filter(Boolean).join(', ')}`;
}

function isAnswer(possible: string, text: string, by: Asked['by']): boolean {
  if (by === '==') return possible === text;
  return by === 'startsWith' ? possible.startsWith(text) : possible.includes(text);
}

/** The results that a reference can have; a step that did not run yet has none. */
function resultsOf(names: readonly string[]): readonly string[] | undefined {
  const [context, ...rest] = names;
  const field = rest.at(-1) ?? '';
  const isResult =
    (context === 'needs' && field === 'result') ||
    (context === 'steps' && rest.length > 1 && ['outcome', 'conclusion'].includes(field)) ||
    (context === 'job' && field === 'status');
  // An output may be called result too.
  if (!isResult || rest.includes('outputs')) return undefined;
  return ['success', 'failure', 'cancelled', 'skipped', ''];
}

/** The activities, or the types of dispatches, that start a workflow; none where an event may have any. */
function actionsOf(workflow: Plain): readonly string[] | undefined {
  if ('workflow_call' in workflow.on) return undefined;
  const all = Object.keys(workflow.on)
    .filter((event) => !withoutAction.includes(event))
    .map((event) => activitiesOf(event, workflow));
  return all.length === 0 || all.includes(undefined)
    ? undefined
    : all.flatMap((each) => each ?? []).map((each) => each.toLowerCase());
}

const withoutAction = [
  'push',
  'schedule',
  'workflow_dispatch',
  'create',
  'delete',
  'fork',
  'page_build',
  'status',
];

/** A workflow that others call has the events of its callers. */
function eventsOf(on: Events): readonly string[] | undefined {
  const events = Object.keys(on);
  return events.length === 0 || events.includes('workflow_call') ? undefined : events;
}

function impossibleRef(text: string, by: Asked['by'], on: Events): string | undefined {
  if (by === 'contains') return undefined;
  const begins = text.startsWith('refs/') || (by === 'startsWith' && 'refs/'.startsWith(text));
  if (!begins && text !== '')
    return `github.ref begins with refs/, such as refs/heads/main, and never with '${text}'`;
  const [, kind] = /^refs\/([^/]+)\//.exec(text) ?? [];
  if (kind !== undefined && !['heads', 'tags', 'pull'].includes(kind))
    return `github.ref is refs/heads/…, refs/tags/… or refs/pull/…, and never refs/${kind}/…`;
  const branches = onlyBranches(on);
  const [, branch] = /^refs\/heads\/(.+)$/.exec(text) ?? [];
  if (by !== '==' || branch === undefined || !branches || branches.includes(branch))
    return undefined;
  return `the workflow runs only on ${branches.join(', ')}, never on the branch ${branch}`;
}

/** The branches that alone start a workflow, in small letters. */
function onlyBranches(on: Events): readonly string[] | undefined {
  const { push, ...others } = on;
  const { branches } = (push ?? {}) as { branches?: unknown };
  if (Object.keys(others).length > 0 || branches === undefined) return undefined;
  const names = [branches].flat().map((each) => String(each).toLowerCase());
  return names.some((each) => /[*?+![\]\\]/.test(each)) ? undefined : names;
}

interface Input {
  readonly type?: string;
  readonly options?: readonly unknown[];
}

function impossibleInput(
  name: string | undefined,
  value: Asked['value'],
  on: Events,
): string | undefined {
  const { type, options = [] } = (name && inputOf(name, on)) || {};
  if (typeof value !== 'string' || value === '') return undefined;
  // GitHub makes numbers of both sides where their types differ.
  if ((type === 'boolean' || type === 'number') && Number.isNaN(Number(value)))
    return `inputs.${name} is a ${type} and never the text '${value}'`;
  const choices = options.map((each) => String(each));
  if (type !== 'choice' || choices.some((each) => each.toLowerCase() === value.toLowerCase()))
    return undefined;
  return `inputs.${name} is never '${value}', only ${choices.join(', ')}`;
}

function inputOf(name: string, on: Events): Input | undefined {
  const declared = [on.workflow_dispatch, on.workflow_call].map(
    (event) =>
      (event as { inputs?: Readonly<Record<string, Input | null>> } | null)?.inputs?.[name],
  );
  const [first, second] = declared;
  // An input of both events may have a type in each.
  return first && second && first.type !== second.type ? undefined : (first ?? second ?? undefined);
}
