// A permission that no step needs.
import { job, workflow } from '../../../src/typed/index.ts';
import { basics, checkout } from '../sample.ts';

const deploy = job('deploy', {
  ...basics,
  permissions: {
    contents: 'read',
    issues: 'write', // error: no step of this job needs the permission issues
  },
}).step(checkout);

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [deploy],
});
