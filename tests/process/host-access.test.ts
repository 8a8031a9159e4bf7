import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExecutorBase, startExecutorBase } from './executor-functions.ts';

const id = '20260101T000000Z-1111111';

let host: ExecutorBase;

beforeEach(async () => {
  host = await startExecutorBase();
});
afterEach(async () => await host[Symbol.asyncDispose]());

/** What Compose would read, as it prints that with `config --format json`; `agent` is one of its services. */
interface Definitions {
  readonly agent?: object;
  readonly others?: object;
}

/** What the host says of a release with these definitions, whose workflow grants `granted`. */
async function said({ agent = {}, others = {} }: Definitions, granted: readonly string[] = []) {
  const services = { agent: { command: null, image: 'agent:1', ...agent } };
  const json = JSON.stringify({ name: 'shop', services, ...others }, null, 2);
  await host.write({
    definitions: json,
    [`releases/${id}/release.conf`]: `project=shop\ncompose-file=c.yml\nhost-access=${granted.join(' ')}\n`,
  });
  await host.replace('docker', `cat ${join(host.base, 'definitions')}`);
  const { exitCode, stderr } = await host.run(`check_host_access ${id}`);
  expect(exitCode).toBe(stderr === '' ? 0 : 1);
  const [, asked = stderr] = /^error: .* to run on it: (.*)\. Take it out/.exec(stderr) ?? [];
  return asked === '' ? [] : asked.split(', ');
}

const bind = (source: string) => ({
  type: 'bind',
  source,
  target: '/t',
  bind: { create_host_path: true },
});

describe('what leads out of a container is refused unless it is granted', () => {
  const asks: readonly (Definitions & { readonly what: string })[] = [
    { agent: { privileged: true }, what: 'agent=privileged' },
    { agent: { pid: 'host' }, what: 'agent=pid:host' },
    { agent: { ipc: 'host' }, what: 'agent=ipc:host' },
    { agent: { uts: 'host' }, what: 'agent=uts:host' },
    { agent: { userns_mode: 'host' }, what: 'agent=userns_mode:host' },
    { agent: { cgroup: 'host' }, what: 'agent=cgroup:host' },
    { agent: { network_mode: 'host' }, what: 'agent=network_mode:host' },
    { agent: { pid: 'container:other' }, what: 'agent=pid:container:other' },
    { agent: { cap_add: ['SYS_ADMIN'] }, what: 'agent=cap_add:SYS_ADMIN' },
    { agent: { devices: ['/dev/fuse:/dev/fuse'] }, what: 'agent=devices:/dev/fuse' },
    {
      agent: { devices: [{ source: '/dev/kvm', target: '/dev/kvm', permissions: 'r' }] },
      what: 'agent=devices:/dev/kvm',
    },
    { agent: { device_cgroup_rules: ['a *:* rwm'] }, what: 'agent=device_cgroup_rules' },
    {
      agent: { security_opt: ['no-new-privileges:true', 'seccomp:unconfined'] },
      what: 'agent=security_opt:seccomp:unconfined',
    },
    { agent: { security_opt: ['label=disable'] }, what: 'agent=security_opt:label=disable' },
    { agent: { volumes_from: ['container:other'] }, what: 'agent=volumes_from:container:other' },
    { agent: { use_api_socket: true }, what: 'agent=use_api_socket' },
    { agent: { oom_kill_disable: true }, what: 'agent=oom_kill_disable' },
    { agent: { runtime: 'other' }, what: 'agent=runtime:other' },
    { agent: { cgroup_parent: '/system.slice' }, what: 'agent=cgroup_parent:/system.slice' },
    { agent: { provider: { type: 'exec' } }, what: 'agent=provider' },
    {
      agent: { post_start: [{ command: ['a'], user: 'root', privileged: true }] },
      what: 'agent=privileged',
    },
    { agent: { volumes: [bind('/var/run/docker.sock')] }, what: 'agent=/var/run/docker.sock' },
    { agent: { volumes: [bind('/')] }, what: 'agent=/' },
    {
      others: { volumes: { data: { driver_opts: { device: '/', o: 'bind', type: 'none' } } } },
      what: 'volumes.data=/',
    },
    {
      others: { volumes: { data: { driver: 'own', driver_opts: { mountpoint: '/etc' } } } },
      what: 'volumes.data=/etc',
    },
    {
      others: { volumes: { data: { driver_opts: { type: 'overlay', o: 'lowerdir=/,x=y' } } } },
      what: 'volumes.data=/,x=y',
    },
    {
      others: { configs: { c: { name: 'c', file: '/etc/shadow' } } },
      what: 'configs.c=/etc/shadow',
    },
    {
      others: { secrets: { s: { name: 's', file: '/etc/shadow' } } },
      what: 'secrets.s=/etc/shadow',
    },
    { others: { networks: { n: { name: 'host', external: true } } }, what: 'networks.n=host' },
  ];

  it.each(asks)('$what', async ({ what, ...definitions }) => {
    expect(await said(definitions)).toEqual([what]);
    expect(await said(definitions, ['other=privileged', what])).toEqual([]);
  });
});

