import type { PlainJob } from '../plain.ts';
import { type Checked, type Fault, jobsOf, stepsOf } from './fault.ts';
import { likeOne } from './spelling.ts';

/** Beyond what GitHub allows: https://docs.github.com/actions/reference/limits */
export function limitFaults(checked: Checked): Fault[] {
  const { on } = checked.workflow;
  return [
    ...jobsOf(checked).flatMap(({ path, job }) => [
      ...minutes(job['timeout-minutes'], [...path, 'timeout-minutes'], mostMinutes(job)),
      ...matrixFaults(job, [...path, 'strategy']),
    ]),
    ...stepsOf(checked).flatMap(({ step, path, job }) => [
      ...minutes(step['timeout-minutes'], [...path, 'timeout-minutes'], {
        most: job['timeout-minutes'] ?? 360,
        why: `the job ends after ${job['timeout-minutes'] ?? 360} minutes`,
      }),
      ...retention(step.with, [...path, 'with', 'retention-days']),
      ...compression(step, [...path, 'with', 'compression-level']),
    ]),
    ...schedules(on.schedule),
    ...inputs(on.workflow_dispatch),
  ];
}

interface Most {
  readonly most: number;
  readonly why: string;
}

function mostMinutes(job: PlainJob): Most {
  return JSON.stringify(job['runs-on'] ?? '').includes('self-hosted')
    ? { most: 7200, why: 'GitHub ends a job on an own runner after five days' }
    : { most: 360, why: 'GitHub ends a job on its runners after 360 minutes' };
}

function minutes(value: unknown, path: Fault['path'], { most, why }: Most): Fault[] {
  if (typeof value !== 'number') return [];
  if (value <= 0) return [{ path, message: `${value} minutes are no time to run in` }];
  return value > most ? [{ path, message: `${value} minutes are more than it gets: ${why}` }] : [];
}

const mostRuns = 256;

function matrixFaults({ strategy }: PlainJob, path: Fault['path']): Fault[] {
  const matrix = strategy?.matrix;
  if (typeof matrix !== 'object' || matrix === null) return [];
  const { include, exclude, ...axes } = matrix as Readonly<Record<string, unknown>>;
  const lists = Object.entries(axes).filter((axis): axis is [string, unknown[]] =>
    Array.isArray(axis[1]),
  );
  const runs =
    lists.reduce((product, [, values]) => product * values.length, lists.length > 0 ? 1 : 0) +
    (Array.isArray(include) && lists.length === 0 ? include.length : 0);
  return [
    ...(runs > mostRuns
      ? [
          {
            path: [...path, 'matrix'],
            message: `the matrix makes ${runs} jobs, and GitHub runs ${mostRuns} at most`,
          },
        ]
      : []),
    ...(strategy?.['max-parallel'] !== undefined && strategy['max-parallel'] < 1
      ? [
          {
            path: [...path, 'max-parallel'],
            message: 'with max-parallel below 1 no job of the matrix runs',
          },
        ]
      : []),
    ...(runs > 0 && include === undefined && allExcluded(lists, exclude)
      ? [
          {
            path: [...path, 'matrix', 'exclude'],
            message: 'the matrix has no combination left: exclude takes all of them away',
          },
        ]
      : []),
    ...lists.flatMap(([name, values]) =>
      values.some((value) => typeof value === 'number' && !Number.isInteger(value)) &&
      /version|python|node|ruby|go|java|php|dotnet/i.test(name)
        ? [
            {
              path: [...path, 'matrix', name],
              message: `${name} holds versions as numbers, and 3.10 is the number 3.1: write them in quotes`,
              consequence: true as const,
            },
          ]
        : [],
    ),
    ...lists.flatMap(([name, values]) => {
      const double = values.find((value, at) => values.indexOf(value) !== at);
      return double === undefined
        ? []
        : [{ path: [...path, 'matrix', name], message: `${name} has ${String(double)} twice` }];
    }),
  ];
}

/** Whether no combination of the axes is left. */
function allExcluded(
  lists: readonly (readonly [string, readonly unknown[]])[],
  exclude: unknown,
): boolean {
  if (!Array.isArray(exclude)) return false;
  let all: Readonly<Record<string, unknown>>[] = [{}];
  for (const [name, values] of lists)
    all = all.flatMap((some) => values.map((value) => ({ ...some, [name]: value })));
  return all.every((each) =>
    exclude.some((gone: object) =>
      Object.entries(gone).every(([name, value]) => each[name] === value),
    ),
  );
}

function compression(
  { uses = '', with: given = {} }: ReturnType<typeof stepsOf>[number]['step'],
  path: Fault['path'],
): Fault[] {
  const level = Number(given['compression-level']);
  return uses.startsWith('actions/upload-artifact@') && (level < 0 || level > 9)
    ? [{ path, message: `a level of compression is one of 0 to 9, not ${level}` }]
    : [];
}

function retention(given: Readonly<Record<string, unknown>> = {}, path: Fault['path']): Fault[] {
  const days = Number(given['retention-days']);
  if (!Number.isFinite(days)) return [];
  if (days < 0 || !Number.isInteger(days))
    return [{ path, message: `${days} is no number of days` }];
  return days > 90
    ? [{ path, message: `GitHub keeps artifacts for 90 days at most, not for ${days}` }]
    : [];
}

function schedules(schedule: unknown): Fault[] {
  if (!Array.isArray(schedule)) return [];
  return schedule.flatMap((each: { cron?: string } | null, index): Fault[] => {
    const path = ['on', 'schedule', index, 'cron'];
    const [minute = '', , day = '', month = ''] = (each?.cron ?? '').split(' ');
    const interval = minute === '*' ? 1 : Number(/^\*\/(\d+)$/.exec(minute)?.[1] ?? 5);
    if (interval < 5)
      return [{ path, message: 'GitHub starts a schedule every five minutes at most' }];
    const last = ({ 2: 29, 4: 30, 6: 30, 9: 30, 11: 30 } as Readonly<Record<string, number>>)[
      month
    ];
    const { timezone } = (each ?? {}) as { timezone?: string };
    if (timezone !== undefined && !isTimeZone(timezone))
      return [
        {
          path: ['on', 'schedule', index, 'timezone'],
          message: `no time zone is called ${timezone}${near(timezone)}`,
        },
      ];
    return last !== undefined && /^\d+$/.test(day) && Number(day) > last
      ? [{ path, message: `there is no day ${day} in month ${month}: the schedule never starts` }]
      : [];
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function near(name: string): string {
  const like = likeOne(name, Intl.supportedValuesOf('timeZone'));
  return like ? `; is it ${like}?` : '';
}

const mostInputs = 25;

function inputs(dispatch: unknown): Fault[] {
  const { inputs: declared = {} } = (dispatch ?? {}) as { inputs?: object };
  const count = Object.keys(declared).length;
  const twice = Object.entries(declared).find(
    ([, { options = [] }]: [string, { options?: readonly string[] }]) =>
      new Set(options).size < options.length,
  );
  if (twice)
    return [
      {
        path: ['on', 'workflow_dispatch', 'inputs', twice[0], 'options'],
        message: `${twice[0]} has one option twice`,
      },
    ];
  return count > mostInputs
    ? [
        {
          path: ['on', 'workflow_dispatch', 'inputs'],
          message: `a run by hand has ${mostInputs} inputs at most, not ${count}`,
        },
      ]
    : [];
}
