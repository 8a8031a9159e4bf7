import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { type BundledActions, bundleActions } from '../process/run-action.ts';
import { startBed, type TestBed } from './bed.ts';
import { ExecutorClient, succeeded } from './executor-client.ts';
import type { Release } from './release-archive.ts';
import { baseDirectory } from './staging-server.ts';

const withoutDocker = await whyNoDocker();

describe.skipIf(withoutDocker)(
  `smoke-test on a real host${withoutDocker ? ` (${withoutDocker})` : ''}`,
  () => {
    let bed: TestBed;
    let actions: BundledActions;
    let live: Release;

    beforeAll(async () => {
      bed = await startBed();
      actions = await bundleActions('smoke-test');
      const client = new ExecutorClient(bed.server);
      live = await bed.release();
      await client.deploy(live);
      succeeded(await client.call('confirm', { release: live.id }));
    });
    afterAll(async () => {
      await actions?.[Symbol.asyncDispose]();
      await bed?.[Symbol.asyncDispose]();
    });

    // Its images name no commit.
    const containers = { kind: 'containers', name: 'containers', label: false };

    async function ask(checks: readonly object[], inputs: Readonly<Record<string, string>> = {}) {
      const { host, port, user, privateKey, knownHosts } = bed.server.ssh;
      const run = await actions.run('smoke-test', {
        url: bed.server.url,
        commit: live.commit,
        checks: JSON.stringify(checks),
        timeout: '20',
        images: `api=${live.images.api}\nfrontend=${live.images.frontend}`,
        host,
        port: String(port),
        user,
        'private-key': privateKey,
        'known-hosts': knownHosts,
        'base-directory': baseDirectory,
        ...inputs,
      });
      await actions.runPost('smoke-test', run.state);
      return { ...run, results: JSON.parse(run.outputs.results ?? '[]') };
    }

    test('compares what runs with what was built, and runs commands in containers', async () => {
      const run = await ask(
        [
          containers,
          { name: 'API', path: '/api/health', status: 200, json: { '/service': 'api' } },
          {
            kind: 'command',
            name: 'Redis',
            service: 'redis',
            command: ['redis-cli', 'ping'],
            contains: 'PONG',
          },
          {
            kind: 'command',
            name: 'with a secret in its environment',
            first: true,
            service: 'api',
            command: ['sh', '-c', 'echo "${#WORD} $1"', 'sh', "it's $HOME"],
            environment: { WORD: '{secret.WORD}' },
            contains: "8 it's $HOME",
          },
        ],
        { secrets: 'WORD=a b\'c"$d' },
      );
      expect(run.log).not.toMatch(/failed|::error::/);
      expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'passed', passed: '4' } });
    });

    test('goes through the SSH connection to an address that only the server reaches', async () => {
      const run = await ask(
        [{ name: 'API', path: '/api/health', status: 200, json: { '/service': 'api' } }],
        { url: 'http://127.0.0.1:9', tunnel: 'true', 'tunnel-target': '127.0.0.1:8081' },
      );
      expect(run).toMatchObject({
        exitCode: 0,
        outputs: { verdict: 'passed', way: 'through the SSH connection' },
      });
    });

    test('finds a container of another image, and shows the log of the service to blame', async () => {
      const labels = ['project=azals-staging', 'service=api', 'oneoff=False', 'container-number=9'];
      const flags = labels.map((each) => `--label com.docker.compose.${each}`).join(' ');
      await bed.server.onHost(
        `docker run --detach --name stale ${flags} --entrypoint sleep redis:7-alpine 300`,
      );
      try {
        const run = await ask([{ ...containers, service: 'api' }], { timeout: '3' });
        expect(run.outputs.verdict).toBe('failed');
        expect(run.results[0].detail).toContain(`stale: image: expected ${live.images.api}, got `);
        expect(run.results[0].detail).toContain(`stale: release: expected ${live.id}, got unknown`);
        expect(run.log).toContain('Last log lines of api:');
      } finally {
        await bed.server.onHost('docker rm --force stale');
      }
    });

    test('takes a failed command for what it is', async () => {
      const check = { kind: 'command', name: 'c', service: 'redis' };
      const run = await ask(
        [
          { ...check, command: ['sh', '-c', 'echo no >&2; exit 3'] },
          { ...check, name: 'nobody', service: 'nobody', command: ['true'] },
        ],
        { timeout: '3' },
      );
      expect(run.results).toMatchObject([
        { passed: false, detail: 'command: expected exit code 0, got exit code 3: no' },
        { passed: false, detail: expect.stringContaining('no container of nobody runs') },
      ]);
    });
  },
);
