import { type Checked, type Fault, jobsOf } from './fault.ts';

/** Steps that cannot run as they are: an own action before the check-out, an id twice, an expression in a script. */
export function stepFaults(checked: Checked): Fault[] {
  return jobsOf(checked).flatMap(({ path, job }) =>
    job.steps.flatMap((step, index) => {
      const before = job.steps.slice(0, index);
      const at = [...path, 'steps', index];
      const faults: Fault[] = [];
      if (
        step.uses?.startsWith('./') &&
        !before.some(({ uses }) => uses?.startsWith('actions/checkout@'))
      )
        faults.push({
          path: [...at, 'uses'],
          message: `${step.uses} is in the repository: check it out in a step before`,
        });
      if (step.id !== undefined && before.some(({ id }) => id === step.id))
        faults.push({
          path: [...at, 'id'],
          message: `the job has a step with the id ${step.id} already`,
        });
      if (step.run?.includes('${{'))
        faults.push({
          path: [...at, 'run'],
          message: 'no expression in a script: pass the value through env and read it as "$NAME"',
        });
      return faults;
    }),
  );
}
