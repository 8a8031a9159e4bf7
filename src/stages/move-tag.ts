import type { Images } from '../project/project.ts';
import { type Job, job } from '../typed/job.ts';
import { logIn } from './build-images.ts';
import { basics } from './job-basics.ts';
import type { KindsOfRun } from './runs.ts';
import type { Registry } from './settings.ts';

/** Which images get a tag, and what they have to pass before. */
export interface TagToMove<Of extends Images> {
  readonly images: Of;
  readonly registry: Registry;
  /** The job that built the images; its outputs name them. */
  readonly build: Job<string, keyof Of & string>;
  readonly tests: readonly Job[];
  readonly scan: Job;
  readonly run: KindsOfRun;
  /** The tag that follows the digests which passed. */
  readonly tag: string;
}

/** The job that moves a tag to the images of the branch which have passed tests and scan. Nothing is deployed by it. */
export function moveTag<const Of extends Images>(move: TagToMove<Of>) {
  const { images, registry, build, tests, scan, run, tag } = move;
  const built = build.outputs as Readonly<
    Record<string, (typeof build.outputs)[keyof Of & string]>
  >;
  const variables = Object.keys(images).map((name, index) => ({
    variable: `IMAGE_${index + 1}`,
    image: built[name] ?? '',
  }));
  return job('tag', {
    name: `Tag ${tag}`,
    ...basics({ needs: [...tests, build, scan], if: run.onBranch }),
    'timeout-minutes': 5,
    permissions: { packages: 'write' },
  }).steps([
    logIn(registry),
    {
      name: `Move the tag ${tag} to the digests that passed`,
      env: {
        ...Object.fromEntries(variables.map(({ variable, image }) => [variable, image])),
        TAG: tag,
      },
      run: `
        for image in ${variables.map(({ variable }) => `"$${variable}"`).join(' ')}; do
          docker buildx imagetools create --tag "\${image%@*}:$TAG" "$image"
        done
      `,
    },
  ]);
}
