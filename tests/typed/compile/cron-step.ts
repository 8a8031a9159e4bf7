// A step of nothing.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { schedule: [{ cron: '*/0 3 * * *' }] }, // error: is no minute
  permissions: {},
  jobs: [test],
});
