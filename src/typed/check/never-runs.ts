import { jobsBefore } from '../jobs-before.ts';
import { simulate } from '../simulate.ts';
import { type Checked, type Fault, jobsOf } from './fault.ts';
import { expressionsIn, usesOf } from './references.ts';
import { beginningsOf } from './scenarios.ts';

/** Contexts whose values the rule knows in every way that a run can begin. */
const known = ['needs', 'inputs'];
const knownOfGitHub = ['event_name'];

/** Jobs that no run ever comes to, whatever it begins with and however the jobs before end. */
export function neverRunFaults(checked: Checked): Fault[] {
  const { workflow } = checked;
  if (Object.values(workflow.jobs).some(({ needs = [] }) => needs.some((id) => !workflow.jobs[id])))
    return [];
  const asked = jobsOf(checked).filter(({ id }) => isKnown(id, checked));
  if (asked.length === 0) return [];
  const beginnings = beginningsOf(workflow);
  const ran = new Set<string>();
  const take = (ended: ReturnType<typeof simulate>) => {
    for (const [id, { result }] of Object.entries(ended)) if (result !== 'skipped') ran.add(id);
  };
  for (const beginning of beginnings) take(simulate(workflow, beginning));
  const left = asked.filter(({ id }) => !ran.has(id));
  for (const { id } of left)
    for (const before of jobsBefore(workflow.jobs, id))
      for (const result of ['failure', 'cancelled'] as const)
        for (const beginning of beginnings)
          if (!ran.has(id)) take(simulate(workflow, { ...beginning, ends: { [before]: result } }));
  const never = left.filter(({ id }) => !ran.has(id));
  const ids = new Set(never.map(({ id }) => id));
  // What waits for a job that never runs says nothing new.
  return never
    .filter(({ job }) => !(job.needs ?? []).some((id) => ids.has(id)))
    .map(({ id, path }) => ({
      path: [...path, 'if'],
      message: `${id} never runs: no run has all that its condition asks for`,
    }));
}

/** Whether a job has a condition, and it and those of the jobs before it ask for what is known only. */
function isKnown(id: string, { workflow }: Checked): boolean {
  const conditions = [id, ...jobsBefore(workflow.jobs, id)].flatMap(
    (each) => workflow.jobs[each]?.if ?? [],
  );
  if (workflow.jobs[id]?.if === undefined) return false;
  return conditions.every((condition) =>
    expressionsIn(condition, ['if']).every(({ source }) =>
      usesOf(source).references.every(([context = '', name = '', field]) =>
        context === 'github'
          ? knownOfGitHub.includes(name)
          : known.includes(context) && field !== 'outputs',
      ),
    ),
  );
}
