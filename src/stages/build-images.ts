import type { Images } from '../project/project.ts';
import { github } from '../typed/contexts.ts';
import { type Expression, text } from '../typed/expression.ts';
import { type JobBuilder, job } from '../typed/job.ts';
import { type Step, type StepDefinition, step } from '../typed/step.ts';
import { checkout } from './checkout.ts';
import { basics, type StageOptions } from './job-basics.ts';
import type { Registry } from './settings.ts';

/** Which images are built, and where they go. */
export interface ImagesToBuild<Of extends Images> {
  readonly images: Of;
  readonly registry: Registry;
  /** Build arguments beside VERSION, COMMIT and SOURCE. */
  readonly buildArgs?: readonly (string | Expression<string>)[];
  /** Minutes that the job may take; 20 where it is not given. */
  readonly limit?: number;
}

/**
 * The job that builds each image once and pushes it under the run's commit. Its outputs are the images by their
 * digests, `registry/path/name@sha256:…`, each by its service's name.
 */
export function buildImages<const Of extends Images>(
  { images, registry, buildArgs = [], limit = 20 }: ImagesToBuild<Of>,
  options: StageOptions,
) {
  const builds = Object.entries(images).map(([name, { context, dockerfile }]) => {
    const repository = repositoryOfImage(registry, name);
    const build = step({
      id: name,
      name: `Build ${name}`,
      uses: 'docker/build-push-action',
      with: {
        context,
        file: dockerfile,
        push: true,
        tags: [text`${repository}:${github.sha}`],
        'build-args': [
          text`VERSION=staging.${github.run_number}`,
          text`COMMIT=${github.sha}`,
          text`SOURCE=${github.server_url}/${github.repository}`,
          ...buildArgs,
        ],
        'cache-from': [`type=gha,scope=${name}`],
        'cache-to': [`type=gha,scope=${name},mode=max,ignore-error=true`],
        provenance: 'false',
      },
    }) as Step<{
      readonly id: string;
      readonly name: string;
      readonly uses: 'docker/build-push-action';
    }>;
    return { name, build, image: text`${repository}@${build.outputs.digest}` };
  });
  const build = job('build', {
    name: 'Build images',
    ...basics(options),
    'timeout-minutes': limit,
    permissions: { contents: 'read', packages: 'write' },
  })
    .steps([
      checkout,
      { name: 'Set up Buildx', uses: 'docker/setup-buildx-action' },
      logIn(registry),
      ...builds.map(({ build }) => build as StepDefinition),
    ])
    .withOutputs(Object.fromEntries(builds.map(({ name, image }) => [name, image])));
  return build as unknown as JobBuilder<'build', string, never, keyof Of & string>;
}

/** Logs the job in to the registry, to push or pull images. */
export function logIn({ vars }: Registry) {
  return step({
    name: 'Log in to the registry',
    uses: 'docker/login-action',
    with: { registry: vars.REGISTRY, username: github.actor, password: github.token },
  });
}

function repositoryOfImage({ vars }: Registry, name: string) {
  return text`${vars.REGISTRY}/${vars.IMAGE_REPOSITORY}/${name}`;
}
