// More than the steps need.
import { job, workflow } from '../../../src/typed/index.ts';
import { basics, checkout } from '../sample.ts';

const deploy = job('deploy', {
  ...basics,
  permissions: {
    contents: 'write', // error: no step of this job needs more than the permission contents: read
  },
}).step(checkout);

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
