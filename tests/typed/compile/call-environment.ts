// A calling job has no environment, and so none of its secrets.
import { call } from '../../../src/typed/index.ts';
import { deployOne, given, staging } from '../sample.ts';

export const one = call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  ...given,
  permissions: {},
  environment: staging, // error: a job that calls a workflow has no environment
});

export const other = call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  with: { target: 'staging' },
  secrets: {
    TOKEN: staging.secrets.SSH_KEY, // error: a secret of an environment cannot be handed over
  },
  permissions: {},
});
