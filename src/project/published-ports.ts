import type { ComposeServices } from './compose-services.ts';

/** A port that a stack publishes on its server, and whether it can be reached from there alone. */
export interface PublishedPort {
  readonly service: string;
  readonly port: number;
  readonly private: boolean;
}

interface Publication {
  readonly published: string | number | undefined;
  readonly address: string | undefined;
}

/** Every TCP port that the services publish, in the order of the Compose file. */
export function publishedPorts(services: ComposeServices): readonly PublishedPort[] {
  return Object.entries(services).flatMap(([service, { ports }]) => {
    const open = new Map<number, boolean>();
    for (const each of ports) {
      const { published, address } = typeof each === 'string' ? parsed(each) : each;
      // Where an address is given for IPv4 and IPv6 each, it is still one port.
      for (const port of numbersOf(published))
        open.set(port, isPrivate(address) && (open.get(port) ?? true));
    }
    return [...open].map(([port, only]) => ({ service, port, private: only }));
  });
}

/** The short form: `[address:]port:port in the container[/protocol]`; of `${NAME:-8080}` the default. */
function parsed(text: string): Publication {
  const [all = '', protocol = 'tcp'] = text.replace(/\$\{\w+:?-([^}]*)\}/g, '$1').split('/');
  const parts = all.split(/:(?![^[]*\])/);
  // A tunnel over SSH leads to TCP ports only.
  if (protocol !== 'tcp') return { published: undefined, address: undefined };
  return { published: parts.at(-2), address: parts.length > 2 ? parts.at(-3) : undefined };
}

/** Of one port or a range; none where Docker takes any that is free. */
function numbersOf(published: Publication['published']): readonly number[] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(String(published ?? '')) ?? [];
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count > 0 ? count : 0 }, (_, index) => Number(first) + index);
}

function isPrivate(address: string | undefined): boolean {
  return address !== undefined && /^(?:127\.|\[?::1\]?$|localhost$)/.test(address);
}
