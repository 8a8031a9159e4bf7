import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { withService } from './application.ts';
import { startBed, type TestBed } from './bed.ts';
import { ExecutorClient, succeeded } from './executor-client.ts';
import { startLoad } from './load.ts';
import type { Release } from './release-archive.ts';
import { baseDirectory } from './staging-server.ts';

const withoutDocker = await whyNoDocker();

const title = 'the proxy is replaced';

describe.skipIf(withoutDocker)(`${title}${withoutDocker ? ` (${withoutDocker})` : ''}`, () => {
  let bed: TestBed;
  let client: ExecutorClient;
  let live: Release;

  beforeAll(async () => {
    bed = await startBed();
    client = new ExecutorClient(bed.server);
    live = await bed.release();
    await client.deploy(live);
  });
  afterAll(async () => {
    await bed?.[Symbol.asyncDispose]();
  });

  /** What the executor adds to the kernel's rules. */
  const addedRules = () =>
    bed.server.onHost(
      '{ iptables-save; ip6tables-save; } 2>/dev/null | grep -E "DOCKER-USER .*ACCEPT|PREROUTING .*DNAT|INPUT .*DROP" || :',
    );
  const proxies = () =>
    bed.server.onHost(
      'docker ps --all --quiet --no-trunc --filter label=com.docker.compose.service=nginx',
    );
  const replacing = (definition: Readonly<Record<string, unknown>>) =>
    bed.releaseOf(live.images, { change: withService('nginx', definition) });

  test('under load: a second one answers meanwhile, and no request fails', async () => {
    const before = await proxies();
    const next = await replacing({ mem_limit: '70m' });
    succeeded(await client.stage(next));
    await using load = startLoad(bed.server.url);
    await sleep(1000);
    const released = succeeded(await client.call('release', { release: next.id }));
    await sleep(1000);
    expect((await load.stop()).failures).toEqual([]);
    succeeded(await client.call('confirm', { release: next.id }));
    expect(released.stderr).toContain('replacing nginx: a second one answers meanwhile');
    expect(released.stderr).not.toContain('warning');
    const after = await proxies();
    expect(after).not.toContain(before);
    expect(after.split('\n')).toHaveLength(1);
    expect(await addedRules()).toBe('');
    live = next;
  });

  test('one that does not work is found before anything is touched', async () => {
    const before = await proxies();
    const next = await replacing({ healthcheck: { test: ['CMD-SHELL', 'exit 1'] } });
    succeeded(await client.stage(next));
    const refused = await client.call('release', { release: next.id, 'health-timeout': 5 });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/nginx of release \S+ is (not healthy after 5 s|unhealthy)/);
    expect(succeeded(await client.call('status')).value('current')).toBe(live.id);
    expect(await proxies()).toBe(before);
    expect(await addedRules()).toBe('');
  });

  test('and everything dies meanwhile: the host takes the ports back', async () => {
    const next = await replacing({ mem_limit: '80m' });
    succeeded(await client.stage(next));
    const command = await client.start('release', { release: next.id });
    while ((await addedRules()) === '') await sleep(50);
    await bed.server.onHost(
      `pkill -9 -s "$(ps -o sid= -p "$(pgrep -of 'operations/${command.operation}/executor.sh work')" | tr -d ' ')"`,
    );
    await command.done;
    await expect
      .poll(async () => (await client.call('status')).stdout, { timeout: 120_000 })
      .toMatch(/^(?!.*^transaction-phase=)current=/ms);
    expect(succeeded(await client.call('status')).value('current')).toBe(live.id);
    expect((await proxies()).split('\n')).toHaveLength(1);
    expect(await addedRules()).toBe('');
    expect(
      await bed.server.onHost(`ls ${baseDirectory}/mounts/proxy/infra/nginx/closing || :`),
    ).toBe('');
    expect((await fetch(`${bed.server.url}/api/load`)).status).toBe(200);
  });
});