it('asks nothing of who only runs there', async () => {
  const own = join(host.base, 'mounts');
  expect(
    await said({
      agent: {
        privileged: false,
        pid: 'service:api',
        ipc: 'shareable',
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        // Words of others, and nobody's decision.
        environment: { privileged: 'true', NOTE: 'privileged: true\n  pid: host', cap_add: 'x' },
        labels: { pid: 'host', privileged: 'true' },
        command: ['"privileged": true,', '      "pid": "host",'],
        volumes: [
          bind(`${own}/0123456789ab/infra/x`),
          { type: 'volume', source: 'data', target: '/d', volume: {} },
          { type: 'tmpfs', target: '/tmp' },
        ],
        deploy: { resources: { reservations: { devices: [{ capabilities: ['gpu'] }] } } },
      },
      others: {
        networks: { default: { name: 'shop_default', ipam: {} } },
        secrets: { s: { name: 's', file: `${own}/0123456789ab/infra/s` } },
        volumes: { data: { name: 'shop_data', driver_opts: { device: ':/export', type: 'nfs' } } },
      },
    }),
  ).toEqual([]);
});

it('grants a path with what is below it, to one service, and no way out of it', async () => {
  const asked = (source: string) => ({ agent: { volumes: [bind(source)] } });
  expect(await said(asked('/proc/net'), ['agent=/proc'])).toEqual([]);
  expect(await said(asked('/process'), ['agent=/proc'])).toEqual(['agent=/process']);
  expect(await said(asked('/proc'), ['other=/proc'])).toEqual(['agent=/proc']);
  expect(await said(asked('/etc/x'), ['agent=/'])).toEqual([]);
  expect(await said(asked('/proc/../etc'), ['agent=/proc'])).toEqual(['agent=/proc/../etc']);
  const shared = `${host.base}/mounts/../shared`;
  expect(await said(asked(shared))).toEqual([`agent=${shared}`]);
});

it('refuses what would be mounted from a folder that goes with the release', async () => {
  const own = join(host.base, 'releases', id);
  const refusal = async (definitions: Definitions) => (await said(definitions, ['agent=/'])).join();
  expect(await refusal({ agent: { volumes: [bind(`${own}/infra/x`)] } })).toContain(
    'agent=./infra/x. Write these paths out',
  );
  expect(await refusal({ agent: { volumes: [bind(own)] } })).toContain('agent=.. Write these');
  expect(await refusal({ others: { secrets: { s: { file: `${own}/infra/s` } } } })).toContain(
    'secrets.s=./infra/s. Write these paths out',
  );
});

it('refuses links that lead out of the release', async () => {
  const infra = join(host.base, 'releases', id, 'infra');
  await mkdir(join(infra, 'nginx'), { recursive: true });
  await host.write({ [`releases/${id}/infra/x`]: '' });
  await symlink('../x', join(infra, 'nginx/inside'));
  expect(await said({})).toEqual([]);
  await symlink('/etc/shadow', join(infra, 'nginx/shadow'));
  await symlink('../../../../shared/.env.staging', join(infra, 'nginx/env'));
  const links = ['files=infra/nginx/env', 'files=infra/nginx/shadow'];
  expect((await said({})).toSorted()).toEqual(links);
  expect(await said({}, links)).toEqual([]);
});

it('fails where Compose does not say what it reads, or says it in another way', async () => {
  await host.write({ [`releases/${id}/release.conf`]: 'project=shop\ncompose-file=c.yml\n' });
  await host.replace('docker', `echo '{"name":"shop","services":{"a":{"privileged":true}}}'`);
  expect(await host.run(`check_host_access ${id}`)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('in another layout than is known here'),
  });
  await host.replace('docker', 'exit 1');
  expect(await host.run(`check_host_access ${id}`)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Docker Compose does not accept'),
  });
});
