import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectionFrom, connectionInputs } from '../src/connection.ts';
import { InvalidInput } from '../src/errors.ts';
import { parseInputs } from '../src/inputs.ts';

const schema = z.object(connectionInputs);
const good: Record<string, string> = {
  host: 'staging.example.org',
  user: 'deploy',
  'private-key': 'the-secret-key',
  'known-hosts': 'staging.example.org ssh-ed25519 AAAA',
};

function parse(changes: Record<string, string> = {}) {
  const values = { ...good, ...changes };
  return parseInputs(schema, (name) => values[name] ?? '', ['private-key']);
}

describe('connection inputs', () => {
  it('fills in the port and the base directory', () => {
    expect(parse()).toMatchObject({ port: 22, 'base-directory': '/srv/azals-staging' });
    expect(connectionFrom(parse())).toMatchObject({ privateKey: 'the-secret-key', port: 22 });
  });

  it.each([
    ['host', '-oProxyCommand=x'],
    ['host', 'a b'],
    ['host', '$(id)'],
    ['host', 'host;rm'],
    ['port', '0'],
    ['port', '65536'],
    ['port', '22x'],
    ['user', '-l'],
    ['user', 'root@elsewhere'],
    ['user', 'a;b'],
    ['base-directory', 'relative'],
    ['base-directory', '/'],
    ['base-directory', '/srv/../etc'],
    ['base-directory', "/srv/'x"],
    ['base-directory', '/srv/a b'],
  ])('refuses %s %j and quotes it', (name, value) => {
    expect(() => parse({ [name]: value })).toThrow(InvalidInput);
    expect(() => parse({ [name]: value })).toThrow(`input ${name} is ${JSON.stringify(value)}`);
  });

  it.each(['127.0.0.1', 'localhost', 'staging-1.example.org', '2001:db8::1'])(
    'takes the host %s',
    (host) => {
      expect(parse({ host }).host).toBe(host);
    },
  );

  it('names every missing input at once, and no secret', () => {
    expect(() => parse({ host: '', 'private-key': '', port: 'x' })).toThrow(
      /input host is missing\ninput port is "x".*\ninput private-key is missing/,
    );
  });
});
