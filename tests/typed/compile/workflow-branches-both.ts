// Branches that start it and branches that do not.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: {
    push: {
      branches: ['main'],
      'branches-ignore': ['docs/**'], // error: branches and branches-ignore exclude each other
    },
  },
  permissions: {},
  jobs: [test],
});
