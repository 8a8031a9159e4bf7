import { needs } from '../typed/contexts.ts';
import { always, and, equals, or, toJson } from '../typed/expression.ts';
import { type Job, job } from '../typed/job.ts';
import { checkout } from './checkout.ts';
import { basics } from './job-basics.ts';
import { commonInputs, type Messages } from './messages.ts';

/** Tests of what is live, which deploy nothing. */
export interface TestsToTell {
  readonly messages: Omit<Messages, 'run'>;
  /** The jobs that test, and those before them. */
  readonly jobs: readonly [Job, ...Job[]];
}

/** The job that tells Slack which tests of what is live have failed; of those that pass it says nothing. */
export function notifyOfFailedTests({ messages, jobs }: TestsToTell) {
  const { stages = {} } = messages;
  const shown = Object.entries(stages).filter(([id]) => jobs.some((job) => job.id === id));
  const failed = jobs.map(({ result }) => equals(result, 'failure'));
  return job('notify', {
    name: 'Notify',
    ...basics({ needs: jobs, if: and(always(), or(...failed)) }),
    'timeout-minutes': 5,
    permissions: { actions: 'read', contents: 'read' },
    environment: messages.environment,
  })
    .step(checkout)
    .step({
      name: 'Tell Slack',
      uses: './actions/slack-notify',
      with: {
        ...commonInputs({ ...messages, stages: Object.fromEntries(shown) }),
        operation: 'test',
        needs: toJson(needs),
      },
    });
}
