// A job calls a workflow or has steps.
import { call, job } from '../../../src/typed/index.ts';
import { basics, deployOne, given } from '../sample.ts';

export const one = call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  ...given,
  permissions: {},
  steps: [], // error: a job that calls a workflow has no steps
});

export const other = job('deploy', {
  ...basics,
  uses: deployOne, // error: a job that calls a workflow is made by call()
});
