import { afterAll, beforeAll, expect, it } from 'vitest';
import { AdoptingRepository, settings } from './adopting-repository.ts';

let repository: AdoptingRepository;

beforeAll(async () => {
  repository = await AdoptingRepository.make();
});

afterAll(() => repository?.[Symbol.asyncDispose]());

it('takes settings that hold, and fills in what is left out', async () => {
  await repository.write(
    'pipeline/settings.ts',
    `${settings.replace('export default', 'const project =')}
const { proxy, baseDirectory, actions, workflow, local, serviceImage } = project;
const { migrations: _, ...rest } = project;
console.log(JSON.stringify({ proxy, baseDirectory, actions, workflow, local, image: serviceImage('database') }));
export default project;
`,
  );
  const { exitCode, output } = await repository.run(['graph']);
  expect(JSON.parse(output.split('\n')[0] ?? '')).toEqual({
    proxy: 'proxy',
    baseDirectory: '/srv/shop',
    actions: { folder: 'pipeline/actions' },
    workflow: 'staging',
    local: {},
    image: 'postgres:15',
  });
  expect(exitCode).toBe(0);
});

const services = 'compose.yml has no service shop; it has: proxy, web, database';

it.each([
  ['composeFile', "'compose.yml'", "'other.yml'", 'the Compose file other.yml cannot be read'],
  ['an example', "'.env.example'", "'.env'", 'environmentExample: the repository has no .env'],
  ['a file', "['proxy.conf']", "['proxy.conf', 'x']", 'files[1]: the repository has no x'],
  [
    'a path outside',
    "['proxy.conf']",
    "['../proxy.conf']",
    "files[0]: ../proxy.conf is not relative to the repository's top",
  ],
  [
    'an absolute path',
    "context: 'web'",
    "context: '/web'",
    "images.web.context: /web is not relative to the repository's top",
  ],
  [
    'a Dockerfile',
    'web/Dockerfile',
    'web/Containerfile',
    'images.web.dockerfile: the repository has no web/Containerfile',
  ],
  ['a service of an image', '{ web:', '{ shop:', `images.shop: ${services}`],
  ['the proxy', "proxy: 'proxy'", "proxy: 'shop'", `proxy: ${services}`],
  [
    'no proxy where none is called nginx',
    "  proxy: 'proxy',\n",
    '',
    'proxy: compose.yml has no service nginx',
  ],
  ['what migrates', "service: 'web'", "service: 'shop'", `migrations.service: ${services}`],
  ['the database', "'database'", "'shop'", `migrations.database: ${services}`],
  [
    'what is run after a deployment',
    '  baseDirectory',
    "  local: { afterDeploy: { service: 'shop', command: ['true'] } },\n  baseDirectory",
    `local.afterDeploy.service: ${services}`,
  ],
])('refuses %s that is not there, with the line', async (_, from, to, expected) => {
  expect(settings.split(from)).toHaveLength(2);
  await repository.write('pipeline/settings.ts', settings.replace(from, to));
  const { exitCode, output } = await repository.run(['graph']);
  expect(output).toContain(`Error: pipeline/settings.ts:3:16: ${expected}`);
  // A UserError has no stack.
  expect(output).not.toContain('    at ');
  expect(exitCode).toBe(1);
});

it.each([
  ['shop', 'compose.yml has no service shop; it has: proxy, web, database'],
  ['silent', 'the service silent of compose.yml names no image'],
])('refuses the image of the service %s, with the line', async (service, expected) => {
  await using other = await AdoptingRepository.make();
  await other.write('compose.yml', `${await other.read('compose.yml')}  silent: { build: web }\n`);
  await other.write(
    'pipeline/settings.ts',
    `${settings.replace('export default', 'const project =')}\nproject.serviceImage('${service}');\nexport default project;\n`,
  );
  const { output } = await other.run(['graph']);
  const names = expected.replace('database', 'database, silent');
  expect(output).toContain(`Error: pipeline/settings.ts:14:9: ${names}`);
});
