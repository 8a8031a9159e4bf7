import { describe, expect, it } from 'vitest';
import {
  proxyPath,
  type Rendering,
  readCompose,
  renderCompose,
} from '../src/make-release/compose-file.ts';

const release = '20260101T000000Z-0a1b2c3';
const reference = `ghcr.io/azals/api@sha256:${'1'.repeat(64)}`;
const mount = (path: string) => [path, { hash: '0123456789ab', path }] as const;

const file = `# The stack.
name: azals-staging

x-service: &service
  restart: unless-stopped # always there

services:
  api:
    <<: *service
    image: azals/api:staging
    build: { context: api }
    # Needs the database.
    depends_on: [postgres]
  postgres:
    image: postgres:15-alpine
    volumes: ["data:/var/lib/postgresql/data"]
  nginx:
    image: nginx:alpine
    volumes: ["./infra/nginx/:/etc/nginx/staging:ro"]
  grafana:
    profiles: [monitoring]
    image: grafana/grafana:10.0.0
    volumes:
      # What it shows.
      - ./infra/grafana:/etc/grafana:ro
      - type: bind
        source: infra/extra
        target: /extra
      - /etc/localtime:/etc/localtime:ro
volumes:
  data:
`;

function render(text: string, changes: Partial<Rendering> = {}): string {
  return renderCompose(readCompose(text), {
    release,
    images: new Map([['api', reference]]),
    imageSource: 'registry',
    optionalServices: ['grafana'],
    proxy: 'nginx',
    baseDirectory: '/srv/x',
    mounts: new Map([mount('infra/grafana'), mount('infra/extra')]),
    ...changes,
  });
}

it('puts images, labels and sources in, and changes nothing else', () => {
  expect(readCompose(file).project).toBe('azals-staging');
  expect(render(file)).toBe(
    file
      .replace('image: azals/api:staging', `image: ${reference}`)
      .replace('    build: { context: api }\n', '')
      .replace(
        'depends_on: [postgres]',
        `depends_on: [ postgres ]\n    labels:\n      staging-pipeline.release: api@${release}`,
      )
      .replace('profiles: [monitoring]', 'profiles: [ monitoring ]')
      .replace('["data:/var/lib/postgresql/data"]', '[ "data:/var/lib/postgresql/data" ]')
      .replace(
        '["./infra/nginx/:/etc/nginx/staging:ro"]',
        '[ "/srv/x/mounts/proxy/infra/nginx:/etc/nginx/staging:ro" ]',
      )
      .replace('./infra/grafana:', '/srv/x/mounts/0123456789ab/infra/grafana:')
      .replace('source: infra/extra', 'source: /srv/x/mounts/0123456789ab/infra/extra'),
  );
});

it('has the host look for streamed images nowhere else', () => {
  const images = new Map([['api', 'staging-pipeline.local/api:abc']]);
  const text = render(file, { images, imageSource: 'runner' });
  expect(readCompose(text).services.api).toMatchObject({
    image: 'staging-pipeline.local/api:abc',
    pull_policy: 'never',
  });
  expect(render(file)).not.toContain('pull_policy');
});

describe('labels and volumes', () => {
  const services = (text: string) => readCompose(render(text)).services;

  it('keep what is there, as a map or as a list', () => {
    const labels = (given: string) =>
      services(file.replace('    # Needs', `    labels: ${given}\n    # Needs`)).api?.labels;
    expect(labels('{ team: erp }')).toEqual({
      team: 'erp',
      'staging-pipeline.release': `api@${release}`,
    });
    expect(labels('[team=erp]')).toEqual(['team=erp', `staging-pipeline.release=api@${release}`]);
  });

  it('that come from an anchor are changed at the service, not in the anchor', () => {
    const shared = file
      .replace('x-service: &service\n', 'x-service: &service\n  labels: { team: erp }\n')
      .replace('  volumes: ["data', '  x-shared: &shared [./infra/grafana:/g]\n    volumes: ["data')
      .replace(/volumes:\n {6}# What it shows\.[\s\S]*localtime:ro\n/, 'volumes: *shared\n');
    const rendered = services(shared);
    expect(rendered.api?.labels).toEqual({
      team: 'erp',
      'staging-pipeline.release': `api@${release}`,
    });
    expect(rendered.grafana?.volumes).toEqual(['/srv/x/mounts/0123456789ab/infra/grafana:/g']);
    expect(render(shared)).toContain('x-shared: &shared [ ./infra/grafana:/g ]');
  });
});

describe('the proxy', () => {
  it('mounts one directory', () => {
    expect(proxyPath(readCompose(file), 'nginx')).toBe('infra/nginx');
  });

  it.each([
    ['beside a Compose file in a folder', './infra/nginx/', 'deploy/infra/nginx'],
    ['above a Compose file in a folder', '../infra/nginx', 'infra/nginx'],
  ])('mounts one %s', (_, spelt, path) => {
    const text = file.replace('./infra/nginx/', spelt);
    expect(proxyPath(readCompose(text, 'deploy'), 'nginx')).toBe(path);
  });

  it.each([
    ['a service that is not there', file, 'traefik', 'no service traefik; it has: api, postgres'],
    ['one that mounts nothing', file, 'api', 'service api mounts these relative paths: none'],
    ['one that mounts two', file, 'grafana', './infra/grafana, infra/extra. The proxy must mount'],
  ])('is not %s', (_, text, proxy, message) => {
    expect(() => proxyPath(readCompose(text), proxy)).toThrow(message);
  });
});

it.each([
  [
    'a service that does not exist',
    file,
    { images: new Map([['worker', reference]]) },
    'no service worker',
  ],
  ['an optional one that does not exist', file, { optionalServices: ['loki'] }, 'no service loki'],
  ['a service that would be built there', file, { images: new Map() }, 'service api is built from'],
  ['no fixed name', file.replace('name: azals-staging', ''), {}, 'needs a fixed name'],
  ['a name from a variable', file.replace('name: a', 'name: ${X}a'), {}, 'a fixed name'],
  ['something else than YAML', 'services: [', {}, 'is not YAML'],
  ['no services', 'name: x', {}, 'has no services'],
  [
    'a mount that is not sent',
    file,
    { mounts: new Map() },
    'service grafana mounts ./infra/grafana, which is not among',
  ],
  [
    'a mount outside',
    file.replace('./infra/grafana', '../secrets'),
    {},
    'service grafana mounts "../secrets"',
  ],
  [
    'a mount with a way out',
    file.replace('./infra/grafana', './infra/../../x'),
    {},
    'only paths inside the workspace',
  ],
  [
    'a way out into a folder of the same name',
    file.replace('./infra/grafana', './../infra/grafana'),
    {},
    'only paths inside the workspace',
  ],
  [
    'the whole workspace',
    file.replace('./infra/grafana', './'),
    {},
    'only paths inside the workspace',
  ],
  [
    'a path for a shell',
    file.replace('./infra/grafana', './$(id)'),
    {},
    'only paths inside the workspace',
  ],
  [
    'a build from an anchor',
    file
      .replace('    build: { context: api }\n', '')
      .replace('unless-stopped', 'always\n  build: api'),
    {},
    'gets its build from an anchor',
  ],
])('refuses %s', (_, text, changes, message) => {
  expect(() => render(text, changes)).toThrow(message);
});
