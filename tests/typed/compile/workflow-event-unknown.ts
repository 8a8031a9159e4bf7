// An event with a typing mistake.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { pus: { branches: ['main'] } }, // error: 'pus' does not exist in type
  permissions: {},
  jobs: [test],
});
