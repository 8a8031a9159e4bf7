// A field too few.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { schedule: [{ cron: '0 3 * *' }] }, // error: a cron expression has five fields
  permissions: {},
  jobs: [test],
});
