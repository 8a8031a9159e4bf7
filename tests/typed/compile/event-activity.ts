// An activity of another event.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('release', {
  name: 'Release',
  on: {
    release: {
      types: ['opened'], // error: "opened"
    },
  },
  permissions: {},
  jobs: [test],
});
