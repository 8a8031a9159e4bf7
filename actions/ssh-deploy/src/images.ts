import { InvalidInput } from '../../shared/src/errors.ts';
import { inputLines } from '../../shared/src/inputs.ts';

/** Services and the digest reference each of them runs. */
export type Images = ReadonlyMap<string, string>;

const digestLine =
  /^(?<service>[A-Za-z0-9][A-Za-z0-9_-]*)=(?<reference>(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*@sha256:[0-9a-f]{64})$/;

/** Reads the lines `service=repository@sha256:digest`, if any. Throws `InvalidInput` for tags and anything else. */
export function parseImages(text: string): Images {
  const images = new Map<string, string>();
  for (const line of inputLines(text)) {
    const { service, reference } = digestLine.exec(line)?.groups ?? {};
    if (service === undefined || reference === undefined) {
      throw new InvalidInput(
        `input images has the line ${JSON.stringify(line)}: it must be service=repository@sha256:digest, without a ` +
          'tag (a tag can move between two deploys, a digest cannot)',
      );
    }
    images.set(service, reference);
  }
  return images;
}
