// Where a called workflow runs is said by its own jobs.
import { call } from '../../../src/typed/index.ts';
import { deployOne, given } from '../sample.ts';

export default call('deploy', {
  name: 'Deploy',
  uses: deployOne,
  ...given,
  permissions: {},
  'runs-on': 'ubuntu-24.04', // error: a job that calls a workflow has no runs-on: the jobs of that workflow say it
});
