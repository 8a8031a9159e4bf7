import type { PlainContainer, PlainJob } from '../plain.ts';
import { createOptionFaults } from './container-options.ts';
import { type Checked, type Fault, jobsOf, type Path } from './fault.ts';
import { expressionsIn, usesOf } from './references.ts';
import { likeOne } from './spelling.ts';

/** Ports that these images listen on. */
const listening: Readonly<Record<string, readonly string[]>> = {
  postgres: ['5432'],
  postgis: ['5432'],
  pgvector: ['5432'],
  timescaledb: ['5432'],
  redis: ['6379'],
  valkey: ['6379'],
  mysql: ['3306', '33060'],
  mariadb: ['3306'],
  mongo: ['27017'],
  rabbitmq: ['5672', '15672', '5671'],
  memcached: ['11211'],
  elasticsearch: ['9200', '9300'],
  minio: ['9000', '9001'],
  nats: ['4222', '8222'],
};

const databases =
  /\b(?:postgres(?:ql)?|redis|rediss|mysql|mariadb|mongodb|amqp)(?:\+\w+)?:\/\/(?:([^:@/\s]*)(?::([^@/\s]*))?@)?([\w.-]+)(?::(\d+))?(?:\/([\w-]+))?/g;
const schemes: Readonly<Record<string, readonly string[]>> = {
  postgres: ['postgres', 'postgis', 'pgvector', 'timescaledb'],
  postgresql: ['postgres', 'postgis', 'pgvector', 'timescaledb'],
  redis: ['redis', 'valkey'],
  rediss: ['redis', 'valkey'],
  mysql: ['mysql', 'mariadb'],
  mariadb: ['mariadb', 'mysql'],
  mongodb: ['mongo'],
  amqp: ['rabbitmq'],
};

/** Services that nobody reaches, or not there where the job looks for them. */
export function serviceFaults(checked: Checked): Fault[] {
  return jobsOf(checked).flatMap(({ path, job }) => {
    const services = Object.entries(job.services ?? {}).map(([name, service]) =>
      serviceOf(name, service),
    );
    const at = [...path, 'services'];
    const own = [
      ...services.flatMap((service) => ownFaults(service, [...at, service.name], job)),
      ...doubles(services, at),
    ];
    // Who looks for a service that is wrong finds nothing, which says nothing new.
    return own.length > 0
      ? own
      : [...asked(job, path, services), ...used(checked, job, path, services)];
  });
}

interface Service {
  readonly name: string;
  readonly image: string;
  readonly env: Readonly<Record<string, unknown>>;
  readonly options: string;
  readonly ports: readonly { readonly host: string | undefined; readonly inside: string }[];
}

function serviceOf(
  name: string,
  { image = '', env = {}, ports = [], options = '' }: PlainContainer,
): Service {
  const kind = /([\w-]+)(?:[:@][^/]*)?$/.exec(String(image))?.[1] ?? '';
  return {
    ...{ name, env, options: String(options) },
    image: kind,
    ports: ports.map((each) => {
      const parts = String(each)
        .replace(/\/(?:tcp|udp)$/, '')
        .split(':');
      return { inside: parts.at(-1) ?? '', host: parts.length > 1 ? parts.at(-2) : undefined };
    }),
  };
}

function ownFaults(
  { name, image, env, ports, options }: Service,
  path: Path,
  job: PlainJob,
): Fault[] {
  const known = listening[image];
  const moved = Object.keys(env).some((each) => /PORT$/.test(each));
  const wrong =
    known && !moved
      ? ports.findIndex(({ inside }) => /^\d+$/.test(inside) && !known.includes(inside))
      : -1;
  const port = ports[wrong];
  const swapped = port?.host !== undefined && known?.includes(port.host);
  return [
    ...(port
      ? [
          {
            path: [...path, 'ports', wrong],
            message: swapped
              ? `the port of the runner stands first: ${port.inside}:${port.host}, since ${image} listens on ${port.host}`
              : `${image} listens on ${known?.join(' and ')}, not on ${port.inside}`,
          },
        ]
      : []),
    ...(job.container === undefined && ports.length === 0
      ? [
          {
            path,
            message: `the job runs on the machine itself, so that it reaches ${name} only by ports: add ports, such as '${known?.[0] ?? 8080}:${known?.[0] ?? 8080}'`,
          },
        ]
      : []),
    ...(image === 'postgres' &&
    env.POSTGRES_PASSWORD === undefined &&
    env.POSTGRES_HOST_AUTH_METHOD === undefined
      ? [{ path, message: `${name} does not start without POSTGRES_PASSWORD` }]
      : []),
    ...(/^(?:mysql|mariadb)$/.test(image) &&
    !Object.keys(env).some((each) => /ROOT_PASSWORD|ALLOW_EMPTY/.test(each))
      ? [
          {
            path,
            message: `${name} does not start without a password of root: MYSQL_ROOT_PASSWORD`,
          },
        ]
      : []),
    ...createOptionFaults(options).map((message) => ({ path: [...path, 'options'], message })),
  ];
}

