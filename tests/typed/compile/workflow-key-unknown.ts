// A key that workflows do not have.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [test],
  concurency: 'one', // error: a workflow has no key concurency
});
