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
  const answer = async () => {
    await publishJobs(here, 7, state);
    const { data } = await new Octokit({
      auth: 'ghs_stand-in',
      baseUrl: github.url,
    }).actions.listJobsForWorkflowRun({
      owner: 'example',
      repo: 'shop',
      run_id: 7,
    });
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
});
