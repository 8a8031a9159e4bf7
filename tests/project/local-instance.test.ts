import { expect, it } from 'vitest';
import { instanceIn } from '../../scripts/local/surroundings/instance.ts';
import { urlTable } from '../../scripts/local/surroundings/urls.ts';
import project from '../../workflows/settings.ts';
import { job } from './compiled-workflow.ts';

const slots = [0, 1, 9];
const local = instanceIn(0, project, 'azals/azals', 'local');
const instances = slots.flatMap((slot) =>
  (['local', 'test'] as const).map((name) => instanceIn(slot, project, 'azals/azals', name)),
);

it('reads the ports of staging from the compose file', () => {
  expect(local.stagingPorts).toEqual([
    { service: 'postgres', port: 5433, private: true },
    { service: 'redis', port: 6380, private: true },
    { service: 'nginx', port: 8081, private: false },
    { service: 'prometheus', port: 9091, private: true },
    { service: 'grafana', port: 3001, private: true },
  ]);
  expect(local.publicPort).toBe(8081);
  expect(local.stagingUrl).toBe('http://localhost:8081');
});

it('gives no port of this machine twice: to no instance of any clone, its tunnel, or the tests in the pipeline', () => {
  const own = instances.flatMap(({ ports }) => Object.values(ports));
  const tunnels = instances.flatMap(({ offset, stagingPorts }) =>
    stagingPorts.filter((each) => each.private).map(({ port }) => port + offset),
  );
  const services = Object.values(job('test-api').services ?? {}).flatMap(({ ports }) =>
    ports.map((port) => Number(port.split(':')[0])),
  );
  const all = [...own, ...tunnels, ...services];
  expect(all).toHaveLength(slots.length * 20 + 2);
  expect(new Set(all).size).toBe(all.length);
  // Above this the kernel hands ports out by itself.
  for (const port of all) expect(port).toBeLessThan(32_768);
});

it('keeps the state of instances apart', () => {
  for (const key of ['directory', 'name'] as const)
    expect(new Set(instances.map((each) => each[key])).size).toBe(instances.length);
});

it('shows the addresses of the guide, and those of monitoring only where it runs', () => {
  const table = urlTable(local, ['prometheus', 'grafana']).join('\n');
  for (const url of [
    'http://localhost:8081',
    'http://localhost:8081/api',
    'http://localhost:8081/docs',
    'http://localhost:9091',
    'http://localhost:3001',
  ])
    expect(table).toMatch(new RegExp(`${url}$`, 'm'));
  expect(urlTable(local, []).join('\n')).not.toMatch(/9091|3001/);
});
