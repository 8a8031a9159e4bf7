import type { NamedImage } from './dockerfile-images.ts';
import { YamlFile, type YamlText } from './yaml-scalars.ts';

interface Job {
  readonly container?: string | { readonly image?: string };
  readonly services?: Readonly<Record<string, { readonly image?: string } | undefined>>;
  readonly steps?: readonly { readonly uses?: string }[];
}

/** The images that the jobs of a compiled workflow run: service containers, job containers, `docker://` steps. */
export function imagesOfWorkflow(text: string): NamedImage[] {
  return places(new YamlFile(text)).map(({ line, image }) => ({ line, image }));
}

/**
 * A workflow whose jobs run other images in the place of some; not another character differs. Jobs look like the
 * compiled ones, but run what this machine has.
 */
export function withImages(text: string, inTheirPlace: ReadonlyMap<string, string>): string {
  let changed = text;
  for (const { image, range, prefix } of places(new YamlFile(text)).reverse()) {
    const other = inTheirPlace.get(image);
    if (other === undefined || other === image) continue;
    const [start, end] = range;
    changed = `${changed.slice(0, start)}${JSON.stringify(prefix + other)}${changed.slice(end)}`;
  }
  return changed;
}

interface Place extends NamedImage {
  readonly range: YamlText['range'];
  /** What stands before the image's name. */
  readonly prefix: string;
}

/** Every image of a workflow in the order of the text; what an expression makes up is known to the runner alone. */
function places(file: YamlFile): Place[] {
  const { jobs = {} } = (file.data ?? {}) as { jobs?: Record<string, Job> };
  const paths = Object.entries(jobs).flatMap(([id, { container, services = {}, steps = [] }]) => [
    ...(typeof container === 'string' ? [['jobs', id, 'container']] : []),
    ...(typeof container === 'object' ? [['jobs', id, 'container', 'image']] : []),
    ...Object.keys(services).map((name) => ['jobs', id, 'services', name, 'image']),
    ...steps.flatMap(({ uses }, index) =>
      uses?.startsWith(dockerStep) ? [['jobs', id, 'steps', index, 'uses']] : [],
    ),
  ]);
  return paths
    .flatMap((path) => {
      const found = file.at(path);
      if (found === undefined || found.text === '' || found.text.includes('${{')) return [];
      const prefix = found.text.startsWith(dockerStep) ? dockerStep : '';
      const { line, range } = found;
      return [{ line, range, prefix, image: found.text.slice(prefix.length) }];
    })
    .sort((one, other) => one.range[0] - other.range[0]);
}

const dockerStep = 'docker://';
