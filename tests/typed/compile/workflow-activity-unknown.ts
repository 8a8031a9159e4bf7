// An activity that pull requests do not have.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { pull_request: { types: ['open'] } }, // error: Type '"open"' is not assignable
  permissions: {},
  jobs: [test],
});
