// A job that waits for a failure, but for no job.
import { failure, job, workflow } from '../../../src/typed/index.ts';
import { basics } from '../sample.ts';

const deploy = job('deploy', {
  ...basics,
  if: failure(), // error: failure() is never true in the condition of a job without needs
}).step({ name: 'Deploy', run: 'true' });

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
