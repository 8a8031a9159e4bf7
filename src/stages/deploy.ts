import { environmentRules } from '../environment/rules.ts';
import type { Images, Project } from '../project/project.ts';
import {
  and,
  cancelled,
  equals,
  firstOf,
  not,
  onlyIf,
  or,
  text,
  when,
} from '../typed/expression.ts';
import { type Job, job } from '../typed/job.ts';
import { step } from '../typed/step.ts';
import { checkout } from './checkout.ts';
import { minutesToConfirm } from './confirm.ts';
import { basics, runner } from './job-basics.ts';
import { type Announced, type Messages, tick } from './messages.ts';
import { connectionTo, registryCredentials } from './server.ts';
import type { Registry } from './settings.ts';

/** What is deployed, where to, and what has to be good before. */
export interface Deployment<Of extends Images> {
  readonly project: Project<Of>;
  readonly registry: Registry;
  readonly messages: Messages;
  /** The job that checks that everything is set. */
  readonly settings: Job;
  readonly tests: readonly Job[];
  readonly build: Job<string, keyof Of & string>;
  readonly scan: Job;
  readonly announced: Announced;
  /** Minutes that the job may take; 60 where it is not given. */
  readonly limit?: number;
}

/**
 * The job that brings a release to the server: stage, migrate, switch. The release is provisional until it is confirmed.
 * A redeploy takes a release that the server has recorded, and is refused where its commit is no part of the branch.
 */
export function deploy<const Of extends Images>(deployment: Deployment<Of>) {
  const { project, messages, settings, tests, build, scan, announced, limit = 60 } = deployment;
  const { migrations } = project;
  const { environment, run } = messages;
  const connection = connectionTo({ environment, baseDirectory: project.baseDirectory });
  const images = build.outputs as Readonly<
    Record<string, (typeof build.outputs)[keyof Of & string]>
  >;
  const stage = step({
    id: 'stage',
    name: 'Stage the release',
    if: run.building,
    uses: './actions/ssh-deploy',
    with: {
      command: 'stage',
      ...connection,
      'compose-file': project.composeFile,
      'environment-example': project.environmentExample,
      'environment-rules': project.environment ? environmentRules(project.environment) : [],
      files: project.files,
      'host-access': project.hostAccess,
      proxy: project.proxy,
      images: Object.keys(project.images).map((name) => text`${name}=${images[name] ?? ''}`),
      'optional-services': environment.vars.STAGING_OPTIONAL_SERVICES,
      ...registryCredentials(deployment.registry),
    },
  });
  const recall = step({
    id: 'recall',
    name: 'Stage the recorded release',
    if: run.redeploying,
    uses: './actions/ssh-deploy',
    with: {
      command: 'stage',
      ...connection,
      release: run.release,
      ...registryCredentials(deployment.registry),
    },
  });
  const staged = {
    release: firstOf(stage.outputs.release, recall.outputs.release),
    commit: firstOf(stage.outputs.commit, recall.outputs.commit),
    previous: firstOf(stage.outputs.previous, recall.outputs.previous),
  };
  const ancestry = step({
    id: 'ancestry',
    name: 'The recorded release may be deployed',
    if: run.redeploying,
    env: {
      COMMIT: recall.outputs.commit,
      BACK_TO_UNCONFIRMED: and(
        not(run.deploying),
        equals(recall.outputs['was-confirmed'], 'false'),
      ),
    },
    writes: ['refused'],
    run: `
      if ! git merge-base --is-ancestor -- "$COMMIT" HEAD; then
        refused="Commit $COMMIT is no ancestor of this branch, so its release is not deployed"
      elif [ "$BACK_TO_UNCONFIRMED" = true ]; then
        refused="The release of commit $COMMIT was never confirmed, so staging does not go back to it; to try it once more, deploy it"
      else
        exit 0
      fi
      echo "refused=true" >> "$GITHUB_OUTPUT"
      echo "::error title=Refused::$refused"
      exit 1
    `,
  });
  const migrate = step({
    id: 'migrate',
    name: 'Migrate the database',
    // A recorded release has run with this database before; the schema may have moved on since.
    if: run.building,
    uses: './actions/run-migrations',
    with: {
      ...connection,
      release: stage.outputs.release,
      ...(migrations && {
        service: migrations.service,
        'database-service': migrations.database,
        target: migrations.target,
      }),
    },
  });
  const passed = [...tests, build, scan];
  return job('deploy', {
    name: 'Deploy',
    ...basics({ needs: [settings, ...passed, announced] }),
    if: and(
      not(cancelled()),
      run.onBranch,
      equals(settings.result, 'success'),
      or(run.redeploying, and(...passed.map(({ result }) => equals(result, 'success')))),
    ),
    'runs-on': runner,
    'timeout-minutes': limit,
    permissions: { contents: 'read', packages: 'read' },
    environment: { name: environment, url: environment.vars.STAGING_URL },
  })
    .step({
      ...checkout,
      // The whole history tells whether a recorded commit is part of it.
      with: { ...checkout.with, 'fetch-depth': when(run.redeploying, '0', '1') },
    })
    .step(tick(messages, announced))
    .step(stage)
    .step(recall)
    .step(ancestry)
    .steps(migrations ? [migrate] : [])
    .step({
      name: 'Release',
      uses: './actions/ssh-deploy',
      with: {
        command: 'release',
        ...connection,
        release: staged.release,
        'confirm-timeout': minutesToConfirm(project) * 60,
      },
    })
    .withOutputs({
      ...staged,
      from: migrations ? onlyIf(run.building, migrate.outputs.from) : '',
      to: migrations ? onlyIf(run.building, migrate.outputs.to) : '',
      migrations: migrations ? onlyIf(run.building, migrate.outputs.applied) : '',
      refused: onlyIf(run.redeploying, ancestry.outputs.refused),
    });
}
