import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../scripts/repository/repository.ts';

interface Surroundings {
  readonly services: Readonly<
    Record<string, { readonly image: string; readonly ports?: readonly string[] }>
  >;
}

const { services }: Surroundings = parse(
  await readFile(join(packageRoot, 'scripts/local/surroundings/surroundings.yml'), 'utf8'),
);

test('the surroundings run only images that the local run builds', () => {
  const images = Object.values(services).map(({ image }) => image);
  const built = ['STAGING_HOST', 'REGISTRY', 'RUNNER'].map((name) => `\${${name}_IMAGE}`);
  expect(new Set(images)).toEqual(new Set(built));
});

test('what they publish is reached from this machine alone', () => {
  const ports = Object.values(services).flatMap(({ ports = [] }) => ports);
  expect(ports).toHaveLength(6);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
});
