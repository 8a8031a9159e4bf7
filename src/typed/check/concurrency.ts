import type { Plain, PlainJob } from '../plain.ts';
import { evaluateText, type Scenario, simulate } from '../simulate.ts';
import { deploys } from './deploying.ts';
import { type Checked, type Fault, jobsOf, type Path } from './fault.ts';
import { expressionsIn, parse, usesOf, writtenOf } from './references.ts';
import { beginningsOf } from './scenarios.ts';

/** A concurrency, where it stands. */
interface Group {
  readonly path: Path;
  readonly group: string;
  readonly cancels: boolean | string;
  /** The job that has it; none where it is the workflow's. */
  readonly job?: string;
}

/**
 * Groups that hold nothing back, or too much: of one run each, of all runs of a matrix, shared by a job and its own
 * workflow, or with another workflow that cancels or waits in the place of a deployment.
 */
export function concurrencyFaults(checked: Checked): Fault[] {
  const { workflow, others = {} } = checked;
  const own = groupsOf(workflow);
  return [
    ...own.flatMap((each) =>
      Object.entries(others).flatMap(([id, other]) => shared(each, workflow, { id, other })),
    ),
    ...own.flatMap((each) => oneOf(each, checked)),
    ...deployments(checked, own),
  ];
}

function groupsOf(workflow: Plain): readonly Group[] {
  const of = (part: Plain | PlainJob, path: Path, job?: string): Group[] => {
    const { concurrency } = part;
    if (concurrency === undefined) return [];
    const group = typeof concurrency === 'string' ? concurrency : (concurrency.group ?? '');
    const cancels =
      typeof concurrency === 'string' ? false : (concurrency['cancel-in-progress'] ?? false);
    return [
      {
        path: [...path, 'concurrency'],
        group: String(group),
        cancels,
        ...(job !== undefined && { job }),
      },
    ];
  };
  return [
    ...of(workflow, []),
    ...Object.entries(workflow.jobs).flatMap(([id, job]) => of(job, ['jobs', id], id)),
  ];
}

const unique = ['run_id', 'run_number', 'run_attempt'];

function oneOf({ path, group, job: id }: Group, checked: Checked): Fault[] {
  const { workflow } = checked;
  const at = [...path, 'group'];
  const names = expressionsIn(group, path).flatMap(({ source }) =>
    // What stands behind || is for events that have no branch.
    /\|\|/.test(source) ? [] : usesOf(source).references,
  );
  const alone = names.find(
    ([context, name = '']) =>
      context === 'github' && (unique.includes(name) || (name === 'sha' && anyDeploys(workflow))),
  );
  if (alone)
    return [
      {
        path: at,
        message: `every run has its own ${alone.join('.')}, so that this group holds nobody back`,
      },
    ];
  const of = id === undefined ? undefined : workflow.jobs[id];
  const axes = Object.keys((of?.strategy?.matrix ?? {}) as object).filter(
    (key) => key !== 'include' && key !== 'exclude',
  );
  if (
    of?.strategy?.matrix !== undefined &&
    axes.length > 0 &&
    !names.some(([context]) => context === 'matrix' || context === 'strategy')
  )
    return [
      {
        path: at,
        message: `all runs of the matrix are in one group: the next one cancels the one that waits. Add matrix.${axes[0]} to it`,
      },
    ];
  const cancels = workflow.concurrency;
  if (
    id === undefined &&
    !group.includes('${{') &&
    typeof cancels === 'object' &&
    cancels['cancel-in-progress'] === true &&
    'pull_request' in workflow.on
  )
    return [
      {
        path: at,
        message:
          'all pull requests are in this group: a run of one cancels that of another. Add github.ref to it',
        consequence: true,
      },
    ];
  const above =
    typeof workflow.concurrency === 'string' ? workflow.concurrency : workflow.concurrency?.group;
  if (id !== undefined && above === group)
    return [
      {
        path: at,
        message:
          'the job waits for its own workflow, which has this group already: GitHub cancels the run',
      },
    ];
  return [];
}

/** Two workflows in one group: the later one cancels the earlier, or takes the place of the one that waits. */
function shared(
  { path, group, cancels }: Group,
  workflow: Plain,
  { id, other }: { readonly id: string; readonly other: Plain },
): Fault[] {
  const names = [...namesOf(group, workflow)];
  const same = groupsOf(other).find((each) => {
    const theirs = namesOf(each.group, other);
    return names.some((name) => theirs.has(name));
  });
  if (!same) return [];
  const [here, there] = [anyDeploys(workflow), anyDeploys(other)];
  // It is told where it cancels, or at what deploys nothing.
  if (cancels !== false && there)
    return [
      {
        path: [...path, 'group'],
        message: `the workflow ${id} has this group too, and deploys: a run of this one cancels a deployment half way`,
      },
    ];
  if (cancels === false && same.cancels === false && there && !here)
    return [
      {
        path: [...path, 'group'],
        message: `the workflow ${id} has this group too, and deploys: a run of this one takes the place of a deployment that waits`,
      },
    ];
  return [];
}

/** The names that a group can have, as it is written and in the ways that a run can begin; none that only one workflow has. */
function namesOf(group: string, workflow: Plain): ReadonlySet<string> {
  if (group === '' || /github\.workflow\b/.test(group)) return new Set();
  const inRuns = beginningsOf(workflow).map((beginning) =>
    group.replaceAll(/\$\{\{.*?\}\}/gs, (text) => String(evaluateText(text, beginning) ?? text)),
  );
  return new Set([group, ...inRuns].map((name) => name.replaceAll(/\s+/g, '').toLowerCase()));
}

function anyDeploys(workflow: Plain): boolean {
  return Object.values(workflow.jobs).some(deploys);
}

/** What may be cancelled half way by a condition, and what promises to deploy without any group. */
function deployments(checked: Checked, own: readonly Group[]): Fault[] {
  const { workflow, promises = [] } = checked;
  const deploying = jobsOf(checked).filter(({ job }) => deploys(job));
  const [first] = deploying;
  if (!first) return [];
  const deploysIn = (beginning: Scenario) => {
    const ended = simulate(workflow, beginning);
    return deploying.some(({ id }) => ended[id]?.result === 'success');
  };
  const cancelling = own
    .filter(
      ({ job, cancels }) =>
        typeof cancels === 'string' &&
        (job === undefined || deploying.some(({ id }) => id === job)),
    )
    .filter(({ cancels, group }) =>
      beginningsOf(workflow).some(
        (beginning) =>
          evaluateText(String(cancels), beginning) === true &&
          // In a group of one branch or event, only runs like it are cancelled.
          (!group.includes('${{') || deploysIn(beginning)),
      ),
    )
    .map(({ path, cancels }) => ({
      path: [...path, 'cancel-in-progress'],
      message: `a deployment is cancelled half way where ${conditionOf(String(cancels))}: ${first.id} names an environment`,
    }));
  const promised = promises.some((each) => 'after' in each);
  const alone =
    promised &&
    workflow.concurrency === undefined &&
    !deploying.every(({ job }) => job.concurrency !== undefined);
  return [
    ...cancelling,
    ...(alone
      ? [
          {
            path: [],
            message: `two runs may deploy at once: add concurrency, since ${first.id} names an environment`,
          },
        ]
      : []),
  ];
}

function conditionOf(text: string): string {
  const [{ source = text } = {}] = expressionsIn(text, []);
  return writtenOf(parse(source)) ?? source;
}
