import { type Checked, type Fault, jobsOf, type Path } from './fault.ts';
import { expressionsIn, usesOf } from './references.ts';

/** Conditions that ask for a failure() where nothing before can have failed. */
export function firstFailureFaults(checked: Checked): Fault[] {
  return jobsOf(checked).flatMap(({ path, job }) => {
    // A service or container that does not start fails before the first step.
    const begins = job.services === undefined && job.container === undefined;
    return [
      ...(job.needs?.length ? [] : faultsIn(job.if, [...path, 'if'], 'job without needs')),
      ...(begins ? faultsIn(job.steps[0]?.if, [...path, 'steps', 0, 'if'], 'first step') : []),
    ];
  });
}

function faultsIn(condition: string | undefined, path: Path, of: string): Fault[] {
  const asks = expressionsIn(condition, path).some(({ source }) =>
    usesOf(source).statuses.has('failure'),
  );
  return asks ? [{ path, message: `failure() is never true in the condition of a ${of}` }] : [];
}
