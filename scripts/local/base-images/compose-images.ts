import { expand } from './expand.ts';
import { YamlFile } from './yaml-scalars.ts';

/** An image that a service of a stack runs and nobody builds. */
export interface ServiceImage {
  readonly service: string;
  readonly image: string;
  /** The line of the Compose file that names it, from 1. */
  readonly line: number;
  /** Whether the stack runs without it: it belongs to a profile. */
  readonly optional: boolean;
}

interface Service {
  readonly image?: string;
  readonly build?: unknown;
  readonly profiles?: readonly string[];
}

/** The images of a Compose file's services that are not built from it. */
export function imagesOfCompose(
  text: string,
  variables: Readonly<Record<string, string>> = {},
): ServiceImage[] {
  const file = new YamlFile(text);
  const { services = {} } = (file.data ?? {}) as { services?: Record<string, Service> };
  return Object.entries(services).flatMap(([service, { image, build, profiles = [] }]) =>
    image === undefined || build !== undefined
      ? []
      : [
          {
            service,
            image: expand(image, variables),
            line: file.lineOf(['services', service, 'image']),
            optional: profiles.length > 0,
          },
        ],
  );
}
