import { z } from 'zod';
import { type ExecutorResult, valueIn } from '../../../shared/src/executor.ts';

const labels = z.record(z.string(), z.string()).nullable();
const container = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  imageId: z.string(),
  labels,
  state: z.string(),
  health: z.string(),
  restarts: z.number(),
});
const image = z.object({ id: z.string(), digests: z.array(z.string()).nullable(), labels });

/** A container on the host, as its Docker tells it. */
export interface Container {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** What it was started from: a reference with a digest, or a name. */
  readonly image: string;
  /** The references by which the registry knows the image that it runs; none where the engine does not know. */
  readonly digests: readonly string[];
  /** Of the image that it runs. */
  readonly imageLabels: Readonly<Record<string, string>>;
  /** The live release where it is one of its containers, whichever release it came with; else the one it came with. */
  readonly release: string;
  /** running, exited, restarting … */
  readonly state: string;
  /** healthy, unhealthy, starting; '' where it has no health check. */
  readonly health: string;
  readonly restarts: number;
}

/** What the host runs. */
export interface HostReport {
  readonly release: string;
  readonly commit: string;
  /** The images of the live release by service, as its record has them. */
  readonly images: ReadonlyMap<string, string>;
  /** The revisions that the last migration left, '' where the host knows of none. */
  readonly schema: string;
  readonly containers: readonly Container[];
}

/** Reads the report of the executor's `containers`. Throws where it is not one. */
export function reportFrom(result: ExecutorResult): HostReport {
  const origins = new Map((result.get('origin') ?? []).map(pairOf));
  const live = valueIn(result, 'release');
  const images = new Map(
    (result.get('container-image') ?? []).map((line) => {
      const parsed = image.parse(JSON.parse(line));
      return [parsed.id, parsed];
    }),
  );
  return {
    release: live,
    commit: valueIn(result, 'commit'),
    images: new Map((result.get('image') ?? []).map(pairOf)),
    schema: valueIn(result, 'schema'),
    containers: (result.get('container') ?? []).map((line) => {
      const { labels: own, imageId, name, ...rest } = container.parse(JSON.parse(line));
      const service = own?.['com.docker.compose.service'] ?? '';
      const origin = own?.['staging-pipeline.release'] ?? '';
      return {
        ...rest,
        name: name.replace(/^\//, ''),
        service,
        release: origin !== '' && origin === origins.get(service) ? live : origin,
        digests: images.get(imageId)?.digests ?? [],
        imageLabels: images.get(imageId)?.labels ?? {},
      };
    }),
  };
}

/** Reads `service=image`. */
export function pairOf(line: string): [string, string] {
  const at = line.indexOf('=');
  return [line.slice(0, at), line.slice(at + 1)];
}
