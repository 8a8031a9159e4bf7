import { describe, expect, test } from 'vitest';
import { withService } from './application.ts';
import { onlyVersion } from './ask.ts';
import { succeeded } from './executor-client.ts';
import type { FaultCase } from './fault-case.ts';
import { describeFaults } from './fault-suite.ts';
import { baseDirectory } from './staging-server.ts';

// One of each kind, where it hurts most. All of them take an hour and a half: `npm run test:faults`.
const representative: readonly FaultCase[] = [
  { verb: 'stage', step: 'pull', fault: 'full disk' },
  { verb: 'migrate', step: 'migrate', fault: 'kill -9 of the whole operation' },
  { verb: 'release', step: 'start', fault: 'kill -9 of the executor' },
  { verb: 'release', step: 'switch', fault: 'kill -9 of the whole operation' },
  { verb: 'release', step: 'retire', fault: 'kill -9 of the Docker engine' },
  { verb: 'release', step: 'settle', fault: 'reboot' },
  { verb: 'confirm', step: 'confirm', fault: 'kill -9 of sshd' },
];

await describeFaults(representative, (given) => {
  test('a database is backed up before its container is replaced', async () => {
    const { bed, client, live } = given();
    const next = await bed.releaseOf(live.images, {
      change: withService('postgres', { mem_limit: '512m' }),
    });
    succeeded(await client.stage(next));
    const released = succeeded(await client.call('release', { release: next.id }));
    succeeded(await client.call('confirm', { release: next.id }));
    expect(released.stderr).toContain('replacing postgres: requests wait until it is back');
    const backups = await bed.server.onHost(`ls ${baseDirectory}/shared/backups`);
    expect(backups).toContain(`${next.id}-before-replacing-postgres.dump`);
    succeeded(await client.call('rollback'));
  });

  describe('an image that does not work does not stay, and staging answers as before', () => {
    test.each([
      { behaviour: 'never-healthy', says: /api of release \S+ is (unhealthy|not healthy)/ },
      // It depends on the moment which of the checks finds it, and in which of the two services.
      {
        behaviour: 'dies-after-4',
        says: /(api|frontend) of release \S+ (does not (stay up|run)|was healthy|is )/,
      },
      {
        behaviour: 'half-fails',
        says: /(api|frontend) of release \S+ (was healthy \d times and then not|is )/,
      },
    ] as const)('$behaviour', async ({ behaviour, says }) => {
      const { bed, client, live } = given();
      const broken = await bed.release({ behaviour });
      succeeded(await client.stage(broken));
      const refused = await client.call('release', {
        release: broken.id,
        'health-timeout': 20,
        'healthy-checks': 10,
      });
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr.split('\n').at(-1)).toMatch(says);
      expect(refused.stderr).toContain('last log lines');
      expect(await onlyVersion(bed.server)).toBe(live.images.version);
      const status = succeeded(await client.call('status'));
      expect(status.value('current')).toBe(live.id);
      expect(status.value('transaction-phase')).toBe('');
    });
  });
});
