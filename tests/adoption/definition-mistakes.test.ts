import { beforeEach, expect, inject, it } from 'vitest';
import { Adopter, folder } from './adopter.ts';

const { root, tarball } = inject('adopter');
const adopter = new Adopter(root, tarball);
const settings = `${folder}/settings.ts`;

beforeEach(async () => {
  await adopter.checkOut('adopted');
});

/** What a build says of a mistake, which has to fail without a stack and change nothing that is generated. */
async function mistakenBuild(...options: readonly string[]): Promise<string> {
  const { printed, exitCode } = await adopter.pipeline('build', '--no-lint', ...options);
  expect(exitCode, printed).toBe(1);
  expect(printed).not.toMatch(/^ {4}at /m);
  expect(await adopter.git('status', '--porcelain', '--', '.github', `${folder}/actions`)).toBe('');
  return printed;
}

it.each([
  [
    'a name of its own',
    'container_name: backend',
    'has container_name: backend, which only one container can have',
  ],
  ['a port of its own', 'ports: ["8000:8000"]', 'has the port 8000:8000 of the host'],
])('a service that a release replaces cannot have %s', async (_, line, message) => {
  await adopter.edit('deploy/compose.staging.yml', [
    '    image: workshop/backend:staging\n',
    `    image: workshop/backend:staging\n    ${line}\n`,
  ]);
  const printed = await mistakenBuild();
  expect(printed).toMatch(/ci\/staging\/settings\.ts:\d+:\d+: images\.backend: /);
  expect(printed).toContain(message);
});

it.each([
  [
    'a Dockerfile that is not there',
    ["'web/Dockerfile'", "'web/Dockerfil'"],
    'images.web.dockerfile: the repository has no web/Dockerfil',
  ],
  [
    'a proxy that is no service',
    ["proxy: 'edge'", "proxy: 'nginx'"],
    'proxy: deploy/compose.staging.yml has no service nginx; it has: db, cache, backend, web, edge',
  ],
  [
    'an image without a service',
    ['    web: { context', '    site: { context'],
    'images.site: deploy/compose.staging.yml has no service site',
  ],
  [
    'a database that is no service',
    ["database: 'db'", "database: 'postgres'"],
    'migrations.database: deploy/compose.staging.yml has no service postgres',
  ],
  [
    'a path out of the repository',
    ["files: ['deploy/edge']", "files: ['../edge']"],
    "files[0]: ../edge is not relative to the repository's top",
  ],
  [
    'a Compose file that is not there',
    ["'deploy/compose.staging.yml'", "'compose.yml'"],
    'the Compose file compose.yml cannot be read',
  ],
  [
    'a secret that nobody has declared',
    ["WORKSHOP_PUBLIC_URL: 'http://localhost'", 'WORKSHOP_PUBLIC_URL: repository.secrets.NOBODY'],
    'secrets.NOBODY is not declared',
  ],
] as const)('the settings fail with their line for %s', async (_, change, message) => {
  await adopter.edit(settings, change);
  const printed = await mistakenBuild();
  expect(printed).toMatch(/ci\/staging\/settings\.ts:\d+:\d+: /);
  expect(printed).toContain(message);
});

it.each([
  [
    'a setting that there is not',
    ["branch: 'trunk',", "branch: 'trunk', brunch: 'x',"],
    "'brunch' does not exist",
  ],
  ['an unknown package manager', ["manager: 'pnpm'", "manager: 'bun'"], '"bun"'],
] as const)('the settings do not compile with %s', async (_, change, message) => {
  await adopter.edit(settings, change);
  const { printed, exitCode } = await adopter.pipeline('build', '--no-lint', '--types');
  expect(printed).toMatch(/^ci\/staging\/settings\.ts:\d+:\d+: /m);
  expect(printed).toContain(message);
  expect(exitCode).toBe(1);
});

it('a slip of the keyboard is told with its line', async () => {
  await adopter.edit(settings, ["branch: 'trunk',", 'branch: ,']);
  expect(await mistakenBuild()).toMatch(
    /ci\/staging\/settings\.ts:\d+: .*(?:Expression expected|Unexpected token)/,
  );
});

it('a package that is not installed is named', async () => {
  await adopter.edit(settings, [
    "} from 'staging-pipeline';",
    "} from 'staging-pipeline';\nimport 'left-pad';",
  ]);
  expect(await mistakenBuild()).toContain(
    'imports left-pad, which is not installed: npm ci --prefix ci/staging',
  );
});

it.each([
  ['says nothing of modules', (manifest: object) => ({ ...manifest, type: undefined })],
  ['says commonjs as the rest does', (manifest: object) => ({ ...manifest, type: 'commonjs' })],
])('a package.json that %s is told what to say', async (_, change) => {
  const path = `${folder}/package.json`;
  await adopter.write({ [path]: JSON.stringify(change(JSON.parse(await adopter.read(path)))) });
  expect(await mistakenBuild()).toContain(`${path} has to say "type": "module"`);
});
