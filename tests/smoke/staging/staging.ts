import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeHost, startFakeHost } from '../../process/fake-host.ts';
import { type Api, type Records, startApi } from './api.ts';
import { rightBehaviour } from './behaviour.ts';
import { type Nginx, startNginx } from './nginx.ts';
import { type PageFiles, writePage } from './page.ts';

export const commit = '0a1b2c3d4e5f60718293a4b5c6d7e8f901234567';
export const oldCommit = 'f0e1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3';
const revision = '0005';
const release = '20261127T140000Z-0a1b2c3';
const digests = { api: `sha256:${'a'.repeat(64)}`, frontend: `sha256:${'b'.repeat(64)}` };
/** The images that the pipeline built. */
export const images = Object.entries(digests).map(
  ([service, digest]) => `${service}=registry.example/${service}@${digest}`,
);

/** What Docker tells of a container. */
export interface ToldContainer {
  readonly service: 'api' | 'frontend';
  readonly number: number;
  digest: string;
  /** In the label of its image. */
  commit: string;
  state: string;
}

/** A staging in processes: two replicas of an API and a page behind a real nginx, and a host behind a real sshd. */
export interface Staging extends AsyncDisposable {
  readonly directory: string;
  readonly url: string;
  readonly replicas: readonly [Api, Api];
  readonly page: PageFiles;
  readonly nginx: Nginx;
  readonly host: FakeHost;
  readonly containers: ToldContainer[];
  readonly records: Records;
  /** Lets the host say what it runs, after something was changed. */
  tell(): Promise<void>;
}

/** Starts a staging that works. */
export async function startStaging(): Promise<Staging> {
  const directory = await mkdtemp(join(tmpdir(), 'staging-'));
  const records: Records = { customers: new Map(), tokens: new Map(), password: 'correct horse' };
  for (const [id, tenant, name] of [
    ['c1', 'tenant-a', 'Boulangerie Martin'],
    ['c2', 'tenant-b', 'Fleurs de Sophie'],
  ] as const)
    records.customers.set(id, { id, tenant, name });
  const replicas = [
    await startApi(rightBehaviour(commit, revision), records),
    await startApi(rightBehaviour(commit, revision), records),
  ] as const;
  const page = await writePage(join(directory, 'page'), commit);
  const nginx = await startNginx(
    directory,
    replicas.map(({ port }) => port),
  );
  const host = await startFakeHost();
  const containers: ToldContainer[] = [
    { service: 'api', number: 1, digest: digests.api, commit, state: 'running' },
    { service: 'api', number: 2, digest: digests.api, commit, state: 'running' },
    { service: 'frontend', number: 1, digest: digests.frontend, commit, state: 'running' },
  ];
  const tell = async () => {
    await host.answer('containers', { out: hostReport(containers) });
    await host.answer('logs', { out: 'api-1  | ERROR: relation "customers" does not exist\n' });
  };
  await tell();
  return {
    ...{ directory, replicas: [...replicas], page, nginx, host, containers, records, tell },
    url: `http://127.0.0.1:${nginx.port}`,
    [Symbol.asyncDispose]: async () => {
      await nginx[Symbol.asyncDispose]();
      for (const replica of replicas) await replica[Symbol.asyncDispose]();
      await host[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** As the executor's verb `containers` prints it. */
function hostReport(containers: readonly ToldContainer[]): string {
  const told = containers.flatMap(({ service, number, digest, commit: revision, state }) => {
    const id = `image-of-${service}-${number}`;
    const image = `registry.example/${service}@${digest}`;
    const labels = { 'com.docker.compose.service': service, 'staging-pipeline.release': release };
    const name = `/staging-${service}-${number}`;
    const container = {
      id: name,
      name,
      image,
      imageId: id,
      labels,
      state,
      health: 'healthy',
      restarts: 0,
    };
    const own = { 'org.opencontainers.image.revision': revision };
    return [
      `container=${JSON.stringify(container)}`,
      `container-image=${JSON.stringify({ id, digests: [image], labels: own })}`,
    ];
  });
  return [
    `release=${release}`,
    `commit=${commit}`,
    ...images.map((image) => `image=${image}`),
    `schema=${revision}`,
    ...told,
    '',
  ].join('\n');
}
