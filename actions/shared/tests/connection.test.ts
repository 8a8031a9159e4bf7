import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InvalidInput } from '../src/errors.ts';
import { parseInputs } from '../src/inputs.ts';
import { connectionFrom, connectionInputs } from '../src/ssh/connection.ts';

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
    expect(parse()).toMatchObject({ port: 22, 'base-directory': '/srv/staging' });
    expect(connectionFrom(parse())).toMatchObject({ privateKey: 'the-secret-key', port: 22 });
    expect(connectionFrom(parse())).toMatchObject({ connectTimeout: 20 });
    expect(connectionFrom(parse())).not.toHaveProperty('jumpHost');
  });

  it.each([
    ['bastion.example.org', { host: 'bastion.example.org', port: 22, user: 'deploy' }],
    ['jo@10.0.0.1', { host: '10.0.0.1', port: 22, user: 'jo' }],
    ['bastion:2222', { host: 'bastion', port: 2222, user: 'deploy' }],
    ['jo@corp.example@bastion', { host: 'bastion', port: 22, user: 'jo@corp.example' }],
    ['the_bastion:2222', { host: 'the_bastion', port: 2222, user: 'deploy' }],
    ['jo@[2001:db8::1]:2222', { host: '2001:db8::1', port: 2222, user: 'jo' }],
  ])('reads the jump host %s', (text, jumpHost) => {
    expect(connectionFrom(parse({ 'jump-host': text })).jumpHost).toEqual(jumpHost);
  });

  it.each([
    ['host', '-oProxyCommand=x'],
    ['host', 'a b'],
    ['host', '$(id)'],
    ['host', 'host;rm'],
    ['port', '0'],
    ['port', '65536'],
    ['port', '22x'],
    ['jump-host', '-oProxyCommand=x'],
    ['jump-host', 'a b'],
    ['jump-host', "x';id;'"],
    ['jump-host', '$(id)'],
    ['jump-host', 'one,two'],
    ['jump-host', '@host'],
    ['jump-host', 'host:'],
    ['jump-host', 'host:0'],
    ['jump-host', 'host:65536'],
    ['jump-host', '2001:db8::1'],
    ['jump-host', '[host]:22'],
    ['connect-timeout', '0'],
    ['connect-timeout', '1000'],
    ['connect-timeout', '1.5'],
    ['connect-timeout', '20s'],
    ['user', '-l'],
    ['user', '@elsewhere'],
    ['user', 'a;b'],
    ['user', 'a b@c'],
    ['user', '%h'],
    ['host', 'user@host'],
    ['host', 'host%h'],
    ['jump-host', '-l@host'],
    ['jump-host', 'a b@c@host'],
    ['base-directory', 'relative'],
    ['base-directory', '/'],
    ['base-directory', '/srv/../etc'],
    ['base-directory', "/srv/'x"],
    ['base-directory', '/srv/a b'],
  ])('refuses %s %j and quotes it', (name, value) => {
    expect(() => parse({ [name]: value })).toThrow(InvalidInput);
    expect(() => parse({ [name]: value })).toThrow(`input ${name} is ${JSON.stringify(value)}`);
  });

  it.each([
    '127.0.0.1',
    'localhost',
    'staging-1.example.org',
    '2001:db8::1',
    'the_staging_host',
    '_staging.internal',
    'staging.example.org.',
  ])('takes the host %s', (host) => {
    expect(parse({ host }).host).toBe(host);
  });

  it.each(['deploy', '_deploy', 'jo@corp.example', 'first.last+staging@corp.example.org', '1001'])(
    'takes the user %s',
    (user) => {
      expect(parse({ user }).user).toBe(user);
    },
  );

  it('names every missing input at once, and no secret', () => {
    expect(() => parse({ host: '', 'private-key': '', port: 'x' })).toThrow(
      /input host is missing\ninput port is "x".*\ninput private-key is missing/,
    );
  });
});
