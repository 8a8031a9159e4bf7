import { expect, it } from 'vitest';
import { instance, publicPort, stagingPorts } from '../../scripts/local/instance.ts';
import { urlTable } from '../../scripts/local/urls.ts';
import { job } from './compiled-workflow.ts';

const instances = [instance('local'), instance('test')];

it('reads the ports of staging from the compose file', () => {
  expect(stagingPorts).toEqual([
    { service: 'postgres', port: 5433, private: true },
    { service: 'redis', port: 6380, private: true },
    { service: 'nginx', port: 8081, private: false },
    { service: 'prometheus', port: 9091, private: true },
    { service: 'grafana', port: 3001, private: true },
  ]);
  expect(publicPort).toBe(8081);
});

it('gives no port of this machine twice: to either instance, its tunnel, or the tests in the pipeline', () => {
  const own = instances.flatMap(({ ports }) => Object.values(ports));
  const tunnels = instances.flatMap(({ offset }) =>
    stagingPorts.filter((each) => each.private).map(({ port }) => port + offset),
  );
  const services = Object.values(job('test-api').services ?? {}).flatMap(({ ports }) =>
    ports.map((port) => Number(port.split(':')[0])),
  );
  const all = [...own, ...tunnels, ...services];
  expect(all).toHaveLength(22);
  expect(new Set(all).size).toBe(all.length);
  // Above this the kernel hands ports out by itself.
  for (const port of all) expect(port).toBeLessThan(32_768);
});

it('keeps the state of instances apart', () => {
  const [local, test] = instances;
  expect(local?.directory).not.toBe(test?.directory);
  expect(local?.name).not.toBe(test?.name);
});

it('shows the addresses of the guide, and those of monitoring only where it runs', () => {
  const table = urlTable(instance('local'), ['prometheus', 'grafana']).join('\n');
  for (const url of [
    'http://localhost:8081',
    'http://localhost:8081/api',
    'http://localhost:8081/docs',
    'http://localhost:9091',
    'http://localhost:3001',
  ])
    expect(table).toMatch(new RegExp(`${url}$`, 'm'));
  expect(urlTable(instance('local'), []).join('\n')).not.toMatch(/9091|3001/);
});