function doubles(services: readonly Service[], path: Path): Fault[] {
  const seen = new Map<string, string>();
  return services.flatMap(({ name, ports }) =>
    ports.flatMap(({ host }, index): Fault[] => {
      if (host === undefined) return [];
      const other = seen.get(host);
      seen.set(host, name);
      return other === undefined || other === name
        ? []
        : [
            {
              path: [...path, name, 'ports', index],
              message: `${other} has the port ${host} of the runner already`,
            },
          ];
    }),
  );
}

/** Ports of services that an expression asks for, and that no service publishes. */
function asked(job: PlainJob, path: Path, services: readonly Service[]): Fault[] {
  return expressionsIn(job, path).flatMap(({ path: at, source }): Fault[] =>
    usesOf(source).references.flatMap(([context, part, name = '', field, port]): Fault[] => {
      if (context !== 'job' || part !== 'services' || field !== 'ports' || port === undefined)
        return [];
      const service = services.find((each) => each.name === name);
      const names = services.map((each) => each.name);
      if (!service) {
        const like = likeOne(name, names);
        return [
          { path: at, message: `the job has no service ${name}${like ? `; is it ${like}?` : ''}` },
        ];
      }
      const published = service.ports.map(({ inside }) => inside);
      return published.includes(port)
        ? []
        : [
            {
              path: at,
              message: `${name} publishes no port ${port}${published.length > 0 ? `, only ${published.join(', ')}` : ''}`,
            },
          ];
    }),
  );
}

interface Text {
  readonly path: Path;
  readonly text: string;
  readonly name?: string;
}

function textsOf({ workflow }: Checked, job: PlainJob, path: Path): Text[] {
  const env = (of: object | undefined, at: Path): Text[] =>
    Object.entries(of ?? {}).map(([name, value]) => ({
      path: [...at, 'env', name],
      text: String(value),
      name,
    }));
  return [
    ...env(workflow.env, []),
    ...env(job.env, path),
    ...job.steps.flatMap((step, index) => {
      const at = [...path, 'steps', index];
      return [
        ...env(step.env, at),
        ...(step.run === undefined ? [] : [{ path: [...at, 'run'], text: step.run }]),
        ...Object.entries(step.with ?? {}).map(([name, value]) => ({
          path: [...at, 'with', name],
          text: String(value),
        })),
      ];
    }),
  ];
}

const here = ['localhost', '127.0.0.1', '0.0.0.0'];

function used(checked: Checked, job: PlainJob, path: Path, services: readonly Service[]): Fault[] {
  // What the scripts start themselves is not known.
  const starts = job.steps.some(
    ({ run = '', uses = '' }) =>
      /\bdocker\b|\bcompose\b|\bpodman\b|\bsystemctl\b|\bservice \w+ start|\bpg_ctl\b|_ctlcluster|\b(?:redis|mysqld?|mongod|rabbitmq)-?server\b|\bkubectl\b|\bssh\b|\bsupabase\b/.test(
        run,
      ) || /postgres|redis|mysql|mongo|services?|compose|supabase/i.test(uses.split('@')[0] ?? ''),
  );
  return textsOf(checked, job, path).flatMap(({ path: at, text, name }) => {
    const lines = text.split('\n');
    return lines.flatMap((line, scriptLine): Fault[] => {
      const message =
        urls(line, job, services, starts) ??
        byName(line, name, job, services) ??
        local(line, job, services);
      return message === undefined
        ? []
        : [{ path: at, message, ...(lines.length > 1 && at.at(-1) === 'run' && { scriptLine }) }];
    });
  });
}

function urls(
  line: string,
  job: PlainJob,
  services: readonly Service[],
  starts: boolean,
): string | undefined {
  for (const [url, user, password, host = '', port, database] of line.matchAll(databases)) {
    const [scheme = ''] = url.split(/[+:]/);
    const images = schemes[scheme] ?? [];
    const ofKind = services.filter(({ image }) => images.includes(image));
    const own = listening[images[0] ?? '']?.[0];
    const local = here.includes(host);
    if (!local && !services.some((each) => each.name === host)) {
      const like =
        services.length > 0 && !host.includes('.')
          ? likeOne(
              host,
              services.map(({ name }) => name),
            )
          : undefined;
      if (like && job.container !== undefined)
        return `the job has no service ${host}; is it ${like}?`;
      if (job.container !== undefined && !starts && /^[a-z][\w-]*$/.test(host))
        return `the job has no service ${host}${services.length > 0 ? `; it has: ${services.map(({ name }) => name).join(', ')}` : ''}`;
      if (
        job.container === undefined &&
        !starts &&
        services.length > 0 &&
        /^[a-z][\w-]*$/.test(host)
      )
        return `nothing is called ${host} where the job runs: its services are at localhost`;
      continue;
    }
    if (local && job.container !== undefined && ofKind[0])
      return `in a container the service is called ${ofKind[0].name}, not ${host}`;
    if (!local && job.container === undefined) return reachedByName(host, services);
    if (local && services.length === 0 && !starts && job.container === undefined)
      return `${scheme} is looked for on ${host}, and the job has no service`;
    if (local && !starts) {
      const wanted = port ?? own;
      const message = unpublished(wanted, services, ofKind);
      if (message) return message;
    }
    if (
      !local &&
      port !== undefined &&
      ofKind.some((each) => each.name === host) &&
      own !== undefined &&
      port !== own
    )
      return `${host} listens on ${own}, not on ${port}: the published port is for the runner`;
    const service = ofKind.find((each) =>
      local
        ? each.ports.some(({ host: published }) => published === (port ?? own))
        : each.name === host,
    );
    const message = service && credentials(service, { user, password, database });
    if (message) return message;
  }
  return undefined;
}

