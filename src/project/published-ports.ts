import type { ComposeServices } from './compose-services.ts';

/** A port that a stack publishes on its server, and whether it can be reached from there alone. */
export interface PublishedPort {
  readonly service: string;
  readonly port: number;
  readonly private: boolean;
}

/** Every port that the services publish, in the order of the Compose file. */
export function publishedPorts(services: ComposeServices): readonly PublishedPort[] {
  return Object.entries(services).flatMap(([service, { ports }]) =>
    ports.flatMap((each) => {
      const { published, address } = typeof each === 'string' ? parsed(each) : each;
      // Without a number Docker takes any.
      if (published === undefined || Number.isNaN(Number(published))) return [];
      const isPrivate = address !== undefined && /^(?:127\.|\[?::1\]?$|localhost$)/.test(address);
      return [{ service, port: Number(published), private: isPrivate }];
    }),
  );
}

/** The short form: `[address:]port:port in the container[/protocol]`; of `${NAME:-8081}` the default. */
function parsed(text: string): { published: string | undefined; address: string | undefined } {
  const parts = text
    .replace(/\$\{\w+:?-([^}]*)\}/g, '$1')
    .replace(/\/\w+$/, '')
    .split(/:(?![^[]*\])/);
  return { published: parts.at(-2), address: parts.length > 2 ? parts.at(-3) : undefined };
}
