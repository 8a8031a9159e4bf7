import type { Project } from '../project/project.ts';
import { and, cancelled, equals, not } from '../typed/expression.ts';
import { type Job, job } from '../typed/job.ts';
import { checkout } from './checkout.ts';
import { basics, readOnly } from './job-basics.ts';
import { connectionTo } from './server.ts';
import type { StagingEnvironment } from './settings.ts';
import { suiteOf } from './test-staging.ts';

/** What a release has to pass before it is there for good. */
export interface Confirmation {
  readonly project: Project;
  readonly environment: StagingEnvironment;
  readonly deploy: Job<string, 'release'>;
  readonly smoke: Job;
  /** Jobs that `testStaging` made; those whose suite only warns are not waited for. */
  readonly suites?: readonly Job[];
}

/** The job that makes the release permanent, once everything that judges it has passed. */
export function confirm({ project, environment, deploy, smoke, suites = [] }: Confirmation) {
  const judges = judging(project, suites);
  const passed = [smoke, ...judges].map(({ result }) => equals(result, 'success'));
  return job('confirm', {
    name: 'Confirm',
    ...basics({ needs: [deploy, smoke, ...judges] }),
    // A redeploy skips jobs before the deployment, which success() takes for a reason to skip this one too.
    if: and(not(cancelled()), ...passed),
    'timeout-minutes': 5,
    permissions: readOnly,
    environment,
  })
    .step(checkout)
    .step({
      name: 'Confirm the release',
      uses: './actions/ssh-deploy',
      with: {
        command: 'confirm',
        ...connectionTo({ environment, baseDirectory: project.baseDirectory }),
        release: deploy.outputs.release,
      },
    });
}

/** Of the jobs that `testStaging` made those whose suite can refuse a release: the others only warn. */
export function judging<Suite extends Job>(
  project: Project,
  suites: readonly Suite[],
): readonly Suite[] {
  return suites.filter(({ id }) => suiteOf(project, id).onFailure === 'rollback');
}

/** Minutes that a release may wait for its confirmation: beside the smoke test, those of every suite that can refuse it. */
export function minutesToConfirm({ suites }: Pick<Project, 'suites'>): number {
  const judges = Object.values(suites).filter(({ onFailure }) => onFailure === 'rollback');
  return judges.reduce((sum, { limit }) => sum + limit, 15);
}
