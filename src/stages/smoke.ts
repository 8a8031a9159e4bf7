import type { SmokeCheck } from '../../actions/smoke-test/src/checks/types.ts';
import type { Images, Project } from '../project/project.ts';
import { publishedPorts } from '../project/published-ports.ts';
import { and, cancelled, equals, not, text, when } from '../typed/expression.ts';
import { type Job, job } from '../typed/job.ts';
import { step } from '../typed/step.ts';
import { checkout } from './checkout.ts';
import { basics, readOnly } from './job-basics.ts';
import { type Announced, type Messages, tick } from './messages.ts';
import { connectionTo } from './server.ts';
import type { SecretValue } from './settings.ts';

/** What the deployed release has to do. */
export interface SmokeTest<Of extends Images> {
  readonly project: Project<Of>;
  readonly messages: Messages;
  readonly announced: Announced;
  /** The jobs before `deploy`, whose results the message shows. */
  readonly before: readonly Job[];
  /** What was built is what has to run. */
  readonly build: Job<string, keyof Of & string>;
  readonly deploy: Job<string, 'release' | 'commit' | 'to'>;
  /** What is asked: `applicationChecks` and more, see the action smoke-test. */
  readonly checks: readonly SmokeCheck[];
  /** What the checks write as `{secret.NAME}`, by name. */
  readonly secrets?: Readonly<Record<string, SecretValue>>;
  /**
   * Where the application listens as the server sees it, for the way through the SSH connection: the port that the proxy
   * publishes where it is not given.
   */
  readonly tunnelTarget?: `${string}:${number}`;
  /** Seconds until all checks must have passed; 180 where it is not given. */
  readonly timeout?: number;
  /** Minutes that the job may take; 10 where it is not given. */
  readonly limit?: number;
}

/** The job that judges the release. Its output `results` is JSON. */
export function smokeTest<const Of extends Images>(test: SmokeTest<Of>) {
  const { project, messages, announced, before, build, deploy, secrets = {} } = test;
  const { environment, run } = messages;
  const connection = connectionTo({ environment, baseDirectory: project.baseDirectory });
  const built = build.outputs as Readonly<
    Record<string, (typeof build.outputs)[keyof Of & string]>
  >;
  const ask = step({
    id: 'ask',
    name: 'Ask staging what it runs, and whether it works',
    uses: './actions/smoke-test',
    with: {
      url: environment.vars.STAGING_URL,
      commit: deploy.outputs.commit,
      checks: JSON.stringify(test.checks, null, 2),
      timeout: test.timeout ?? 180,
      // A redeploy builds nothing: what the server has recorded counts.
      images: Object.keys(project.images).map((name) =>
        when(run.building, text`${name}=${built[name] ?? ''}`, ''),
      ),
      'schema-revision': deploy.outputs.to,
      secrets: Object.entries(secrets).map(([name, value]) => text`${name}=${value}`),
      'tunnel-target': test.tunnelTarget ?? publishedByProxy(project),
      ...connection,
    },
  });
  return job('smoke', {
    name: 'Smoke test',
    ...basics({ needs: [...before, announced, build, deploy] }),
    // A redeploy skips jobs before the deployment, which success() takes for a reason to skip this one too.
    if: and(not(cancelled()), equals(deploy.result, 'success')),
    'timeout-minutes': test.limit ?? 10,
    permissions: readOnly,
    environment,
  })
    .step(checkout)
    .step(tick(messages, announced))
    .step(ask)
    .withOutputs({ results: ask.outputs.results, verdict: ask.outputs.verdict });
}

function publishedByProxy({ services, proxy }: Pick<Project, 'services' | 'proxy'>): string {
  const found = publishedPorts(services).find(({ service }) => service === proxy);
  return found === undefined ? '' : `127.0.0.1:${found.port}`;
}
