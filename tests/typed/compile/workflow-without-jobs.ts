// A workflow without a job.
import { workflow } from '../../../src/typed/index.ts';

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [], // error: Source has 0 element(s) but target requires 1
});
