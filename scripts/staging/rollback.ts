import { PhaseFailed } from '../../actions/shared/src/errors.ts';
import { type ExecutorResult, valueIn } from '../../actions/shared/src/executor.ts';
import type { Change } from '../../actions/slack-notify/src/by-hand/change.ts';
import { statusFrom } from '../../actions/ssh-deploy/src/report/status.ts';
import { type Output, printPlan } from './commands.ts';
import type { StagingHost } from './host.ts';
import { type Asking, confirmed } from './question.ts';
import { timeAndDistance, timeOfRelease } from './times.ts';

export interface Rollback {
  /** The release before the live one where it is not given. */
  readonly release: string | undefined;
  readonly force: boolean;
  /** Why no deploy starts from there until it is unlocked; undefined where the next one may. */
  readonly pin: string | undefined;
  readonly dryRun: boolean;
  readonly asking: Asking;
}

type WentBack = Extract<Change, { kind: 'rolled-back-by-hand' | 'taken-down' }>;

/** What a rollback leaves and where it goes; '' as the goal of one that takes the first release down. */
interface Way {
  readonly left: string;
  readonly goal: string;
}

/**
 * Says where going back leads, asks, and goes there or nowhere: what became live since the question was put was not
 * meant. Returns what that changed; undefined where others had done it.
 */
export async function rollBack(
  host: StagingHost,
  { release, force, pin, dryRun, asking }: Rollback,
  output: Output,
): Promise<Change | undefined> {
  const plan = await host.rollBack({ release, force, pin, dryRun: true });
  printPlan(plan, output);
  if (dryRun) return undefined;
  const left = valueIn(plan, 'leave');
  const goal = valueIn(plan, 'release');
  if (!(await confirmed(await questionAbout(host, { left, goal }), asking)))
    throw new PhaseFailed(
      'rollback',
      'not done, since the answer was not yes: nothing was changed',
    );
  const asked = {
    force,
    pin,
    ...(left !== '' && { leave: left }),
    ...(goal !== '' && { release: goal }),
  };
  const change = told(await host.rollBack(asked), { left, goal }, output);
  if (pin !== undefined) output.print('No deploy starts until it is unlocked.');
  return change && { ...change, pin };
}

async function questionAbout(host: StagingHost, { left, goal }: Way): Promise<string> {
  const { releases } = statusFrom(await host.ask('status'));
  const now = new Date();
  const named = (id: string) => {
    const commit = releases.find((each) => each.id === id)?.commit.slice(0, 7) ?? '';
    return `${id} (commit ${commit || 'unknown'}, made ${timeAndDistance(timeOfRelease(id), now)})`;
  };
  const live = left === '' ? 'nothing' : named(left);
  return goal === ''
    ? `${host.name} runs ${live}, its first release. Take it down, so that nothing is live?`
    : `${host.name} runs ${live}. Go back to ${named(goal)}?`;
}

function told(
  result: ExecutorResult,
  { left, goal }: Way,
  { print }: Output,
): WentBack | undefined {
  const live = valueIn(result, 'release');
  const done = valueIn(result, 'previous') !== '' || left === '';
  if (live !== goal) {
    throw new PhaseFailed(
      'rollback',
      `nothing was done: ${left} is not live any more, staging runs ${live || 'nothing'}. Ask again`,
    );
  }
  if (!done) {
    print(
      `${live === '' ? 'Nothing is live' : `Staging runs ${live}`}: somebody had left ${left} already.`,
    );
    return undefined;
  }
  if (goal === '') {
    print(`Nothing is live: ${left}, the first release, was taken down. The database stays.`);
    return { kind: 'taken-down', left };
  }
  print(`Staging runs ${goal} again; before it ran ${left || 'nothing'}.`);
  return { kind: 'rolled-back-by-hand', release: goal, left };
}
