import { expect, it } from 'vitest';
import { parseResult } from '../src/executor.ts';
import { outputsFrom } from '../src/outputs.ts';
import { planCall, registryConfiguration } from '../src/plan.ts';

const release = '20260101T000000Z-0a1b2c3';

it('asks the executor for a release with the health time-out', () => {
  const call = planCall('/srv/x', { command: 'release', release, healthTimeout: 90 });
  expect(call.words).toEqual([
    'release',
    '--base',
    '/srv/x',
    '--release',
    release,
    '--timeout',
    '90',
  ]);
  expect(call.timeout).toBeGreaterThan(90_000 * 3);
});

it('leaves the choice of the release to the host where a rollback names none', () => {
  const call = planCall('/srv/x', { command: 'rollback', release: undefined, healthTimeout: 90 });
  expect(call.words).toEqual(['rollback', '--base', '/srv/x', '--timeout', '90']);
});

it('writes credentials as Docker reads them, whatever characters they have', () => {
  const text = registryConfiguration({ registry: 'ghcr.io', username: 'u', password: `a'"$\\é:` });
  const { auths } = JSON.parse(text) as { auths: Record<string, { auth: string }> };
  expect(Buffer.from(auths['ghcr.io']?.auth ?? '', 'base64').toString()).toBe(`u:a'"$\\é:`);
  expect(registryConfiguration(undefined)).toBe('');
});

it('makes outputs of what the executor reported', () => {
  expect(outputsFrom(parseResult(`release=${release}\nprevious=\n`), 12)).toEqual({
    release,
    previous: '',
    'duration-ms': '12',
  });
  const status = `current=${release}\nconfirmed=\nrelease=${release} provisional\n`;
  expect(outputsFrom(parseResult(status), 5)).toEqual({
    current: release,
    confirmed: '',
    releases: JSON.stringify([{ id: release, confirmed: false, current: true }]),
    'duration-ms': '5',
  });
});
