import { describe, expect, it } from 'vitest';
import { readInputs } from '../src/read/inputs.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const connection: Record<string, string> = {
  host: 'staging.example.org',
  user: 'deploy',
  'private-key': 'secret',
  'known-hosts': 'x',
};

function read(values: Record<string, string>) {
  const all = { ...connection, ...values };
  return readInputs((name) => all[name] ?? '').request;
}

describe('inputs of ssh-deploy', () => {
  it('takes stage with its defaults', () => {
    expect(read({ command: 'stage', images: `api=ghcr.io/azals/api@${digest}` })).toEqual({
      command: 'stage',
      release: undefined,
      composeFile: 'docker-compose.staging.yml',
      environmentRules: [],
      files: ['infra'],
      hostAccess: [],
      images: new Map([['api', `ghcr.io/azals/api@${digest}`]]),
      imageSource: 'registry',
      optionalServices: [],
      proxy: 'nginx',
      credentials: undefined,
      force: false,
    });
  });

  it('takes several images, optional services and a registry with a port', () => {
    const request = read({
      command: 'stage',
      images: `api=localhost:5000/azals/api@${digest}\n\n frontend=localhost:5000/azals/web_1@${digest}`,
      'optional-services': 'prometheus, grafana',
      registry: 'localhost:5000',
      'registry-username': 'u',
      'registry-password': 'p',
    });
    expect(request).toMatchObject({
      images: new Map([
        ['api', `localhost:5000/azals/api@${digest}`],
        ['frontend', `localhost:5000/azals/web_1@${digest}`],
      ]),
      optionalServices: ['prometheus', 'grafana'],
      credentials: { registry: 'localhost:5000', username: 'u', password: 'p' },
    });
  });

  it.each([
    'api=ghcr.io/azals/api:staging',
    `api=ghcr.io/azals/api:staging@${digest}`,
    `api=ghcr.io/azals/api@sha256:abc`,
    `ghcr.io/azals/api@${digest}`,
    `api=$(id)@${digest}`,
  ])('refuses the image %s', (images) => {
    expect(() => read({ command: 'stage', images })).toThrow(
      'must be service=repository@sha256:digest',
    );
  });

  it.each([
    ['files', '../secrets'],
    ['files', 'infra/../../etc'],
    ['files', '/etc'],
    ['files', '-rf'],
    ['host-access', 'privileged'],
    ['host-access', 'agent=pid host'],
    ['host-access', 'agent=/*'],
    ['compose-file', 'a b.yml'],
    ['release', '20260101T000000Z-zzzzzzz'],
    ['release', 'latest; rm -rf /'],
    ['optional-services', 'prometheus;id'],
    ['registry', 'https://ghcr.io'],
    ['leave', '0a1b2c3'],
    ['proxy', 'nginx; id'],
    ['image-source', 'docker.io'],
    ['force', 'yes'],
    ['health-timeout', '0'],
    ['health-timeout', '1e3'],
    ['healthy-checks', '101'],
    ['drain-timeout', '-1'],
    ['confirm-timeout', '29'],
    ['lock-timeout', '7201'],
    ['keep', '0'],
    ['disk-margin', '1 GB'],
    ['command', 'destroy'],
  ])('refuses %s %j', (name, value) => {
    const values = { command: 'stage', images: `api=a@${digest}`, [name]: value };
    expect(() => read(values)).toThrow(`input ${name} is ${JSON.stringify(value)}: must be `);
  });

  it('takes what services may do to the host, one a line', () => {
    const lines = 'agent=privileged\n\n exporter=/proc\nagent=security_opt:label=disable';
    const images = `api=ghcr.io/azals/api@${digest}`;
    expect(read({ command: 'stage', images, 'host-access': lines })).toMatchObject({
      hostAccess: ['agent=privileged', 'exporter=/proc', 'agent=security_opt:label=disable'],
    });
  });

  describe('of a release that the host has', () => {
    const id = '20260101T000000Z-0a1b2c3';
    const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
    const images = `api=ghcr.io/azals/api@${digest}`;

    it.each([id, commit, commit.slice(0, 7)])('take %s to stage again', (release) => {
      const credentials = { registry: 'ghcr.io', username: 'u', password: 'p' };
      const { registry, username, password } = credentials;
      const registryInputs = {
        registry,
        'registry-username': username,
        'registry-password': password,
      };
      expect(read({ command: 'stage', release, images: ' \n', ...registryInputs })).toEqual({
        command: 'restage',
        release,
        credentials,
        force: false,
      });
    });

    it.each([
      '../x',
      '; rm -rf /',
      '$(id)',
      commit.slice(0, 6),
      `${commit}0`,
      commit.toUpperCase(),
      `${id}\n`,
      `x${commit}`,
    ])('refuse %j', (release) => {
      expect(() => read({ command: 'stage', release })).toThrow(
        `input release is ${JSON.stringify(release)}: must be a release id, such as 20260131T235959Z-0a1b2c3 (see the ` +
          'output of `status`), or a commit',
      );
    });

    it('take only an id together with images, and for other commands', () => {
      expect(read({ command: 'stage', release: id, images })).toMatchObject({ command: 'stage' });
      for (const command of ['stage', 'release', 'confirm', 'rollback']) {
        expect(() => read({ command, release: commit, images })).toThrow(
          `input release is "${commit}": must be a release id`,
        );
      }
    });

    it('say both ways to stage where neither images nor release are given', () => {
      const message = expect.stringMatching(
        /images and release are both missing: .*service=repository@sha256:digest in images.*id or commit in release/,
      );
      expect(() => read({ command: 'stage' })).toThrow(expect.objectContaining({ message }));
    });
  });

  it('wants a release for release and confirm, but not for rollback', () => {
    expect(() => read({ command: 'release' })).toThrow('input release is missing');
    expect(() => read({ command: 'confirm' })).toThrow('input release is missing');
    expect(read({ command: 'rollback' })).toEqual({
      command: 'rollback',
      release: undefined,
      leave: undefined,
      force: false,
    });
  });

  it('wants credentials to be whole, and does not quote them', () => {
    const values = { command: 'stage', images: `api=a@${digest}`, 'registry-password': 'hunter2' };
    expect(() => read(values)).toThrow('belong together');
    expect(() => read(values)).not.toThrow('hunter2');
  });

  it('takes images of the runner by any name of theirs', () => {
    const id = `sha256:${'1'.repeat(64)}`;
    const names = ['azals/api:staging', 'azals/api', `ghcr.io/a/b:1@${digest}`, id];
    for (const name of names) {
      const values = { command: 'stage', 'image-source': 'runner', images: `api=${name}` };
      expect(read(values)).toMatchObject({
        imageSource: 'runner',
        images: new Map([['api', name]]),
      });
    }
    for (const name of ['-v', 'a b', '$(id)', 'a:b:c', '']) {
      const values = { command: 'stage', 'image-source': 'runner', images: `api=${name}` };
      expect(() => read(values)).toThrow('with image-source runner it must be service=image');
    }
  });

  it('refuses two images for one service', () => {
    const line = `api=ghcr.io/azals/api@${digest}`;
    expect(() => read({ command: 'stage', images: `${line}\n${line}` })).toThrow(
      'two lines for the service api',
    );
  });

  it('takes unlock and rollback with force', () => {
    expect(read({ command: 'unlock' })).toEqual({ command: 'unlock', force: false });
    expect(read({ command: 'unlock', force: 'true' })).toMatchObject({ force: true });
    const leave = '20260101T000000Z-0a1b2c3';
    expect(read({ command: 'rollback', leave, force: 'true' })).toMatchObject({
      leave,
      force: true,
    });
  });
});

