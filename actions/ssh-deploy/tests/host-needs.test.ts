import { expect, it } from 'vitest';
import { hostNeeds } from '../src/make-release/host-needs.ts';

const needs = (service: object, optional: readonly string[] = []) =>
  hostNeeds({ services: { api: service } }, { application: ['api'], optional });

it.each([
  ['1g', [2 ** 30]],
  ['64m', [64 * 2 ** 20]],
  ['512MB', [512 * 2 ** 20]],
  ['1.5g', [1.5 * 2 ** 30]],
  ['100kb', [102_400]],
  [4096, [4096]],
  ['${LIMIT}', []],
])('reads the memory limit %j', (limit, memory) => {
  expect(needs({ mem_limit: limit }).memory).toEqual(memory);
  expect(needs({ deploy: { resources: { limits: { memory: limit } } } }).memory).toEqual(memory);
});

it.each([
  ['8081:80', [8081]],
  ['127.0.0.1:5433:5432', [5433]],
  ['[::1]:5433:5432/udp', [5433]],
  ['80', []],
  ['8000-8010:80-90', []],
  [{ target: 80, published: '8081' }, [8081]],
  [{ target: 80 }, []],
])('reads the port %j', (port, ports) => {
  expect(needs({ ports: [port] }).ports).toEqual(ports);
});

it('counts services of a profile only where they run', () => {
  const service = { ports: ['9091:9090'], profiles: ['monitoring'] };
  expect(needs(service).ports).toEqual([]);
  expect(needs(service, ['api']).ports).toEqual([9091]);
});
