import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { earlierJobs, withEarlierJobs } from '../../scripts/local/run/earlier-jobs.ts';
import { readPlain } from '../../src/typed/check/read.ts';

const text = `name: Staging
on: { push: {} }
jobs:
  settings: { name: Settings, runs-on: ubuntu-24.04, steps: [{ run: echo }] }
  build:
    name: Build
    needs: [settings]
    if: github.ref != ''
    runs-on: ubuntu-24.04
    outputs: { shop: "\${{ steps.shop.outputs.digest }}", other: "\${{ steps.shop.outcome }}" }
    steps: [{ id: shop, run: docker build }]
  deploy:
    name: Deploy
    needs: [build]
    runs-on: ubuntu-24.04
    steps:
      - { run: prepare }
      - { uses: ./ci/actions/ssh-deploy, with: { command: release } }
  smoke: { name: Smoke, needs: [deploy], runs-on: ubuntu-24.04, steps: [{ run: ask }] }
`;
const shop = `localhost:5000/acme/shop@sha256:${'a'.repeat(64)}`;
const build = { commit: '0a1b2c3', images: { shop } };

it('takes all jobs before the one that a run begins with, and the images as their outputs', () => {
  expect(earlierJobs(readPlain(text), 'deploy', build)).toEqual({
    settings: {},
    build: { shop, other: '' },
  });
  expect(earlierJobs(readPlain(text), 'settings', build)).toEqual({});
});

it('takes those beside it as well, and what is left out', () => {
  const jobs = readPlain(`${text}  tag: { name: Tag, needs: [build], runs-on: x, steps: [] }\n`);
  expect(Object.keys(earlierJobs(jobs, 'deploy', build))).toEqual(['settings', 'build', 'tag']);
  expect(Object.keys(earlierJobs(jobs, 'build', build, ['smoke']))).toEqual(['settings', 'smoke']);
});

it('has those jobs hand on what the run before left, under their conditions, and leaves the others as they are', () => {
  const changed = parse(withEarlierJobs(text, earlierJobs(readPlain(text), 'deploy', build)));
  const { settings, build: built, ...others } = changed.jobs;
  expect(built).toEqual({
    name: 'Build',
    needs: ['settings'],
    if: "github.ref != ''",
    'runs-on': 'earlier',
    outputs: { shop, other: '' },
    steps: [{ name: 'As in the run before', run: ':' }],
  });
  expect(settings['runs-on']).toBe('earlier');
  const { settings: _, build: __, ...same } = parse(text).jobs;
  expect(others.smoke).toEqual(same.smoke);
  expect(others.deploy.steps).toEqual([
    { run: 'prepare' },
    // It is for trying: once healthy is enough.
    { uses: './ci/actions/ssh-deploy', with: { command: 'release', 'healthy-checks': 1 } },
  ]);
});

it('changes nothing in a whole run', () => {
  expect(withEarlierJobs(text, {})).toBe(text);
});
