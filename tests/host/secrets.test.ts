import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { onlyVersion } from './ask.ts';
import { startBed, type TestBed } from './bed.ts';
import { ExecutorClient, succeeded } from './executor-client.ts';
import type { Release } from './release-archive.ts';
import { baseDirectory, deployUser } from './staging-server.ts';

const withoutDocker = await whyNoDocker();
const sampler = fileURLToPath(new URL('server/sampler.pl', import.meta.url));
const password = `pa$$w'or"d\\ #%é-${'registry'}`;
const planted = 'planted-8d3f';
const environment = {
  SECRET_KEY: 'k$HOME `id` "quoted" \\ # 100% é',
  STRIPE_SECRET_KEY: 'sk_test_$(id)_"\\#%',
};

describe.skipIf(withoutDocker)(
  `secrets and inputs on a real host${withoutDocker ? ` (${withoutDocker})` : ''}`,
  () => {
    let bed: TestBed;
    let client: ExecutorClient;
    let live: Release;

    beforeAll(async () => {
      const lines = Object.entries(environment).map(([name, value]) => `${name}='${value}'\n`);
      bed = await startBed({ environment: lines.join('') });
      client = new ExecutorClient(bed.server);
      live = await bed.release();
      await client.deploy(live);
    });
    afterAll(async () => {
      await bed?.[Symbol.asyncDispose]();
    });

    test('no process has a secret in its arguments or environment, no log and no journal says one', async () => {
      const auth = Buffer.from(`pipeline:${password}`).toString('base64');
      const credentials = JSON.stringify({ auths: { [bed.registry.address]: { auth } } });
      const secrets = [password, auth, ...Object.values(environment)];
      const next = await bed.release();
      await using sampling = await startSampling(bed, [...secrets, planted]);
      const staged = succeeded(await client.stage(next, {}, credentials));
      const released = succeeded(await client.call('release', { release: next.id }));
      const confirmed = succeeded(await client.call('confirm', { release: next.id }));
      live = next;
      const plant = `sleep 1; : ${planted}`;
      await Promise.all([execa('sh', ['-c', plant]), bed.server.onHost(plant)]);
      for (const side of await sampling.stop()) {
        const lines = side.split('\n');
        // Whoever samples sees what there is to be seen.
        expect(lines).toContainEqual(expect.stringContaining(`found ${planted}`));
        expect(lines.filter((line) => !/^rounds=|^found planted-/.test(line))).toEqual([]);
      }

      const said = [staged, released, confirmed].flatMap(({ stdout, stderr }) => [stdout, stderr]);
      const state = await bed.server.onHost(`cat $(find ${baseDirectory}/state -type f)`);
      for (const secret of secrets)
        for (const text of [...said, state]) expect(text).not.toContain(secret);
      expect(await bed.server.onHost(`find ${baseDirectory} /tmp /home -name config.json`)).toBe(
        '',
      );
    });

    test('values with every odd character arrive in the container exactly as they are', async () => {
      const compose = `cd ${baseDirectory}/current && docker compose -f docker-compose.staging.yml`;
      for (const [name, value] of Object.entries(environment)) {
        const command = `${compose} exec -T api printenv ${name}`;
        expect(await bed.server.onHost(command, { user: deployUser })).toBe(value);
      }
    });

    test('only who deploys can read the environment that a release keeps', async () => {
      const modes = `stat -c '%a %U' ${baseDirectory}/releases/*/.env.staging ${baseDirectory}/shared/.env.staging`;
      expect(new Set((await bed.server.onHost(modes)).split('\n'))).toEqual(
        new Set(['600 deploy']),
      );
    });

    const hostile = [
      '; touch /tmp/canary;',
      '$(touch /tmp/canary)',
      '`touch /tmp/canary`',
      "'; touch /tmp/canary; '",
      '../../../tmp/canary',
      '-rf\n; touch /tmp/canary',
    ];
    const options = [
      'release',
      'owner',
      'actor',
      'run-url',
      'reason',
      'service',
      'operation',
      'base',
      'leave',
      'from',
    ];

    test.each(options)(
      'nothing that --%s is given gets to be a command or another path',
      async (option) => {
        const verb = { reason: 'lock', service: 'logs' }[option] ?? 'confirm';
        const answers = await Promise.all(
          hostile.map((value) => client.call(verb, { 'lock-timeout': 0, [option]: value })),
        );
        // A reason is text, and is kept; there is nothing else that any of these could be.
        if (option === 'reason') succeeded(await client.call('unlock'));
        else expect(answers.map(({ exitCode }) => exitCode)).toEqual(hostile.map(() => 1));
        expect(await bed.server.onHost('ls /tmp/canary 2>/dev/null || :')).toBe('');
        expect(await bed.server.onHost(`ls ${baseDirectory}`)).toBe(
          'current\nmounts\nreleases\nshared\nstate',
        );
        expect(await onlyVersion(bed.server)).toBe(live.images.version);
      },
    );
  },
);

interface Sampling extends AsyncDisposable {
  /** What the samplers of this side and of the host printed. */
  stop(): Promise<string[]>;
}

/** Samples the processes of this machine and of the staging server. */
async function startSampling({ server }: TestBed, secrets: readonly string[]): Promise<Sampling> {
  const directory = await mkdtemp(join(tmpdir(), 'sampling-'));
  const lines = `${secrets.join('\n')}\n`;
  await writeFile(join(directory, 'secrets'), lines);
  await server.onHost('cat > /host-test/secrets', { input: lines });
  const stopped = join(directory, 'stop');
  const here = execa('perl', [sampler, join(directory, 'secrets'), stopped]);
  const there = server.onHost('perl /host-test/sampler /host-test/secrets /host-test/stop');
  const end = async () => {
    await writeFile(stopped, '');
    await server.onHost('touch /host-test/stop');
    return [(await here).stdout, await there];
  };
  return {
    stop: end,
    [Symbol.asyncDispose]: async () => {
      await end();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
