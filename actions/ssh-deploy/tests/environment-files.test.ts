import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../../../tests/unit/stand-ins-process.ts';
import { checkEnvironmentFiles } from '../src/make-release/environment-files.ts';

let workspace: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  workspace = await temporaryFolder();
  await mkdir(join(workspace.path, 'infra'));
  for (const name of ['infra/api.env', 'left-out.env', '.env.staging'])
    await writeFile(join(workspace.path, name), 'A=1\n');
});
afterAll(() => workspace[Symbol.asyncDispose]());

/** Checks a service `api` that has the given lines. */
function check(yaml: string, hostAccess: readonly string[] = []): void {
  checkEnvironmentFiles(
    { api: parse(yaml), frontend: null },
    { workspace: workspace.path, folder: '.', files: ['infra'], hostAccess },
  );
}

it.each([
  'env_file: .env.staging',
  'env_file: ./.env.staging',
  'env_file: [.env.staging, infra/api.env]',
  'env_file: [{ path: ./infra/api.env, required: false }]',
  // Optional for Compose, and nobody has it.
  'env_file: [{ path: not-there.env, required: false }]',
  'label_file: infra/api.env',
  'environment: { A: $B }',
])('takes what the release has: %s', (yaml) => {
  expect(() => check(yaml)).not.toThrow();
});

it.each([
  ['env_file: /etc/other/.env', '/etc/other/.env'],
  ['env_file: [.env.staging, { path: /srv/other/.env }]', '/srv/other/.env'],
  ['env_file: ../../shared/.env.staging', '../../shared/.env.staging'],
  ['env_file: infra/../../other/.env', '../other/.env'],
  ['label_file: [/etc/passwd]', '/etc/passwd'],
])('refuses a file of the host, and says what allows it: %s', (yaml, path) => {
  expect(() => check(yaml)).toThrow(`api=${path} in a line of the input host-access`);
  expect(() => check(yaml, [`frontend=${path}`])).toThrow('a file of the host');
  expect(() => check(yaml, [`api=${path}`])).not.toThrow();
});

it('takes a granted folder with what is below it, and nothing beside it', () => {
  expect(() => check('env_file: /etc/shop/api.env', ['api=/etc/shop'])).not.toThrow();
  expect(() => check('env_file: /etc/shopping/api.env', ['api=/etc/shop'])).toThrow();
  expect(() => check('env_file: /etc/shop/../shadow', ['api=/etc/shop'])).toThrow(
    'api=/etc/shadow',
  );
});

it('refuses what would be left behind without a word', () => {
  expect(() => check('env_file: [{ path: left-out.env, required: false }]')).toThrow(
    'service api has env_file: left-out.env, which is not among the input files (infra): add it there',
  );
});

it('refuses a path that only the host could tell', () => {
  expect(() => check(`env_file: \${ENV_FILE:-.env.staging}`)).toThrow('write its path');
});
