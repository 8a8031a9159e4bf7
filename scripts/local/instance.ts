import { services } from '../../workflows/settings.ts';
import { cached } from './cache.ts';

/** A published port of the stack: where it listens on the staging server, and whether only there. */
interface StagingPort {
  readonly service: string;
  readonly port: number;
  readonly private: boolean;
}

/** One local run's surroundings: their compose project, ports on this machine, and state. */
export interface Instance {
  readonly name: string;
  /** State that outlives a run: keys, secrets, the checked-out commit, logs. */
  readonly directory: string;
  /** Added to every port, so that two instances can exist side by side. */
  readonly offset: number;
  readonly ports: Readonly<
    Record<'ssh' | 'registry' | 'hub' | 'slack' | 'github' | 'http', number>
  >;
  readonly stagingUrl: string;
}

const instances = { local: 0, test: 10_000 } as const;

/** `local` is the one of `npm start`; `test` is the tests' own. */
export type InstanceName = keyof typeof instances;

/** Every port the staging server publishes, read from the compose file. */
export const stagingPorts: readonly StagingPort[] = Object.entries(services).flatMap(
  ([service, { ports = [] }]) =>
    ports.map((published) => {
      const parts = published.split(':');
      const port = Number(parts.at(-2));
      return { service, port, private: parts.length === 3 };
    }),
);

/** The port on which the staging server answers everybody. */
export const publicPort: number = onlyPublicPort();

/** The instance of a name, the same for every clone of the repository. */
export function instance(name: InstanceName): Instance {
  const offset = instances[name];
  const ports = {
    ssh: 2222 + offset,
    registry: 5000 + offset,
    hub: 5050 + offset,
    slack: 8091 + offset,
    github: 8092 + offset,
    http: publicPort + offset,
  };
  return {
    name: `azals-${name}`,
    directory: cached('instances', name),
    offset,
    ports,
    stagingUrl: `http://localhost:${ports.http}`,
  };
}

function onlyPublicPort(): number {
  const open = stagingPorts.filter((each) => !each.private);
  const [first] = open;
  if (!first || open.length > 1)
    throw new Error(`Exactly one port may be open to everybody; found ${open.length}`);
  return first.port;
}
