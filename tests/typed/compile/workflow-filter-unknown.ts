// A filter with a typing mistake.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { push: { branch: ['main'] } }, // error: Did you mean to write 'branches'
  permissions: {},
  jobs: [test],
});
