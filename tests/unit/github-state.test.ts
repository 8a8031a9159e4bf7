import { readFileSync } from 'node:fs';
import { Octokit } from '@octokit/rest';
import { expect, it } from 'vitest';
import { parseActLine } from '../../scripts/local/run/act-log.ts';
import { publishJobs } from '../../scripts/local/run/github-state.ts';
import { RunState } from '../../scripts/local/run/run-state.ts';
import { instanceIn } from '../../scripts/local/surroundings/instance.ts';
import { smallProject } from './small-project.ts';
import { startStandIn, temporaryFolder } from './stand-ins-process.ts';

const recorded = readFileSync(new URL('fixtures/act-log.jsonl', import.meta.url), 'utf8');

it('tells GitHub’s stand-in how a recorded run went, step by step', async () => {
  await using folder = await temporaryFolder();
  await using github = await startStandIn('github', folder.path);
  const local = instanceIn(0, smallProject(), 'example/shop', 'local');
  const here = { ...local, ports: { ...local.ports, github: Number(new URL(github.url).port) } };
  const state = new RunState([
    { id: 'test-api', name: 'Test API' },
    { id: 'build', name: 'Build images' },
    { id: 'deploy', name: 'Deploy' },
  ]);
  const { actions } = new Octokit({ auth: 'ghs_stand-in', baseUrl: github.url });
  const shop = { owner: 'example', repo: 'shop' };
  const ask = async () => (await actions.listJobsForWorkflowRun({ ...shop, run_id: 7 })).data;
  const answer = async () => {
    await publishJobs(here, 7, state);
    const data = await ask();
    return data.jobs.map(({ name, status, conclusion, steps = [] }) => ({
      name,
      status,
      conclusion,
      steps: steps.map((step) => `${step.name}: ${step.conclusion}`),
    }));
  };
  const queued = { status: 'queued', conclusion: null, steps: [] };
  expect((await answer())[2]).toEqual({ name: 'Deploy', ...queued });

  for (const event of recorded.split('\n').flatMap((line) => parseActLine(line) ?? []))
    state.apply(event);
  state.finish();
  expect(await answer()).toEqual([
    {
      name: 'Test API',
      status: 'completed',
      conclusion: 'success',
      steps: [
        'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1: success',
        'Tests: success',
        'Sign in: success',
      ],
    },
    {
      name: 'Build images',
      status: 'completed',
      conclusion: 'failure',
      steps: ['Check out: success', 'Build api: failure'],
    },
    { name: 'Deploy', status: 'completed', conclusion: 'skipped', steps: [] },
  ]);

  // Why it failed is read from the log of the failed job, each line of which begins with its time.
  const failed = (await ask()).jobs.find(({ conclusion }) => conclusion === 'failure');
  // Its address takes no token.
  const log = await (await fetch(`${github.url}/_logs/${failed?.id}`)).text();
  const [build] = state.jobs.flatMap(({ steps }) =>
    steps.filter(({ result }) => result === 'failure'),
  );
  const printed = build?.output.trim().split('\n')[0] ?? '';
  expect(printed).not.toBe('');
  expect(log).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z /);
  expect(log).toContain(printed);
});
