import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { onlyVersion } from './ask.ts';
import { startBed, type TestBed } from './bed.ts';
import { ExecutorClient, type RunningCommand, succeeded } from './executor-client.ts';
import type { Release } from './release-archive.ts';
import { baseDirectory } from './staging-server.ts';
import { type HeldStep, holdAt, letGo, untilHeld } from './trip.ts';

/** What a service may have that is easily lost when its container is made once more. */
const muchOfEverything = `
    environment:
      ODD: "a $$ ' \\" \\\\ % & < > é \\u2028 \\n\\tb"
      JSON: '{"com.docker.compose.container-number":"7","MacAddress":"","Hostname":""}'
    labels: { color: 'blue "and" green' }
    networks: { default: {}, back: { aliases: [api-back] } }
    volumes: ["kept:/kept", "/anonymous"]
    tmpfs: ["/scratch:size=1m"]
    mem_limit: 200m
    pids_limit: 99
    cap_drop: [ALL]
    cap_add: [NET_BIND_SERVICE]
    security_opt: ["no-new-privileges:true"]
    ulimits: { nofile: 4096 }
    sysctls: { net.core.somaxconn: 512 }
    extra_hosts: ["elsewhere:127.0.0.9"]
    dns: [127.0.0.11]
    stop_signal: SIGINT
    logging: { driver: json-file, options: { max-size: 1m } }`;

const withMuch = (path: string, text: string) =>
  path === 'docker-compose.staging.yml'
    ? `${text.replace('  api:\n', `  api:${muchOfEverything}\n`)}\nnetworks: { back: {} }\nvolumes: { kept: {} }\n`
    : text;

const withConfig = (path: string, text: string) =>
  path === 'docker-compose.staging.yml'
    ? `${text.replace('  api:\n', '  api:\n    configs: [greeting]\n')}\nconfigs: { greeting: { content: hello } }\n`
    : text;

const withoutDocker = await whyNoDocker();

