import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { plainStack } from './application.ts';
import { startBed, type TestBed } from './bed.ts';
import { ExecutorClient, succeeded } from './executor-client.ts';
import { startLoad } from './load.ts';
import type { Release } from './release-archive.ts';
import { baseDirectory, deployUser } from './staging-server.ts';

const withoutDocker = await whyNoDocker();

describe.skipIf(withoutDocker)(
  `only what changed is replaced${withoutDocker ? ` (${withoutDocker})` : ''}`,
  () => {
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

    /** The ids of the running containers by service. */
    async function containers(): Promise<ReadonlyMap<string, string>> {
      const listed = await bed.server.onHost(
        `docker ps --no-trunc --filter label=com.docker.compose.project --format '{{.Label "com.docker.compose.service"}} {{.ID}}'`,
      );
      const pairs = listed.split('\n').map((line) => line.split(' ') as [string, string]);
      expect(new Set(pairs.map(([service]) => service)).size).toBe(pairs.length);
      return new Map(pairs);
    }

    /** Deploys and returns the services that got another container. */
    async function replacedBy(release: Release): Promise<string[]> {
      const before = await containers();
      await client.deploy(release);
      live = release;
      const after = await containers();
      expect([...after.keys()].sort()).toEqual(['api', 'frontend', 'nginx', 'redis']);
      return [...after].flatMap(([name, id]) => (before.get(name) === id ? [] : [name])).sort();
    }

    const answers = async (path: string) =>
      ((await (await fetch(bed.server.url + path)).json()) as { version: string }).version;

    const newApi = async () => ({ ...live.images, api: (await bed.images()).api });

    test('a new image of the API leaves the frontend alone; status, verification and rollback hold', async () => {
      const before = live;
      const versions = [await answers('/api/version'), await answers('/version')];
      const kept = (await containers()).get('frontend');
      const next = await bed.releaseOf(await newApi());
      expect(await replacedBy(next)).toEqual(['api']);
      expect(await answers('/api/version')).not.toBe(versions[0]);
      expect(await answers('/version')).toBe(versions[1]);
      expect(succeeded(await client.call('status')).value('current')).toBe(next.id);

      const told = succeeded(await client.call('containers'));
      expect(told.value('release')).toBe(next.id);
      expect(told.all('origin')).toEqual([`api=${next.id}`, `frontend=${before.id}`]);

      // By hand nothing happens either.
      const up = await bed.server.onHost(
        `cd ${baseDirectory}/current && docker compose -f docker-compose.staging.yml --env-file .env.staging up --detach 2>&1`,
      );
      expect(up).not.toContain('Recreate');

      expect(succeeded(await client.call('rollback')).value('release')).toBe(before.id);
      live = before;
      expect(await answers('/api/version')).toBe(versions[0]);
      expect((await containers()).get('frontend')).toBe(kept);
      expect(succeeded(await client.call('status')).value('current')).toBe(before.id);
    });

    test('the same again replaces nothing', async () => {
      const record = `${baseDirectory}/current/services`;
      expect(await bed.server.onHost(`stat -c %a ${record}`)).toBe('600');
      expect(await replacedBy(await bed.releaseOf(live.images))).toEqual([]);
    });

    test.each([
      {
        what: 'a value of .env.staging, in whoever gets it',
        environment: `${plainStack.environment}MAIL=rotated\n`,
        replaced: ['api'],
      },
      {
        what: 'a limit of one service',
        change: (text: string) =>
          text.replace('  frontend:\n', '  frontend:\n    mem_limit: 200m\n'),
        replaced: ['frontend'],
      },
      {
        what: 'a blank line inside of a text',
        change: (text: string) =>
          text.replace('  api:\n', '  api:\n    environment: { TEXT: "a\\n\\nb" }\n'),
        replaced: ['api'],
      },
      {
        what: 'the cache',
        change: (text: string) => text.replace('"no"]', '"no", --maxmemory, 20mb]'),
        replaced: ['redis'],
      },
    ])('a change of $what: $replaced', async ({ environment, change, replaced }) => {
      const file = `${baseDirectory}/shared/.env.staging`;
      const write = async (input: string) =>
        await bed.server.onHost(`cat > ${file}`, { user: deployUser, input });
      await write(plainStack.environment);
      await client.deploy(await bed.releaseOf(live.images));
      if (environment !== undefined) await write(environment);
      const next = await bed.releaseOf(live.images, {
        change: (path, text) =>
          path === 'docker-compose.staging.yml' && change !== undefined ? change(text) : text,
      });
      expect(await replacedBy(next)).toEqual(replaced);
    });

    test('a container that is the same and does not work is replaced', async () => {
      await client.deploy(await bed.releaseOf(live.images));
      await bed.server.onHost(
        `kill -9 $(docker inspect --format '{{.State.Pid}}' $(docker ps --quiet --filter label=com.docker.compose.service=frontend))`,
      );
      await expect.poll(async () => (await containers()).size, { timeout: 30_000 }).toBe(4);
      expect(await replacedBy(await bed.releaseOf(await newApi()))).toEqual(['api', 'frontend']);
    });

    test('a version that dies right after requests went to it gives them back at once', async () => {
      const broken = await bed.images({ behaviour: 'dies-when-asked' });
      const before = await containers();
      const release = await bed.releaseOf({ ...live.images, api: broken.api });
      succeeded(await client.stage(release));
      await using load = startLoad(bed.server.url);
      const refused = await client.call('release', { release: release.id, 'healthy-checks': 1 });
      await load.stop();
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain('it died after requests went to it');
      expect(succeeded(await client.call('status')).value('current')).toBe(live.id);
      expect(await answers('/api/version')).not.toBe(broken.version);
      // The container that they are given back to is the one that had them.
      expect(await containers()).toEqual(before);
    });

    test('a version that dies later is taken back by the host', async () => {
      const broken = await bed.images({ behaviour: 'dies-after-25' });
      const before = live;
      const release = await bed.releaseOf({ ...live.images, api: broken.api });
      succeeded(await client.stage(release));
      succeeded(await client.call('release', { release: release.id, 'healthy-checks': 1 }));
      await expect
        .poll(async () => succeeded(await client.call('status')).value('last-outcome'), {
          timeout: 120_000,
          interval: 1000,
        })
        .toContain(`rolled back by the host: release ${release.id} did not stay up (api died`);
      expect(succeeded(await client.call('status')).value('current')).toBe(before.id);
      expect(await answers('/api/version')).not.toBe(broken.version);
    });

    test('what others clear away is not what a rollback needs', async () => {
      const before = live;
      await replacedBy(await bed.release());
      await bed.server.onHost(
        'docker image prune --force && docker image prune --all --force && docker system prune --force && docker image prune --force',
      );
      await bed.registry.stop();
      expect(succeeded(await client.call('rollback')).value('release')).toBe(before.id);
      expect(await answers('/version')).toBe(before.images.version);
    });
  },
);
