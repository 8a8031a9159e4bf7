import { expect, it } from 'vitest';
import { renderCompose } from '../src/compose-file.ts';

const reference = `ghcr.io/azals/api@sha256:${'1'.repeat(64)}`;
const images = new Map([['api', reference]]);

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
  grafana:
    profiles: [monitoring]
    image: grafana/grafana:10.0.0
`;

it('puts digests in the place of images and builds, and changes nothing else', () => {
  const { text, project } = renderCompose(file, images, ['grafana']);
  expect(project).toBe('azals-staging');
  expect(text).toBe(
    file
      .replace('image: azals/api:staging', `image: ${reference}`)
      .replace('    build: { context: api }\n', '')
      .replace('depends_on: [postgres]', 'depends_on: [ postgres ]')
      .replace('profiles: [monitoring]', 'profiles: [ monitoring ]'),
  );
});

it.each([
  [
    'a service that does not exist',
    file,
    new Map([['worker', reference]]),
    [],
    'no service worker',
  ],
  ['an optional one that does not exist', file, images, ['loki'], 'no service loki'],
  ['a service that would be built on the host', file, new Map(), [], 'service api is built from'],
  ['no fixed name', file.replace('name: azals-staging', ''), images, [], 'needs a fixed name'],
  ['a name from a variable', file.replace('name: a', 'name: ${X}a'), images, [], 'a fixed name'],
  ['something else than YAML', 'services: [', images, [], 'is not YAML'],
])('refuses %s', (_, text, given, optional, message) => {
  expect(() => renderCompose(text, given, optional)).toThrow(message);
});
