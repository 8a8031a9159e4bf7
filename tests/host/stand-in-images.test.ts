import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { ensureImages } from '../../scripts/local/base-images/ensure-images.ts';
import { localImage } from '../../scripts/local/base-images/local-images.ts';
import { rememberPulled } from '../../scripts/local/base-images/pulled-images.ts';
import { removeImages } from '../../scripts/local/base-images/remove-images.ts';
import type { WantedImage } from '../../scripts/local/base-images/wanted-images.ts';
import { docker, type Engine, ensureEngine } from '../../scripts/local/machine/engine.ts';
import { prepareActions } from '../../scripts/local/workflow-actions/prepare-actions.ts';
import { succeeds } from '../../scripts/terminal/process.ts';
import { whyNoDocker } from '../end-to-end/docker.ts';
import { newName } from './containers.ts';
import { runWorkflow, workflowFile, workflowRepository } from './local-workflow.ts';
import { startRegistry } from './registry.ts';

const withoutDocker = await whyNoDocker();
const digest = `sha256:${'ab'.repeat(32)}`;

/** Names that no engine has by chance. */
const python = 'python:3.11.1-slim-bookworm';
const nginx = `docker.io/library/nginx:1.27.3-alpine@${digest}`;
const redis = 'redis:7.2.1-alpine';

function wanted(image: string, use: WantedImage['use']): WantedImage {
  return { image, place: 'Dockerfile:1', use, optional: false };
}

