// An output of a step, and that of a job which is none of the workflow's.
import { workflow } from '../../../src/typed/index.ts';
import { build, called, deployment, image } from '../sample.ts';

export const one = called.withOutputs({
  digest: image.outputs.digest, // error: an output of a workflow is that of one of its jobs
});

export const other = workflow('deploy-one', {
  name: 'Deploy one',
  on: {
    workflow_call: called.withOutputs({ digest: build.outputs.digest }), // error: calls read needs.build, which is none of this workflow's jobs
  },
  permissions: {},
  jobs: [deployment],
});
