import { expect, it } from 'vitest';
import type { HostReport } from '../src/host/report.ts';
import { judgeReport } from '../src/kinds/containers.ts';

const commit = 'c'.repeat(40);
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const image = `r.example/api@${digest('a')}`;
const container = {
  id: 'id',
  name: 'staging-api-1',
  service: 'api',
  image,
  digests: [image],
  imageLabels: { 'org.opencontainers.image.revision': commit },
  release: '20261127T140000Z-ccccccc',
  state: 'running',
  health: 'healthy',
  restarts: 0,
};
const report: HostReport = {
  release: container.release,
  commit,
  images: new Map([['api', image]]),
  schema: '',
  containers: [container],
};
const judge = (
  changes: Partial<HostReport['containers'][number]>,
  images = new Map<string, string>(),
) =>
  judgeReport(
    { kind: 'containers', name: 'n' },
    { commit, images },
    { ...report, containers: [{ ...container, ...changes }] },
  ).map(({ what, expected, actual }) => `${what}: ${expected} / ${actual}`);

it('takes the digest of the image that runs, whatever the container was started with', () => {
  expect(judge({})).toEqual([]);
  expect(judge({ image: 'r.example/api:staging' })).toEqual([]);
  expect(judge({ digests: [`mirror.example/api@${digest('a')}`] })).toEqual([]);
  expect(judge({ digests: [], image: 'r.example/api:staging' })).toEqual([
    `staging-api-1: image: ${image} / r.example/api:staging`,
  ]);
  // An image that came over SSH has no digest: the name that the release gave it counts.
  const sent = new Map([['api', 'r.example/api:20261127']]);
  expect(judge({ digests: [], image: 'r.example/api:20261127' }, sent)).toEqual([]);
});

it('compares with what was built, not with what the host believes', () => {
  const built = new Map([['api', `r.example/api@${digest('b')}`]]);
  expect(judge({}, built)).toEqual([
    `staging-api-1: image: r.example/api@${digest('b')} / ${image}`,
  ]);
});

it('takes what is unknown for a failure', () => {
  expect(judge({ imageLabels: {} })).toEqual([
    `staging-api-1: label org.opencontainers.image.revision: ${commit} / unknown`,
  ]);
  expect(judge({ release: '' })).toEqual([`staging-api-1: release: ${report.release} / unknown`]);
  expect(judge({ health: 'starting' })).toEqual(['staging-api-1: health: healthy / starting']);
  const empty = { ...report, commit: '', images: new Map(), containers: [] };
  expect(
    judgeReport({ kind: 'containers', name: 'n' }, { commit, images: new Map() }, empty),
  ).toMatchObject([{ what: 'live release' }, { what: 'images', actual: 'none known' }]);
});

it('counts replicas where the check says how many', () => {
  const check = { kind: 'containers', name: 'n', replicas: { api: 2 } } as const;
  expect(judgeReport(check, { commit, images: new Map() }, report)).toEqual([
    { what: 'api', expected: '2 running', actual: 'staging-api-1 is running' },
  ]);
});

it('sees the replica that does not stay up behind the one that does', () => {
  const second = { ...container, name: 'staging-api-2', state: 'restarting' };
  const check = { kind: 'containers', name: 'n' } as const;
  const both = { ...report, containers: [container, second] };
  expect(judgeReport(check, { commit, images: new Map() }, both)).toEqual([
    { what: 'staging-api-2: state', expected: 'running', actual: 'restarting' },
  ]);
  const old = { ...second, release: '20260101T000000Z-aaaaaaa', state: 'exited' };
  const leftover = { ...report, containers: [container, old] };
  expect(judgeReport(check, { commit, images: new Map() }, leftover)).toEqual([]);
});
