import { z } from 'zod';
import { runCommand } from '../../../shared/src/command.ts';
import { CommandFailed, InvalidInput } from '../../../shared/src/errors.ts';
import { checkReference, hostReference } from './references.ts';

/** An image on this machine that a service of the host will run. */
export interface LocalImage {
  readonly service: string;
  /** What the machine's engine calls the image: the digest of its configuration, or of its manifest. */
  readonly id: string;
  /** Bytes on disk, which the host needs too unless it shares layers. */
  readonly size: number;
  /** Its name on the host. */
  readonly hostReference: string;
}

const inspected = z.tuple([
  z.object({ Id: z.string().regex(/^sha256:[0-9a-f]{64}$/), Size: z.number() }),
]);

/** Looks images up by service. Throws `InvalidInput` for a name that Docker could misread, or that is not here. */
export async function findLocalImages(images: ReadonlyMap<string, string>): Promise<LocalImage[]> {
  for (const [service, reference] of images) checkReference(service, reference);
  return await Promise.all(
    [...images].map(async ([service, reference]) => {
      const { Id: id, Size: size } = await inspect(service, reference);
      return { service, id, size, hostReference: hostReference(service, id) };
    }),
  );
}

async function inspect(service: string, reference: string) {
  try {
    const { stdout } = await runCommand('docker', ['image', 'inspect', reference]);
    return inspected.parse(JSON.parse(stdout))[0];
  } catch (error) {
    if (!(error instanceof CommandFailed) || !/no such image/i.test(error.stderr)) throw error;
    throw new InvalidInput(
      `the image of service ${service}, ${reference}, is not on this machine: build or pull it first`,
      { cause: error },
    );
  }
}