describe('the input host', () => {
  function hosts(host: string, port = '') {
    const all: Record<string, string> = { ...connection, command: 'status', host, port };
    const { hosts: found } = readInputs((name) => all[name] ?? '');
    return found.map(({ name, connection: { host: address, port: number } }) => [
      name,
      address,
      number,
    ]);
  }

  it.each([
    ['staging.example.org', '', [['staging.example.org', 'staging.example.org', 22]]],
    ['127.0.0.1', '2222', [['127.0.0.1', '127.0.0.1', 2222]]],
    ['2001:db8::1', '', [['2001:db8::1', '2001:db8::1', 22]]],
    ['[2001:db8::1]', '', [['[2001:db8::1]', '2001:db8::1', 22]]],
    ['[2001:db8::1]:2222', '', [['[2001:db8::1]:2222', '2001:db8::1', 2222]]],
    [
      ' one.example.org \n\ntwo.example.org:2222\none.example.org:23\n',
      '24',
      [
        ['one.example.org', 'one.example.org', 24],
        ['two.example.org:2222', 'two.example.org', 2222],
        ['one.example.org:23', 'one.example.org', 23],
      ],
    ],
  ])('takes %j', (host, port, found) => {
    expect(hosts(host, port)).toEqual(found);
  });

  it.each([
    'staging.example.org:0',
    'staging.example.org:65536',
    'staging.example.org:ssh',
    'staging.example.org:',
    '[staging.example.org]:22',
    '[]:22',
    '-oProxyCommand=id',
    'a b',
    '$(id)',
    'deploy@staging.example.org',
    'ssh://staging.example.org',
    'one.example.org, two.example.org',
  ])('refuses %j', (host) => {
    expect(() => hosts(`other.example.org\n${host}`)).toThrow(
      `input host has the line ${JSON.stringify(host)}: it must be a host name or an IP address`,
    );
  });

  it('refuses none, and one twice', () => {
    expect(() => hosts(' ')).toThrow('input host is missing');
    expect(() => hosts('a.example.org\nA.example.org:22')).toThrow(
      'input host names "A.example.org:22" twice',
    );
  });
});
