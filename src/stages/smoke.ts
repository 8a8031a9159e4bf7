import type { Project } from '../project/project.ts';
import { and, cancelled, equals, not } from '../typed/expression.ts';
import { type Job, job } from '../typed/job.ts';
import { step } from '../typed/step.ts';
import { checkout } from './checkout.ts';
import { basics, readOnly } from './job-basics.ts';
import { type Announced, type Messages, tick } from './messages.ts';
import { connectionTo } from './server.ts';

/** What the deployed release has to answer. */
export interface SmokeTest {
  readonly project: Project;
  readonly messages: Messages;
  readonly announced: Announced;
  /** The jobs before `deploy`, whose results the message shows. */
  readonly before: readonly Job[];
  readonly deploy: Job<string, 'release' | 'commit'>;
  /** The checks of smoke-test; `{commit}` is the commit that was deployed. */
  readonly checks: readonly object[];
  /** Minutes that the job may take; 10 where it is not given. */
  readonly limit?: number;
}

/** The job that judges the release, and confirms it where all checks pass. Its output `results` is JSON. */
export function smokeTest({ project, messages, announced, before, deploy, ...rest }: SmokeTest) {
  const { environment } = messages;
  const connection = connectionTo({ environment, baseDirectory: project.baseDirectory });
  const ask = step({
    id: 'ask',
    name: 'Ask staging what it runs',
    uses: './actions/smoke-test',
    with: {
      url: environment.vars.STAGING_URL,
      commit: deploy.outputs.commit,
      checks: JSON.stringify(rest.checks, null, 2),
    },
  });
  return job('smoke', {
    name: 'Smoke test',
    ...basics({ needs: [...before, announced, deploy] }),
    // A redeploy skips jobs before the deployment, which success() takes for a reason to skip this one too.
    if: and(not(cancelled()), equals(deploy.result, 'success')),
    'timeout-minutes': rest.limit ?? 10,
    permissions: readOnly,
    environment,
  })
    .step(checkout)
    .step(tick(messages, announced))
    .step(ask)
    .step({
      name: 'Confirm the release',
      uses: './actions/ssh-deploy',
      with: { command: 'confirm', ...connection, release: deploy.outputs.release },
    })
    .withOutputs({ results: ask.outputs.results });
}