function reachedByName(host: string, services: readonly Service[]): string {
  const port = services
    .find(({ name }) => name === host)
    ?.ports.find(({ host: published }) => published !== undefined)?.host;
  return `the job runs on the machine itself and not in a container, where no service is called ${host}: it is at localhost${port === undefined ? '' : `:${port}`}`;
}

function unpublished(
  port: string | undefined,
  services: readonly Service[],
  ofKind: readonly Service[],
): string | undefined {
  if (port === undefined) return undefined;
  const publishedBy = services.find(({ ports }) => ports.some(({ host }) => host === port));
  const [wanted] = ofKind;
  if (!wanted)
    return publishedBy || services.length === 0
      ? undefined
      : `no service of this job publishes the port ${port}`;
  if (publishedBy && ofKind.includes(publishedBy)) return undefined;
  const published = wanted.ports.flatMap(({ host }) => host ?? []);
  if (publishedBy)
    return `the port ${port} is that of ${publishedBy.name}; ${wanted.name} has ${published.join(', ')}`;
  // Without a port of the runner GitHub chooses one.
  return published.length === 0
    ? `${wanted.name} publishes no fixed port: write '${port}:${wanted.ports[0]?.inside ?? port}'`
    : `no service of this job publishes the port ${port}; ${wanted.name} has ${published.join(', ')}`;
}

interface Given {
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
}

function credentials(
  { env, name, image }: Service,
  { user, password, database }: Given,
): string | undefined {
  if (image !== 'postgres') return undefined;
  const {
    POSTGRES_USER: owner = 'postgres',
    POSTGRES_PASSWORD: secret,
    POSTGRES_DB: db = owner,
  } = env;
  const differs = (given: string | undefined, known: unknown) =>
    given !== undefined &&
    known !== undefined &&
    !/[${%]/.test(given) &&
    !String(known).includes('$') &&
    given !== String(known);
  if (differs(user, owner)) return `${name} knows the user ${String(owner)}, not ${user}`;
  if (differs(password, secret) && password !== '') return `the password is not the one of ${name}`;
  // Tests may make databases of their own.
  const like =
    database !== undefined && differs(database, db) ? likeOne(database, [String(db)]) : undefined;
  return like ? `${name} has the database ${like}, not ${database}` : undefined;
}

/** A variable such as PGHOST, or an address of any other protocol. */
function byName(
  line: string,
  name: string | undefined,
  job: PlainJob,
  services: readonly Service[],
): string | undefined {
  if (job.container !== undefined) return undefined;
  for (const service of services) {
    if (name !== undefined && /HOST(?:NAME)?$|_ADDR(?:ESS)?$/.test(name) && line === service.name)
      return reachedByName(service.name, services);
    const address = new RegExp(
      `(?:^|//|@|--host[= ]|-h )${service.name.replaceAll(/\W/g, '\\$&')}(?::\\d+|/|\\s|$)`,
    );
    if (
      address.test(line) &&
      /:\/\/|--host|-h |:\d+/.test(line) &&
      !here.some((each) => line.includes(each))
    )
      return reachedByName(service.name, services);
  }
  return undefined;
}

/** The port that a service listens on inside, looked for on the runner, where it is published under another. */
function local(line: string, job: PlainJob, services: readonly Service[]): string | undefined {
  if (job.container !== undefined) return undefined;
  for (const [, , port = ''] of line.matchAll(/\b(localhost|127\.0\.0\.1):(\d+)/g)) {
    if (services.some(({ ports }) => ports.some(({ host }) => host === port))) continue;
    const inside = services.find(({ ports }) => ports.some((each) => each.inside === port));
    const published = inside?.ports.find((each) => each.inside === port)?.host;
    if (inside && published !== undefined)
      return `${inside.name} is published as ${published}: localhost:${published}`;
  }
  return undefined;
}
