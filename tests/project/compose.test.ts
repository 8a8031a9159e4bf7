import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../scripts/repository/repository.ts';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string };
  readonly profiles?: readonly string[];
  readonly ports?: readonly string[];
  readonly restart?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly mem_limit?: string;
  readonly healthcheck?: { readonly test?: unknown };
}

const read = (path: string) => readFileSync(join(packageRoot, path), 'utf8');
const text = read('docker-compose.staging.yml');
const services: Record<string, Service> = parse(text, { merge: true }).services;

/** Host address, published port and port inside, by service. */
const published = Object.entries(services).flatMap(([name, { ports = [] }]) =>
  ports.map((port) => {
    const [inside, outside, address] = port.split(':').reverse();
    return { name, inside, outside, address };
  }),
);

const environment: Record<string, string> = Object.fromEntries(
  [...read('.env.staging.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(
    ([, name = '', value = '']) => [name, value],
  ),
);

it('publishes the ports of the guide, and only nginx beyond this machine', () => {
  const ports = published.map(({ name, outside, address }) => [name, outside, address]);
  expect(ports).toEqual([
    ['postgres', '5433', '127.0.0.1'],
    ['redis', '6380', '127.0.0.1'],
    ['nginx', '8081', undefined],
    ['prometheus', '9091', '127.0.0.1'],
    ['grafana', '3001', '127.0.0.1'],
  ]);
});

it('starts monitoring only when asked to', () => {
  const optional = Object.keys(services).filter((name) => services[name]?.profiles !== undefined);
  expect(optional).toEqual(['prometheus', 'grafana']);
});

it.each(Object.entries(services))('starts %s again whatever ended it', (_, { restart }) => {
  // After a crash of the engine `unless-stopped` does not (tests/faults, "kill -9 of the Docker engine").
  expect(restart).toBe('always');
});

it.each(Object.entries(services))('confines %s', (_, service) => {
  expect(service).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    mem_limit: expect.stringMatching(/^\d+[mg]$/),
  });
});

it.each(Object.entries(services))('knows whether %s is healthy', (_, { build, healthcheck }) => {
  const own = build && /^HEALTHCHECK /m.test(read(`${build.context}/Dockerfile`));
  expect(own === true || healthcheck?.test !== undefined).toBe(true);
});

it('is filled in from no variable, so that it means the same with and without --env-file', () => {
  expect(text.replaceAll('$$', '')).not.toContain('$');
});

it('leaves exactly the three values of the guide to choose', () => {
  const open = Object.keys(environment).filter((name) => environment[name]?.includes('CHANGE_ME'));
  expect(open).toEqual(['POSTGRES_PASSWORD', 'SECRET_KEY', 'STRIPE_SECRET_KEY']);
});

it('uses in .env.staging only what stands above in it', () => {
  const above = new Set<string>();
  for (const [name, value] of Object.entries(environment)) {
    for (const [, used] of value.matchAll(/\$\{(\w+)\}/g)) expect(above).toContain(used);
    above.add(name);
  }
});

it('lets the browser in at the published address', () => {
  const port = published.find(({ name }) => name === 'nginx')?.outside;
  expect(environment.CORS_ORIGINS?.split(',')).toEqual([
    `http://localhost:${port}`,
    `http://127.0.0.1:${port}`,
  ]);
});

it.each([
  ['DATABASE_URL', /@(?<host>[\w.]+):(?<port>\d+)\//, environment.DATABASE_URL],
  ['REDIS_URL', /\/\/(?<host>[\w.]+):(?<port>\d+)\//, environment.REDIS_URL],
  [
    'the data source of Grafana',
    /url: http:\/\/(?<host>[\w.]+):(?<port>\d+)/,
    read('infra/grafana/provisioning/datasources/prometheus.yml'),
  ],
])('names a service and its port in %s', (_, pattern, source) => {
  const { host, port } = pattern.exec(source ?? '')?.groups ?? {};
  expect(published).toContainEqual(expect.objectContaining({ name: host, inside: port }));
});

it('sends requests and scrapes to services that exist', () => {
  const upstreams = [
    ...read('infra/nginx/nginx.conf').matchAll(/^ *root \/etc\/nginx\/staging\/routes\/(\w+);/gm),
  ];
  const targets = [...read('infra/prometheus/prometheus.yml').matchAll(/targets: \["([\w.]+):/g)];
  const names = [...upstreams, ...targets].map(([, name]) => name);
  expect(names).toEqual(['api', 'api', 'frontend', 'frontend', 'localhost', 'api']);
  expect(new Set(readdirSync(join(packageRoot, 'infra/nginx/routes')))).toEqual(
    new Set(upstreams.map(([, name]) => name)),
  );
  for (const name of names) expect([...Object.keys(services), 'localhost']).toContain(name);
});

it('draws what the API counts', () => {
  const dashboard = read('infra/grafana/dashboards/azals-staging.json');
  const drawn = new Set(dashboard.match(/\b(http|azals)_[a-z_]+(?=\{)/g));
  const counted = read('api/app/core/metrics.py');
  expect([...drawn].sort()).toEqual([
    'azals_build_info',
    'http_request_duration_seconds_bucket',
    'http_requests_total',
  ]);
  for (const name of drawn) expect(counted).toContain(`"${name.replace(/_(total|bucket)$/, '')}"`);
});
