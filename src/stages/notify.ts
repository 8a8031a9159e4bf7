import type { Project } from '../project/project.ts';
import { needs } from '../typed/contexts.ts';
import { always, and, differs, equals, firstOf, toJson, when } from '../typed/expression.ts';
import { type Job, job } from '../typed/job.ts';
import { step } from '../typed/step.ts';
import { checkout } from './checkout.ts';
import { basics } from './job-basics.ts';
import { type Announced, type Messages, messageInputs, messageOf } from './messages.ts';
import { connectionTo } from './server.ts';
import { suiteOf } from './test-staging.ts';

/** What the message at the end tells of. */
export interface Notification {
  readonly project: Project;
  readonly messages: Messages;
  readonly announced: Announced;
  /** The jobs whose results it shows besides the named ones. */
  readonly before: readonly Job[];
  readonly settings: Job;
  readonly scan: Job<string, 'counts'>;
  readonly deploy: Job<
    string,
    'release' | 'commit' | 'previous' | 'from' | 'to' | 'migrations' | 'refused'
  >;
  readonly smoke: Job<string, 'results'>;
  /** Jobs that `testStaging` made. */
  readonly suites?: readonly Job<string, 'results'>[];
  /** The job that confirms the release. */
  readonly confirmed: Job;
  readonly rollback: Job<string, 'release' | 'commit' | 'previous'>;
}

/** The job that always runs, and says in Slack what came of the run and what is live now. */
export function notify(of: Notification) {
  const { project, messages, announced, before, scan, deploy, smoke, confirmed, rollback } = of;
  const { suites = [] } = of;
  const { environment, run } = messages;
  // A server that does not answer does not hold the message up for long.
  const look = step({
    id: 'look',
    name: 'Ask the server what is live',
    // Also where nothing was deployed: the message says what is live, or that nothing is yet.
    if: and(run.onBranch, equals(of.settings.result, 'success')),
    'continue-on-error': true,
    'timeout-minutes': 2,
    uses: './actions/ssh-deploy',
    with: {
      command: 'status',
      ...connectionTo({ environment, baseDirectory: project.baseDirectory }),
      'connect-timeout': 10,
    },
  });
  /** Of the deployment, or of the rollback by hand. */
  const told = (output: 'release' | 'commit' | 'previous') =>
    when(
      differs(deploy.result, 'skipped'),
      deploy.outputs[output],
      when(run.rollingBack, rollback.outputs[output], ''),
    );
  const ofDeploy = (output: 'from' | 'to' | 'migrations') =>
    when(differs(deploy.result, 'skipped'), deploy.outputs[output], '');
  return job('notify', {
    name: 'Notify',
    ...basics({
      needs: [
        ...before,
        ...[of.settings, scan, announced, deploy, smoke, ...suites, confirmed, rollback],
      ],
      if: always(),
    }),
    'timeout-minutes': 5,
    permissions: { actions: 'read', contents: 'read', deployments: 'write' },
    environment,
  })
    .step(checkout)
    .step(look)
    .step({
      name: 'Tell Slack',
      uses: './actions/slack-notify',
      with: {
        ...messageInputs(messages),
        needs: toJson(needs),
        'optional-jobs': suites
          .filter(({ id }) => suiteOf(project, id).onFailure === 'warn')
          .map(({ id }) => id),
        message: messageOf(announced),
        mention: environment.vars.SLACK_MENTION,
        'record-outcome': true,
        'host-status': when(
          differs(look.outcome, 'skipped'),
          firstOf(look.outputs.status, 'unreachable'),
          '',
        ),
        'release-state': stateByJobs(of),
        release: told('release'),
        'previous-release': told('previous'),
        commit: told('commit'),
        'migration-from': ofDeploy('from'),
        'migration-to': ofDeploy('to'),
        migrations: ofDeploy('migrations'),
        'scan-counts': when(differs(scan.result, 'skipped'), scan.outputs.counts, ''),
        'smoke-results': when(differs(smoke.result, 'skipped'), smoke.outputs.results, ''),
        // What fails its job is told with the job; of the others nobody would hear.
        'suite-results': suites.map(({ result, outputs }) =>
          when(equals(result, 'success'), outputs.results, ''),
        ),
      },
    });
}

/** Where the release stands by what the jobs did. */
function stateByJobs({ deploy, confirmed, rollback }: Notification) {
  return when(
    equals(deploy.outputs.refused, 'true'),
    'refused',
    when(
      equals(confirmed.result, 'success'),
      'confirmed',
      when(
        equals(rollback.result, 'success'),
        when(
          equals(rollback.outputs.release, ''),
          // The first release has none before it, so it was taken down.
          'nothing-live',
          // Where another release was live already, there was nothing to roll back.
          when(differs(rollback.outputs.previous, ''), 'rolled-back', 'untouched'),
        ),
        'unknown',
      ),
    ),
  );
}
