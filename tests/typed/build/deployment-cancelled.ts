// A deployment that the next run cancels.
import { job, workflow } from '../../../src/typed/index.ts';
import { basics, staging } from '../sample.ts';

const deploy = job('deploy', {
  ...basics,
  environment: { name: staging },
  concurrency: {
    group: 'staging',
    'cancel-in-progress': true, // error: a deployment is cancelled half way
  },
}).step({ name: 'Deploy', run: 'true' });

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
