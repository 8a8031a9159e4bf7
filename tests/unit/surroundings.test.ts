import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { localImages } from '../../scripts/local/base-images/local-images.ts';
import { packageRoot } from '../../scripts/repository.ts';

interface Surroundings {
  readonly services: Readonly<
    Record<string, { readonly image: string; readonly ports?: readonly string[] }>
  >;
}

const { services }: Surroundings = parse(
  await readFile(join(packageRoot, 'scripts/local/surroundings.yml'), 'utf8'),
);

test('the surroundings run only images that the local run builds', () => {
  const images = Object.values(services).map(({ image }) => image);
  expect(new Set(images)).toEqual(new Set(Object.values(localImages)));
});

test('what they publish is reached from this machine alone', () => {
  const ports = Object.values(services).flatMap(({ ports = [] }) => ports);
  expect(ports).toHaveLength(6);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});
