import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readComposeServices } from '../../src/project/compose-services.ts';
import { publishedPorts } from '../../src/project/published-ports.ts';
import { temporaryFolder } from './stand-ins-process.ts';

async function published(ports: string): Promise<readonly string[]> {
  await using folder = await temporaryFolder();
  await writeFile(
    join(folder.path, 'compose.yml'),
    `services:\n  web:\n    ports:\n      - ${ports}\n`,
  );
  return publishedPorts(readComposeServices(folder.path, 'compose.yml')).map(
    (each) => `${each.service} ${each.port} ${each.private ? 'private' : 'open'}`,
  );
}

it.each([
  ['a port for everybody', "'8080:80'", ['web 8080 open']],
  ['a port without quotes', '8080:80', ['web 8080 open']],
  ['every address', "'0.0.0.0:8080:80'", ['web 8080 open']],
  ['this machine', "'127.0.0.1:8080:80'", ['web 8080 private']],
  ['this machine in IPv6', "'[::1]:8080:80'", ['web 8080 private']],
  ['every address in IPv6', "'[::]:8080:80'", ['web 8080 open']],
  ['this machine by its name', "'localhost:8080:80'", ['web 8080 private']],
  ['a protocol', "'8080:80/tcp'", ['web 8080 open']],
  ['a protocol that no tunnel carries', "'8080:80/udp'", []],
  ['a variable with a default', "'${PORT:-8080}:80'", ['web 8080 open']],
  ['variables with defaults', "'${BIND-127.0.0.1}:${PORT-8080}:80'", ['web 8080 private']],
  ['a variable without one', "'${PORT}:80'", []],
  ['any free port', "'80'", []],
  ['any free port, as a number', '80', []],
  ['any free port of this machine', "'127.0.0.1::80'", []],
  ['a range', "'127.0.0.1:8080-8082:80-82'", [8080, 8081, 8082].map((n) => `web ${n} private`)],
  ['the long form', '{ target: 80, published: 8080 }', ['web 8080 open']],
  [
    'the long form with an address',
    "{ target: 80, published: '8080', host_ip: 127.0.0.1, mode: host }",
    ['web 8080 private'],
  ],
  ['the long form without a port', '{ target: 80 }', []],
  ['the long form of UDP', '{ target: 80, published: 8080, protocol: udp }', []],
  [
    'one port on two addresses, of which one is open',
    "'127.0.0.1:8080:80'\n      - '[::]:8080:80'",
    ['web 8080 open'],
  ],
])('reads %s', async (_, ports, expected) => {
  expect(await published(ports)).toEqual(expected);
});

it.each([
  ['a file that is not there', undefined, 'the Compose file compose.yml cannot be read'],
  ['a file that is no YAML', 'services: [', 'the Compose file compose.yml cannot be read'],
  ['a file without services', 'name: shop\n', 'compose.yml cannot be used'],
  ['ports that are none', 'services: { web: { ports: 80 } }', 'services.web.ports'],
])('refuses %s', async (_, text, expected) => {
  await using folder = await temporaryFolder();
  if (text !== undefined) await writeFile(join(folder.path, 'compose.yml'), text);
  expect(() => readComposeServices(folder.path, 'compose.yml')).toThrow(expected);
});

it('reads what a service takes over by a YAML merge key', async () => {
  await using folder = await temporaryFolder();
  const text =
    "x-web: &web\n  image: web:1\nservices:\n  web:\n    <<: *web\n    ports: ['8080:80']\n";
  await writeFile(join(folder.path, 'compose.yml'), text);
  expect(readComposeServices(folder.path, 'compose.yml').web?.image).toBe('web:1');
});