describe.skipIf(withoutDocker)(`stand-ins${withoutDocker ? ` (${withoutDocker})` : ''}`, () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await ensureEngine();
  });

  it('are what Dockerfiles, service containers and steps of a run get for public names', async () => {
    const { names } = await ensureImages(engine, [
      wanted(python, 'build'),
      wanted(nginx, 'build'),
      wanted(redis, 'job'),
    ]);
    const now = String(Date.now());
    await using repository = await workflowRepository({
      Dockerfile: [
        // Without a registry nobody has it: BuildKit's own syntax is as good.
        '# syntax=docker/dockerfile:1.7-labs',
        'ARG BASE=python',
        `FROM \${BASE}:${python.split(':')[1]} AS base`,
        'RUN python --version && pip install --prefix=/install six',
        `FROM ${nginx} AS web`,
        'FROM base',
        'COPY --from=base /install /usr/local',
        `COPY --from=${nginx} /etc/nginx/mime.types /mime.types`,
        `RUN --mount=type=bind,from=web,source=/usr/sbin,target=/web test -x /web/nginx`,
        // A cached step prints nothing.
        'ARG NOW',
        'RUN echo "$NOW" && python -c "import six, sys; print(six.__file__, sys.prefix)"',
        'LABEL one=$NOW',
      ].join('\n'),
      [workflowFile]: `name: Stand-ins
on: push
jobs:
  test:
    runs-on: ubuntu-24.04
    services:
      cache:
        image: ${redis}
        ports: ["26379:6379"]
        options: --health-cmd "redis-cli ping" --health-interval 1s --health-retries 30
    steps:
      - uses: actions/checkout@v7
      - run: exec 3<>/dev/tcp/127.0.0.1/26379; echo PING >&3; head -n 1 <&3
        shell: bash
      - id: build
        uses: docker/build-push-action@v7
        with:
          context: .
          tags: stand-ins-test/one:1
          labels: two=2
          build-args: |
            NOW=${now}
      - run: test -n "$IMAGE" && echo "built $IMAGE"
        env:
          IMAGE: \${{ steps.build.outputs.imageid }}
      - uses: docker://${redis}
        with:
          args: redis-server --version
`,
    });
    const actions = await prepareActions({
      root: repository.root,
      workflow: workflowFile,
      images: names,
    });
    const run = await runWorkflow(repository, { engine, images: names, actions });
    expect(run.output).toContain('+PONG');
    expect(run.output).toContain('/usr/local/lib/python3.11/site-packages/six.py /usr/local');
    expect(run.output).toMatch(/built sha256:/);
    expect(run.output).toContain('Redis server v=7');
    expect(run.exitCode).toBe(0);
    const labels = [
      'image',
      'inspect',
      '--format',
      '{{json .Config.Labels}}',
      'stand-ins-test/one:1',
    ];
    expect(JSON.parse(await docker(engine, labels))).toMatchObject({ one: now, two: '2' });
    await docker(engine, ['rmi', 'stand-ins-test/one:1']);
    for (const [image, name] of names)
      if (image !== name)
        expect(await succeeds('docker', ['image', 'inspect', image], { env: engine.env })).toBe(
          false,
        );
  });

  it('that are nowhere to be had are named together, with their places, before anything is built', async () => {
    const images: WantedImage[] = [
      { image: 'python:3.12.99-slim', place: 'api/Dockerfile:3', use: 'build', optional: false },
      { image: 'python:3.12.99-slim', place: 'worker/Dockerfile:1', use: 'build', optional: false },
      { image: `redis:7.0.99@${digest}`, place: 'compose.yml:9', use: 'stack', optional: false },
      { image: 'no.registry.invalid/a:1', place: 'compose.yml:12', use: 'stack', optional: true },
    ];
    await expect(ensureImages(engine, images)).rejects.toThrow(
      [
        'These images can neither be pulled nor built from packages here:',
        '  - python:3.12.99-slim (api/Dockerfile:3, worker/Dockerfile:1): Debian has Python 3.11 and 3.13',
        `  - redis:7.0.99@${digest} (compose.yml:9): the staging server pulls it by its digest, which nothing else has`,
        'Bring them into the engine',
      ].join('\n'),
    );
    const optional = await ensureImages(engine, images.slice(3));
    expect(optional).toMatchObject({ unavailable: ['no.registry.invalid/a:1'], stack: [] });
  });

  it('are not made where a registry answers: what it has is pulled, what it does not give is named', async () => {
    await using registry = await startRegistry(engine);
    const there = `${registry.address}/library/redis:7`;
    await docker(engine, ['build', '--tag', there, '-'], { input: 'FROM scratch\nLABEL a=b\n' });
    await docker(engine, ['push', '--quiet', there]);
    await docker(engine, ['rmi', there]);
    const { names, stack } = await ensureImages(engine, [wanted(there, 'stack')]);
    expect([...names]).toEqual([[there, there]]);
    expect(stack).toEqual([there]);
    const none = `${registry.address}/library/redis:8`;
    await expect(ensureImages(engine, [wanted(none, 'build')])).rejects.toThrow(
      new RegExp(
        `  - ${none} \\(Dockerfile:1\\): ${registry.address} does not give it: .*not found`,
      ),
    );
    await docker(engine, ['rmi', there]);
  });

  it('in an engine that others use take no public name, and a purge leaves what was there before', async () => {
    await using other = await emptyEngine(engine);
    const list = async () =>
      (await docker(other, ['images', '--format', '{{.Repository}}:{{.Tag}}'])).split('\n').sort();
    await docker(other, ['build', '--tag', 'redis:mine', '-'], {
      input: 'FROM scratch\nLABEL a=b\n',
    });
    await docker(other, ['tag', 'redis:mine', 'localhost:5000/a/b/api:1']);
    await docker(other, ['tag', 'redis:mine', 'pulled/by-us:1']);
    await rememberPulled(other, 'pulled/by-us:1');
    await rememberPulled(other, 'pulled/gone:1');
    const { names } = await ensureImages(other, [wanted(redis, 'stack')]);
    if (names.get(redis) !== redis)
      expect(await list()).toEqual(
        [
          'localhost:5000/a/b/api:1',
          'pulled/by-us:1',
          'redis:mine',
          'staging-pipeline.local/debian-root:bookworm',
          names.get(redis),
        ].sort(),
      );
    expect(await removeImages(other, ['localhost:5000/a/b'])).toEqual([]);
    expect(await list()).toEqual(['redis:mine']);
  });
});

/** An engine without images, reached by a socket: for all that we know, that of a machine. */
async function emptyEngine(engine: Engine): Promise<Engine & AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), 'engine-'));
  const container = newName('engine');
  const host = 'unix:///shared/docker.sock';
  await docker(engine, [
    ...['run', '--detach', '--privileged', '--name', container, '--volume', '/var/lib/docker'],
    ...['--volume', `${directory}:/shared`, '--entrypoint', 'dockerd'],
    ...[localImage('staging-host'), `--host=${host}`, '--log-level=warn'],
  ]);
  const env = { ...engine.env, DOCKER_HOST: `unix://${directory}/docker.sock` };
  for (let waited = 0; !(await succeeds('docker', ['version'], { env })); waited += 200) {
    if (waited > 60_000) throw new Error('The engine does not start');
    await sleep(200);
  }
  return {
    version: engine.version,
    private: false,
    env,
    async [Symbol.asyncDispose]() {
      await docker(engine, ['rm', '--force', '--volumes', container]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
