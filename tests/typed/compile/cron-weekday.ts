// A weekday that weeks do not have.
import { workflow } from '../../../src/typed/index.ts';
import { test } from '../sample.ts';

export default workflow('example', {
  name: 'Example',
  on: { schedule: [{ cron: '0 3 * * MONDAY' }] }, // error: \"MONDAY\" is no weekday
  permissions: {},
  jobs: [test],
});
