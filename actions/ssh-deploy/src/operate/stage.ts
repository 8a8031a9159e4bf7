import { PhaseFailed } from '../../../shared/src/errors.ts';
import { streamImages } from '../image-stream/stream-images.ts';
import { packRelease } from '../make-release/archive.ts';
import { stagePayload } from '../make-release/payload.ts';
import { type Making, prepareRelease, type ReleaseFiles } from '../make-release/prepare-release.ts';
import { registryConfiguration } from '../read/credentials.ts';
import type { Images } from '../read/images.ts';
import type { RestageInputs, StageInputs } from '../read/inputs.ts';
import { type Fleet, type HostResult, stageOnAll } from './fleet.ts';

export interface Staging {
  readonly inputs: StageInputs;
  readonly making: Making;
  /** What `prepareRelease` made of both. */
  readonly release: ReleaseFiles;
  readonly temporaryDirectory: string;
  readonly onProgress: (line: string) => void;
}

/** Brings the release to all hosts and has them check themselves, take it in and get its images. */
export async function stage(fleet: Fleet, staging: Staging): Promise<HostResult[]> {
  const { inputs, making, temporaryDirectory, onProgress } = staging;
  const release = await withImages(fleet, staging);
  const archive = await packRelease({
    release,
    workspace: making.workspace,
    files: inputs.files,
    temporaryDirectory,
    onProgress,
  });
  onProgress(`staging release ${release.id} (${archive.byteLength} bytes)`);
  return await stageOnAll(fleet, 'stage', {
    release: release.id,
    force: inputs.force,
    now: new Date(),
    payload: stagePayload(registryConfiguration(inputs.credentials), archive),
  });
}

/** Has all hosts take a release that they have already. */
export function restage(fleet: Fleet, inputs: RestageInputs): Promise<HostResult[]> {
  return stageOnAll(fleet, 'restage', {
    release: inputs.release,
    force: inputs.force,
    now: new Date(),
    payload: stagePayload(registryConfiguration(inputs.credentials)),
  });
}

/** The release, naming what its images are called on the hosts once they are there. */
async function withImages(fleet: Fleet, staging: Staging): Promise<ReleaseFiles> {
  const { inputs, making, release, temporaryDirectory } = staging;
  if (inputs.imageSource === 'registry') return release;
  const streamed = await Promise.all(
    fleet.hosts.map(({ session, onProgress }) =>
      streamImages(session, inputs.images, { temporaryDirectory, onProgress }),
    ),
  );
  const images = sameOnAll(streamed.map(({ references }) => references));
  return await prepareRelease({ ...inputs, release: release.id, images }, making);
}

/** A name may move to another image while they travel: all hosts must have got the same. */
function sameOnAll(all: readonly Images[]): Images {
  const [first = new Map<string, string>(), ...others] = all;
  for (const [service, reference] of first) {
    if (others.some((images) => images.get(service) !== reference)) {
      throw new PhaseFailed(
        'streaming images',
        `the image of service ${service} changed on the runner meanwhile: run this again`,
      );
    }
  }
  return first;
}
