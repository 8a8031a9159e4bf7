import { describe, expect, it } from 'vitest';
import { proxyPath, readCompose } from '../src/make-release/compose-file.ts';
import { type Rendering, renderCompose } from '../src/make-release/render-compose.ts';

const release = '20260101T000000Z-0a1b2c3';
const label = `staging-pipeline.release: api@${release}`;
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
      .replace('build: { context: api }', `labels: { ${label} }`)
      .replace(
        '"./infra/nginx/:/etc/nginx/staging:ro"',
        '/srv/x/mounts/proxy/infra/nginx:/etc/nginx/staging:ro',
      )
      .replace('./infra/grafana:', '/srv/x/mounts/0123456789ab/infra/grafana:')
      .replace('source: infra/extra', 'source: /srv/x/mounts/0123456789ab/infra/extra'),
  );
});

it('leaves numbers, dates, tags and spaces as they are written, wherever they stand', () => {
  const text = `${file}configs:
  start: { external: true }
x-odd:   [ 0755,01777 , 022, 0123456789, 12345678901234567890, 1e3, 1_000, yes, ~, 2026-01-01, 12:30:45 ]
x-text: >-
    folded
    twice  

x-tagged: !override { a:   1 }
`;
  expect(render(text)).toBe(render(file) + text.slice(file.length));
});

describe('finds a place for what it adds', () => {
  const rest = `${file.slice(file.indexOf('  postgres:'))}`;
  const withApi = (api: string) =>
    `name: azals-staging\nx-base: &base { restart: always }\nservices:\n${api}${rest}`;

  it.each([
    [
      'in a service that is only built',
      '  api:\n    build: ./api\n',
      `  api:\n    image: ${reference}\n    labels: { ${label} }\n`,
    ],
    [
      'in place of a build of several lines',
      '  api:\n    build:\n      context: api\n      args:\n        - A\n\n    # Last.\n    init: true\n',
      `  api:\n    image: ${reference}\n    labels: { ${label} }\n\n    # Last.\n    init: true\n`,
    ],
    [
      'on one line',
      '  api: { build: api, init: true }\n',
      `  api: { image: ${reference}, labels: { ${label} }, init: true }\n`,
    ],
    ['in an empty map', '  api: {}\n', `  api: { image: ${reference}, labels: { ${label} } }\n`],
    ['in nothing', '  api:\n', `  api: { image: ${reference}, labels: { ${label} } }\n`],
    [
      'before a comment',
      '  api: # Nothing yet.\n',
      `  api:  { image: ${reference}, labels: { ${label} } } # Nothing yet.\n`,
    ],
    [
      'in place of a label that is there',
      '  api:\n    image: a\n    labels: { staging-pipeline.release: old, team: erp }\n',
      `  api:\n    image: ${reference}\n    labels: { ${label}, team: erp }\n`,
    ],
    [
      'beside an alias',
      '  api: *base\n',
      `  api: { <<: *base, image: ${reference}, labels: { ${label} } }\n`,
    ],
    [
      'in a list',
      '  api:\n    image: a\n    labels:\n      # Ours.\n      - team=erp\n',
      `  api:\n    image: ${reference}\n    labels:\n      # Ours.\n      - staging-pipeline.release=api@${release}\n      - team=erp\n`,
    ],
    [
      'where there is nothing yet',
      '  api:\n    image: a\n    labels:\n',
      `  api:\n    image: ${reference}\n    labels: { ${label} }\n`,
    ],
  ])('%s', (_, api, expected) => {
    expect(render(withApi(api))).toBe(
      render(withApi('  api: { image: a }\n')).replace(/ {2}api: .*\n/, () => expected),
    );
  });
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
    expect(labels('[team=erp]')).toEqual([`staging-pipeline.release=api@${release}`, 'team=erp']);
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
    expect(render(shared)).toContain('x-shared: &shared [./infra/grafana:/g]');
  });
});

