import type { Plain } from '../plain.ts';
import { type Checked, type Fault, jobsOf } from './fault.ts';
import { eventsOfJob } from './job-events.ts';
import { expressionsIn, usesOf } from './references.ts';

interface Condition {
  /** What the field is of, by events. */
  readonly events: readonly string[];
  readonly field: RegExp;
  /** The activity of which alone the field says anything. */
  readonly activity: string;
}

const ofActivity: readonly Condition[] = [
  {
    events: ['pull_request', 'pull_request_target'],
    field: /^github\.event\.pull_request\.merged$/,
    activity: 'closed',
  },
  {
    events: ['workflow_run'],
    field: /^github\.event\.workflow_run\.conclusion$/,
    activity: 'completed',
  },
];

/** What GitHub takes for an event that names no activities, where that is not all of them. */
const usual: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
};

/** Fields that have a value after one activity only, in a workflow that this activity does not start. */
export function activityFaults(checked: Checked): Fault[] {
  const { workflow } = checked;
  return jobsOf(checked).flatMap(({ path, job }) => {
    const events = eventsOfJob(job, workflow);
    return expressionsIn(job, path).flatMap(({ path: at, source }): Fault[] => {
      const names = usesOf(source).references.map((each) => each.join('.'));
      for (const { events: having, field, activity } of ofActivity) {
        const name = names.find((each) => field.test(each));
        const own = events.filter((event) => having.includes(event));
        if (name === undefined || own.length === 0) continue;
        if (own.some((event) => activitiesOf(event, workflow)?.includes(activity) ?? true))
          continue;
        const message = `${name} says nothing before ${own[0]} is ${activity}: add it to the types of the event`;
        return [{ path: at, message }];
      }
      return [];
    });
  });
}

/** The activities of an event that start a workflow; `undefined` where they are all that there are. */
export function activitiesOf(event: string, { on }: Plain): readonly string[] | undefined {
  const { types } = (on[event] ?? {}) as { types?: readonly string[] | string };
  return types === undefined ? usual[event] : [types].flat();
}
