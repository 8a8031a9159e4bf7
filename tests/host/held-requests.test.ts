import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { plainStack, withService } from './application.ts';
import { startBed, type TestBed } from './bed.ts';
import { ExecutorClient, succeeded } from './executor-client.ts';
import { startLoad } from './load.ts';
import type { Release } from './release-archive.ts';

const withoutDocker = await whyNoDocker();

const title = 'a service that the application needs is replaced';

describe.skipIf(withoutDocker)(`${title}${withoutDocker ? ` (${withoutDocker})` : ''}`, () => {
  let bed: TestBed;
  let client: ExecutorClient;
  let live: Release;

  beforeAll(async () => {
    // The API asks Redis for each request.
    bed = await startBed({ environment: `${plainStack.environment}NEEDS=redis\n` });
    client = new ExecutorClient(bed.server);
    live = await bed.release();
    await client.deploy(live);
  });
  afterAll(async () => {
    await bed?.[Symbol.asyncDispose]();
  });

  const redis = () =>
    bed.server.onHost(
      'docker ps --quiet --no-trunc --filter label=com.docker.compose.service=redis',
    );
  const paused = () => bed.server.onHost('docker ps --quiet --filter status=paused');

  test('under load: requests wait, and none fails', async () => {
    const before = await redis();
    const next = await bed.releaseOf(live.images, {
      change: withService('redis', { mem_limit: '64m' }),
    });
    await using load = startLoad(bed.server.url);
    await sleep(1000);
    succeeded(await client.stage(next));
    const released = succeeded(await client.call('release', { release: next.id }));
    succeeded(await client.call('confirm', { release: next.id }));
    await sleep(1000);
    expect((await load.stop()).failures).toEqual([]);
    expect(released.stderr).toContain('replacing redis: requests wait until it is back');
    expect(await redis()).not.toBe(before);
    expect(await paused()).toBe('');
    live = next;
  });

  test('and nobody is left to let the requests go on: the host does', async () => {
    const broken = await bed.releaseOf(live.images, {
      change: withService('redis', { healthcheck: { test: ['CMD-SHELL', 'exit 1'] } }),
    });
    succeeded(await client.stage(broken));
    const command = await client.start('release', { release: broken.id });
    while ((await paused()) === '') await sleep(300);
    await bed.server.onHost(
      `pkill -9 -s "$(ps -o sid= -p "$(pgrep -of 'operations/${command.operation}/executor.sh work')" | tr -d ' ')"`,
    );
    await command.done;
    const status = async () => succeeded(await client.call('status'));
    while ((await status()).value('transaction-phase') !== '') await sleep(500);
    expect((await status()).value('current')).toBe(live.id);
    expect(await paused()).toBe('');
    const answer = await fetch(`${bed.server.url}/api/load`);
    expect(answer.status).toBe(200);
  });
});
