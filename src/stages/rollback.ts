import type { Project } from '../project/project.ts';
import { always, and, differs, equals, onlyIf, or, when } from '../typed/expression.ts';
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
 * The job that returns to the release before, after a failure or by hand. A release that somebody named is refused where
 * its commit is no part of the branch.
 */
export function rollBack({ project, messages, settings, deploy, confirmed }: Rollback) {
  const { environment, run } = messages;
  const named = and(run.rollingBack, run.redeploying);
  const ancestry = step({
    id: 'ancestry',
    name: `The named release is part of ${run.branch}`,
    if: named,
    env: { RELEASE: run.release },
    writes: ['refused'],
    // The id of a release ends with its commit; a commit can be named as well.
    run: `
      if ! git merge-base --is-ancestor "\${RELEASE##*-}" HEAD; then
        echo "refused=true" >> "$GITHUB_OUTPUT"
        echo "::error title=Refused::\${RELEASE//[^[:alnum:]._-]/?} is of no ancestor of this branch, so staging does not go back to it"
        exit 1
      fi
    `,
  });
  const back = step({
    id: 'back',
    name: 'Return to the release before',
    uses: './actions/ssh-deploy',
    with: {
      command: 'rollback',
      ...connectionTo({ environment, baseDirectory: project.baseDirectory }),
      release: when(run.rollingBack, run.release, ''),
      leave: when(run.deploying, deploy.outputs.release, ''),
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
    .step({
      ...checkout,
      // The whole history tells whether a named commit is part of it.
      with: { ...checkout.with, 'fetch-depth': when(named, '0', '1') },
    })
    .step(ancestry)
    .step(back)
    .withOutputs({
      release: back.outputs.release,
      commit: back.outputs.commit,
      previous: back.outputs.previous,
      refused: onlyIf(named, ancestry.outputs.refused),
    });
}
