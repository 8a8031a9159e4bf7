import type { Project } from '../project/project.ts';
import { always, and, differs, equals, or, when } from '../typed/expression.ts';
import { type Job, job } from '../typed/job.ts';
import { step } from '../typed/step.ts';
import { checkout } from './checkout.ts';
import { basics, readOnly } from './job-basics.ts';
import type { Messages } from './messages.ts';
import { connectionTo } from './server.ts';

/** What may have to be taken back. */
export interface Rollback {
  readonly project: Project;
  readonly messages: Messages;
  readonly settings: Job;
  readonly deploy: Job<string, 'release' | 'previous'>;
  /** The job that confirms the release. */
  readonly confirmed: Job;
}

/**
 * The job that returns to the release before, after a failure or by hand. A release that somebody names is deployed
 * again, so that it is tested before it is there for good.
 */
export function rollBack({ project, messages, settings, deploy, confirmed }: Rollback) {
  const { environment, run } = messages;
  const back = step({
    id: 'back',
    name: 'Return to the release before',
    uses: './actions/ssh-deploy',
    with: {
      command: 'rollback',
      ...connectionTo({ environment, baseDirectory: project.baseDirectory }),
      // Asked for by hand, it leaves what is live.
      leave: when(differs(deploy.result, 'skipped'), deploy.outputs.release, ''),
    },
  });
  return job('rollback', {
    name: 'Roll back',
    ...basics({ needs: [settings, deploy, confirmed] }),
    // Also where the deployment failed or was cancelled: by then its release may be live.
    if: and(
      always(),
      run.onBranch,
      equals(settings.result, 'success'),
      or(
        run.rollingBack,
        and(
          differs(deploy.result, 'skipped'),
          differs(deploy.outputs.release, ''),
          // A redeploy of the live release has left nothing that it could return to.
          differs(deploy.outputs.release, deploy.outputs.previous),
          differs(confirmed.result, 'success'),
        ),
      ),
    ),
    'timeout-minutes': 15,
    permissions: readOnly,
    environment,
  })
    .step(checkout)
    .step(back)
    .withOutputs({
      release: back.outputs.release,
      commit: back.outputs.commit,
      previous: back.outputs.previous,
    });
}
