import { expect, it } from 'vitest';
import { InvalidInput } from '../../../shared/src/errors.ts';
import { findLocalImages } from '../../src/image-stream/local-images.ts';
import { checkReference, hostReference } from '../../src/image-stream/references.ts';

const id = `sha256:${'0a'.repeat(32)}`;

it.each([
  'azals/api:dev',
  'localhost:5000/azals/api:1.0',
  `ghcr.io/azals/api@${id}`,
  id,
  '0a1b2c3d4e5f',
])('takes %s for a local image', (reference) => {
  expect(() => checkReference('api', reference)).not.toThrow();
});

it.each([
  ['an option', '--output=/etc/passwd'],
  ['an option in one letter', '-o'],
  ['two words', 'api --help'],
  ['a line break', 'api\n--help'],
  ['a command', 'api;id'],
  ['an expansion', '$(id)'],
  ['a template', '{{.Id}}'],
  ['a pattern', 'api*'],
  ['an invisible character', 'api\u200b'],
  ['nothing', ''],
  ['more than a name can have', 'a'.repeat(600)],
])('refuses %s, before Docker sees it', async (_, reference) => {
  const found = findLocalImages(new Map([['api', reference]]));
  await expect(found).rejects.toThrow(InvalidInput);
  await expect(found).rejects.toThrow(`the image of service api is ${JSON.stringify(reference)}`);
});

it.each([
  ['api', 'staging-pipeline.local/api'],
  ['Web_Front--End', 'staging-pipeline.local/web-front-end'],
  ['_x.', 'staging-pipeline.local/x'],
])('names the image of service %s after it, and after all of its id', (service, name) => {
  expect(hostReference(service, id)).toBe(`${name}:${'0a'.repeat(32)}`);
});

it('refuses a service that leaves nothing to name an image after', () => {
  expect(() => hostReference('__', id)).toThrow(InvalidInput);
});
