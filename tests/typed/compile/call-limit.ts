// A calling job has no limit of its own.
import { call } from '../../../src/typed/index.ts';
import { deployOne, given } from '../sample.ts';

export default call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  ...given,
  permissions: {},
  'timeout-minutes': 5, // error: a job that calls a workflow has no timeout-minutes: the jobs of that workflow say it
});