describe.skipIf(withoutDocker)(`successors${withoutDocker ? ` (${withoutDocker})` : ''}`, () => {
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

  test('are what Compose made of the service, but for number, name and addresses', async () => {
    const next = await bed.release({ change: withMuch });
    const { releasing } = await releaseUntil('drain', next);
    const [successor, , proven] = await apiContainers();
    expect(await everythingOf(successor)).toEqual(await everythingOf(proven));
    await letGo(bed.server);
    succeeded(await releasing.done);
    // Compose would tell the difference, and make it anew.
    const up = await inCurrent('up --detach 2>&1');
    expect(up).toMatch(/-api-\S+ +Running/);
    expect(up).not.toContain('Recreate');
    succeeded(await client.call('confirm', { release: next.id }));
    live = next;
  });

  describe('that do not come about leave staging as it was', () => {
    test.each([
      {
        title: 'their name is taken',
        strike: async (name: string) =>
          await bed.server.onHost(`docker create --name ${name} ${live.images.api}`),
        says: /Docker does not carry out \/containers\/create\?name=azals-staging-api-\S+: .*already in use/,
      },
      {
        title: 'they do not become healthy',
        strike: pauseSoon,
        says: /api of release \S+ is (unhealthy|not healthy)/,
      },
    ])('$title', async ({ strike, says }) => {
      const { releasing, containers, successor } = await releaseUntilSuccessors();
      await strike(successor);
      await letGo(bed.server);
      const failed = await releasing.done;
      expect(failed.exitCode).toBe(1);
      expect(failed.stderr.split('\n').at(-1)).toMatch(says);
      await expectAsBefore(containers);
      await bed.server.onHost(`docker rm --force ${successor} || :`);
    });

    test('the deploy dies while it waits for them', async () => {
      const { releasing, held, containers, successor } = await releaseUntilSuccessors();
      const session = await bed.server.onHost(`ps -o sid= -p ${held.executor} | tr -d ' '`);
      await pauseSoon(successor);
      await letGo(bed.server);
      await expect
        .poll(async () => await bed.server.onHost('docker ps --quiet --filter status=paused'), {
          timeout: 30_000,
        })
        .not.toBe('');
      await bed.server.onHost(`pkill -9 -s ${session}`);
      expect((await releasing.done).exitCode).not.toBe(0);
      await expect
        .poll(async () => (await client.call('status')).value('transaction-phase'), {
          timeout: 90_000,
        })
        .toBe('');
      await expectAsBefore(containers);
    });

    async function releaseUntilSuccessors() {
      const held = await releaseUntil('successors', await bed.release(), { 'health-timeout': 10 });
      const containers = await apiContainers();
      const successor = `azals-staging-api-${(containers[0]?.number ?? 0) - 1}`;
      return { ...held, containers, successor };
    }

    /** Pauses a container when it has come to run: it answers nobody. */
    async function pauseSoon(name: string): Promise<void> {
      await bed.server.onHost(
        `(until docker pause ${name}; do sleep 0.05; done) >/dev/null 2>&1 &`,
      );
    }

    async function expectAsBefore(containers: readonly Numbered[]): Promise<void> {
      expect(await onlyVersion(bed.server)).toBe(live.images.version);
      expect(succeeded(await client.call('status')).value('current')).toBe(live.id);
      expect(await apiContainers()).toEqual(containers.slice(0, 1));
    }
  });

  test('have configs that are no files; a Compose that does not give them those is too old', async () => {
    const next = await bed.release({ change: withConfig });
    const version = await bed.server.onHost('docker compose version --short');
    const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
    const staged = await client.stage(next);
    if (major === 2 && minor < 38) {
      expect(staged.exitCode).toBe(1);
      expect(staged.stderr).toContain('but at least 2.38 is needed');
      return;
    }
    succeeded(await client.call('release', { release: next.id }));
    succeeded(await client.call('confirm', { release: next.id }));
    expect(await inCurrent('exec -T api cat /greeting')).toBe('hello');
  });

  async function releaseUntil(
    step: string,
    release: Release,
    options: Readonly<Record<string, number>> = {},
  ): Promise<{ readonly releasing: RunningCommand; readonly held: HeldStep }> {
    succeeded(await client.stage(release));
    await holdAt(bed.server, step);
    const releasing = await client.start('release', { release: release.id, ...options });
    return { releasing, held: await untilHeld(bed.server, releasing.done) };
  }

  const inCurrent = async (command: string) =>
    await bed.server.onHost(
      `cd ${baseDirectory}/current && docker compose -f docker-compose.staging.yml ${command}`,
    );

  /** The API's containers in the order of their numbers. */
  async function apiContainers(): Promise<Numbered[]> {
    const listed = await bed.server.onHost(
      `docker ps --all --filter label=com.docker.compose.service=api --format '{{.Names}} {{.Label "${numberLabel}"}}'`,
    );
    return listed
      .split('\n')
      .map((line) => line.split(' '))
      .map(([name = '', number]) => ({ name, number: Number(number) }))
      .sort((one, other) => one.number - other.number);
  }

  /** What Docker tells of a container, without what no two have in common. */
  async function everythingOf(container: Numbered | undefined): Promise<unknown> {
    const name = container?.name ?? '';
    const [{ Id, Config, HostConfig, NetworkSettings, Mounts }] = JSON.parse(
      await bed.server.onHost(`docker inspect ${name}`),
    ) as [Told];
    const { [numberLabel]: number, ...Labels } = Config.Labels;
    expect(name).toBe(`azals-staging-api-${number}`);
    expect(Config.Hostname).toBe(Id.slice(0, 12));
    return {
      ...{ ...Config, Labels, Hostname: '' },
      HostConfig,
      Mounts: Mounts.filter(({ Name }) => Name.includes('kept')),
      networks: Object.entries(NetworkSettings.Networks).map(([network, { Aliases, Links }]) => ({
        ...{ network, Links },
        Aliases: Aliases.map((alias) => (alias === name ? 'its name' : alias)),
      })),
    };
  }
});

const numberLabel = 'com.docker.compose.container-number';

interface Numbered {
  readonly name: string;
  readonly number: number;
}

interface Told {
  readonly Id: string;
  readonly Config: { readonly Hostname: string; readonly Labels: Readonly<Record<string, string>> };
  readonly HostConfig: unknown;
  readonly Mounts: ReadonlyArray<{ readonly Name: string }>;
  readonly NetworkSettings: {
    readonly Networks: Readonly<
      Record<string, { readonly Aliases: readonly string[]; readonly Links: unknown }>
    >;
  };
}