describe('what one service shares with another', () => {
  it('is copied for it with its numbers as they are', () => {
    const shared = file
      .replace(
        'x-service',
        "x-labels: &labels { team: core, mode: 0755, on: yes, note: 'a, b' }\nx-service",
      )
      .replace('    # Needs', '    labels: *labels\n    # Needs');
    expect(render(shared)).toContain(
      `    labels: { ${label}, team: core, mode: 0755, "on": yes, note: "a, b" }\n`,
    );
  });

  it.each([
    ['labels', '    labels: &common { team: core }\n', '    labels: *common\n', 'labels'],
    ['an image', '    image: &image azals/api:staging\n', '    image: *image\n', 'image'],
  ])('does not get %s of a release through an anchor', (_, api, postgres, key) => {
    const text = file
      .replace('    image: azals/api:staging\n', api)
      .replace('    image: postgres:15-alpine\n', postgres);
    expect(() => render(text)).toThrow(
      `service postgres: its ${key} would change with that of another service`,
    );
  });

  it('does not get a whole service of a release through an anchor', () => {
    const text = file
      .replace('  api:\n', '  api: &api\n')
      .replace('  postgres:\n', '  worker:\n    <<: *api\n    build: !reset null\n  postgres:\n');
    expect(() => render(text)).toThrow('service worker');
    const both = new Map([
      ['api', reference],
      ['worker', reference],
    ]);
    const { services } = readCompose(
      render(text.replace('    build: !reset null\n', ''), { images: both }),
    );
    expect(services.worker?.labels).toEqual({ 'staging-pipeline.release': `worker@${release}` });
  });
});

describe('configs and secrets that are files', () => {
  const text = `${file}configs:
  rules: { file: ./infra/extra }
  host: { file: /etc/hosts }
  made: { content: "x" }
secrets:
  key:
    file: infra/grafana # as it is
`;

  it('come from where the host keeps them', () => {
    expect(readCompose(text).bindMounts.slice(-2)).toMatchObject([
      { what: 'configs.rules is the file ./infra/extra', path: 'infra/extra' },
      { what: 'secrets.key is the file infra/grafana', path: 'infra/grafana' },
    ]);
    expect(render(text)).toBe(
      render(file) +
        text
          .slice(file.length)
          .replace('./infra/extra', '/srv/x/mounts/0123456789ab/infra/extra')
          .replace('infra/grafana', '/srv/x/mounts/0123456789ab/infra/grafana'),
    );
  });

  it('are among what is sent', () => {
    expect(() => render(text.replace('./infra/extra', './secret'))).toThrow(
      'configs.rules is the file ./secret, which is not among the input files',
    );
  });
});

describe('a service of the application runs twice for a moment, so it has no', () => {
  it.each([
    ['container_name: api', 'container_name: api'],
    ['network_mode: host', 'network_mode: host'],
    ['scale: 2', 'scale: 2'],
    ['deploy: { replicas: 3 }', 'deploy.replicas: 3'],
    ['ports: ["8000:8000"]', 'the port 8000:8000'],
    ['ports: ["127.0.0.1:8000:8000/tcp"]', 'the port 127.0.0.1:8000:8000/tcp'],
    ['ports: ["${PORT:-8000}:8000"]', 'the port ${PORT:-8000}:8000'],
    ['ports: ["[::1]:8000:8000"]', 'the port [::1]:8000:8000'],
    ['ports: [{ target: 80, published: 8000 }]', 'the port {"target":80,"published":8000}'],
  ])('%s', (line, says) => {
    const text = file.replace('    # Needs', `    ${line}\n    # Needs`);
    expect(() => render(text)).toThrow(`service api has ${says}`);
    // Others may.
    expect(() =>
      render(file.replace('    image: postgres', `    ${line}\n    image: postgres`)),
    ).not.toThrow();
  });

  it.each([
    'ports: [8000, "8001"]',
    'ports: ["8000-8009:80"]',
    'ports: [{ target: 80 }]',
    'scale: 1',
    'ports: ["0:80"]',
  ])('reason to refuse %s', (line) => {
    expect(() => render(file.replace('    # Needs', `    ${line}\n    # Needs`))).not.toThrow();
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
  ['parts in other files', `include: [other.yml]\n${file}`, {}, 'the compose file has "include"'],
  [
    'a service from another file',
    file.replace('    # Needs', '    extends: { file: base.yml, service: api }\n    # Needs'),
    {},
    'service api has extends.file: base.yml',
  ],
])('refuses %s', (_, text, changes, message) => {
  expect(() => render(text, changes)).toThrow(message);
});
