import type { Plain, PlainPermissions } from '../plain.ts';
import { calledId, calledOf, callOf } from './called-workflows.ts';
import { type Checked, type Fault, jobsOf, type Path } from './fault.ts';
import { levelOf, rank } from './permission-levels.ts';
import { expressionsIn, usesOf } from './references.ts';

/** A job that calls a workflow of this repository. */
interface Call {
  readonly checked: Checked;
  readonly id: string;
  readonly path: Path;
  readonly job: Plain['jobs'][string];
  readonly called: Plain;
}

/**
 * Calls of workflows that GitHub refuses or that do not get what they read:
 * https://docs.github.com/actions/reference/workflows-and-actions/reusing-workflow-configurations
 */
export function callFaults(checked: Checked): Fault[] {
  const { others } = checked;
  if (!others) return [];
  return [
    ...chains(checked),
    ...jobsOf(checked).flatMap(({ id, path, job }): Fault[] => {
      const name = calledId(job.uses);
      if (name === undefined) return [];
      const called = calledOf(job.uses, others);
      if (!called) return absent(name, [...path, 'uses'], checked);
      if (!callOf(called))
        return [
          {
            path: [...path, 'uses'],
            message: `the workflow ${name} cannot be called: its on has no workflow_call`,
          },
        ];
      const call: Call = { checked, id, path, job, called };
      return [...permissions(call), ...secrets(call), ...groups(call)];
    }),
  ];
}

/** A workflow that nobody compiles may be written by hand; one that calls itself is a chain without end. */
function absent(name: string, path: Path, { id, files }: Checked): Fault[] {
  if (name === id || files?.has(`.github/workflows/${name}.yml`)) return [];
  return [{ path, message: `no definition makes the workflow ${name}, which this job calls` }];
}

/** A called workflow starts only where no job of it asks for more than the calling job has. */
function permissions({ checked, job, called, path }: Call): Fault[] {
  const granted: PlainPermissions = job.permissions ?? checked.workflow.permissions;
  const wanted = Object.entries(called.jobs).flatMap(([name, each]) => {
    const asked = each.permissions ?? called.permissions;
    if (typeof asked === 'string') return [];
    return Object.entries(asked).map(([scope, level]) => ({ name, scope, level }));
  });
  const lacking = wanted.flatMap(({ name, scope, level }) =>
    rank(level) > rank(levelOf(granted, scope))
      ? [
          {
            path: [...path, 'permissions', scope],
            message: `the job ${name} of the called workflow asks for ${scope}: ${level}, and this call gives ${levelOf(granted, scope)}: GitHub refuses the run`,
          },
        ]
      : [],
  );
  if (lacking.length > 0) return lacking.slice(0, 1);
  if (typeof granted === 'string' || job.permissions === undefined) return [];
  return Object.entries(granted).flatMap(([scope, level]) => {
    const most = Math.max(
      0,
      ...wanted.filter((each) => each.scope === scope).map((each) => rank(each.level)),
    );
    return rank(level) <= most
      ? []
      : [
          {
            path: [...path, 'permissions', scope],
            message: `no job of the called workflow asks for ${scope}: ${level}`,
            consequence: true as const,
          },
        ];
  });
}

/** What a called workflow reads of the repository's secrets it has by `inherit` only; those of an environment by its job. */
function secrets({ job, called, path }: Call): Fault[] {
  if (job.secrets === 'inherit') return [];
  const declared = callOf(called)?.secrets ?? {};
  const read = Object.values(called.jobs)
    .filter(({ environment }) => environment === undefined)
    .flatMap((each) => expressionsIn(each, []))
    .flatMap(({ source }) => usesOf(source).references)
    .flatMap(([context, name]) => (context === 'secrets' && name ? [name] : []));
  const missing = read.find((name) => name !== 'GITHUB_TOKEN' && !(name in declared));
  return missing === undefined
    ? []
    : [
        {
          path: [...path, ...(job.secrets ? ['secrets'] : ['uses'])],
          message: `the called workflow reads secrets.${missing}, which is empty there: declare it in its workflow_call and hand it over, or write secrets: 'inherit'`,
        },
      ];
}

/** A called workflow waits for the group that its caller holds, and neither goes on. */
function groups({ checked, job, called, path }: Call): Fault[] {
  const groupOf = ({ concurrency }: Pick<Plain, 'concurrency'>) =>
    typeof concurrency === 'string' ? concurrency : concurrency?.group;
  const held = [groupOf(checked.workflow), groupOf(job)].filter((group) => group !== undefined);
  const wanted = [called, ...Object.values(called.jobs)].map(groupOf);
  const same = held.find((group) => wanted.includes(group) && !group.includes('inputs.'));
  return same === undefined
    ? []
    : [
        {
          path: [...path, 'uses'],
          message: `the called workflow waits for the group ${same}, which this run holds: GitHub cancels it`,
        },
      ];
}

/** The calling workflow and nine below it. */
const mostLevels = 10;
const mostCalled = 50;

/** Workflows that call themselves, call too deep, or too many. */
function chains({ id = '', workflow, others = {} }: Checked): Fault[] {
  const all = { ...others, [id]: workflow };
  const met = new Set<string>();
  const faults = jobsOf({ workflow, settings: [] }).flatMap(({ path, job }): Fault[] => {
    if (job.uses === undefined) return [];
    const found = chainsFrom(job.uses, [], all);
    for (const each of found.flat()) met.add(each);
    const at = [...path, 'uses'];
    // A cycle that this workflow only leads to is told for the workflows in it.
    const back = found.flatMap((chain) => {
      const end = chain.findIndex((each) => calledId(each) === id);
      return end < 0 ? [] : [[id, ...chain.slice(0, end + 1)]];
    })[0];
    if (back) return [{ path: at, message: `workflows call each other: ${shown(back)}` }];
    const deep = found.find((chain) => chain.length + 1 > mostLevels);
    const message = `GitHub connects ${mostLevels} levels of workflows, this one among them: ${shown(deep ?? [])} is deeper`;
    return deep ? [{ path: at, message }] : [];
  });
  if (met.size <= mostCalled) return faults;
  const message = `the workflow calls ${met.size} others, near and far, and GitHub runs ${mostCalled} at most`;
  return [...faults, { path: ['jobs'], message }];
}

function shown(chain: readonly string[]): string {
  return chain.map((each) => calledId(each) ?? each).join(' → ');
}

/** Every chain of calls that begins with one; a workflow that stands in it already ends it. */
function chainsFrom(
  uses: string,
  before: readonly string[],
  all: Readonly<Record<string, Plain>>,
): readonly (readonly string[])[] {
  const chain = [...before, uses];
  const called = before.includes(uses) ? undefined : calledOf(uses, all);
  const calls = Object.values(called?.jobs ?? {}).flatMap((job) => job.uses ?? []);
  return calls.length === 0 ? [chain] : calls.flatMap((each) => chainsFrom(each, chain, all));
}
