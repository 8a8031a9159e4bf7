// A job that checks out without the permission to read.
import { job, workflow } from '../../../src/typed/index.ts';
import { basics, checkout } from '../sample.ts';

const deploy = job('deploy', {
  ...basics,
  permissions: {}, // error: actions/checkout needs the permission contents: read
}).step(checkout);

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
