import { InvalidInput } from '../../../shared/src/errors.ts';
import { inputLines } from '../../../shared/src/inputs.ts';

/** Services and the image each of them runs: a digest reference, or a reference that the runner's engine knows. */
export type Images = ReadonlyMap<string, string>;

/** Where the host gets images from. */
export const imageSources = ['registry', 'runner'] as const;
export type ImageSource = (typeof imageSources)[number];

const service = '(?<service>[A-Za-z0-9][A-Za-z0-9_-]*)';
const repository = String.raw`(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*`;

const lines = {
  registry: {
    pattern: new RegExp(`^${service}=(?<reference>${repository}@sha256:[0-9a-f]{64})$`),
    allowed:
      'service=repository@sha256:digest, without a tag (a tag can move between two deploys, a digest cannot)',
  },
  runner: {
    // An id, or a name with a tag, a digest, both or neither.
    pattern: new RegExp(
      `^${service}=(?<reference>sha256:[0-9a-f]{64}|${repository}(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?)$`,
    ),
    allowed:
      'service=image, an image of the Docker engine that the job uses, such as api=acme/api:staging',
  },
} as const;

/** Reads the lines of the input `images`, if any. Throws `InvalidInput` that says what the source wants. */
export function parseImages(text: string, source: ImageSource): Images {
  const images = new Map<string, string>();
  const { pattern, allowed } = lines[source];
  for (const line of inputLines(text)) {
    const found = pattern.exec(line)?.groups;
    if (found?.service === undefined || found.reference === undefined) {
      throw new InvalidInput(
        `input images has the line ${JSON.stringify(line)}: with image-source ${source} it must be ${allowed}`,
      );
    }
    if (images.has(found.service)) {
      throw new InvalidInput(
        `input images has two lines for the service ${found.service}: give each service one image`,
      );
    }
    images.set(found.service, found.reference);
  }
  return images;
}
