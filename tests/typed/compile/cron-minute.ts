// A minute that hours do not have.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { schedule: [{ cron: '60 3 * * *' }] }, // error: \"60\" is no minute of a cron expression
  permissions: {},
  jobs: [test],
});
