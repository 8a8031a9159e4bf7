// A job that waits for one which the workflow does not have.
import { job, workflow } from '../../../src/typed/index.ts';
import { basics, test } from '../sample.ts';

const deploy = job('deploy', {
  ...basics,
  needs: [test], // error: the job deploy needs test, which is not among the workflow's jobs
}).step({ name: 'Deploy', run: 'true' });

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
