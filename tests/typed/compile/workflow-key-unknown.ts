// A key that workflows do not have.
import { workflow } from '../../../workflows/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { push: {} },
  permissions: {},
  jobs: [test],
  concurency: 'one', // error: a workflow has no key concurency
});
